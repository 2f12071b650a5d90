/* Tables: sort by a click on a heading, search, show all rows, and an address for what is shown. */
(() => {
  "use strict";
  const FEW = 25;
  const words = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const { folded, meant, wordsAlike } = window.whereIsAI;
  const NOTHING_MEANT = { named: new Set(), held: new Set(), near: new Set() };
  const page = (row) => row.querySelector("a[href*='metros/'], #metros a")?.getAttribute("href").replace(/^.*\/|\.html$/g, "");

  class Table {
    constructor(element) {
      this.element = element;
      this.body = element.tBodies[0];
      this.rows = [...this.body.rows].map((row, place) => ({ row, place, page: page(row), text: folded(row.textContent) }));
      this.headings = [...element.tHead.rows[0].cells];
      this.state = { q: "", sort: "", down: false, all: this.rows.length <= FEW };
      this.tools = element.closest(".table").querySelector(".table-tools");
      this.input = this.tools.querySelector("input");
      this.count = this.tools.querySelector("[role=status]");
      this.link = this.tools.querySelector(".permalink");
      this.more = element.closest(".table").querySelector(".more");
      this.tools.hidden = false;
      this.headings.forEach((heading, place) => this.sortable(heading, place));
      this.meant = NOTHING_MEANT;
      this.input.addEventListener("input", () => this.search());
      this.more.addEventListener("click", () => this.change({ all: !this.state.all }));
      this.read();
      this.render();
      if (this.state.q) this.search();
    }

    /* Rows with the words, and those of metros that the words mean by another name, a town or a ZIP code. */
    async search() {
      const q = this.input.value;
      this.meant = NOTHING_MEANT;
      this.change({ q });
      if (!this.rows.some(({ page }) => page)) return;
      const found = await meant(q);
      if (q !== this.input.value) return;
      this.meant = found;
      this.render();
    }

    sortable(heading, place) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const name = heading.dataset.column;
        const again = this.state.sort === name;
        this.change({ sort: name, down: again ? !this.state.down : heading.dataset.first === "down" });
      });
    }

    change(some) {
      Object.assign(this.state, some);
      this.render();
      history.replaceState(null, "", this.address());
    }

    /* #TABLE?q=…&sort=COLUMN.down&all=1 */
    address() {
      const { q, sort, down, all } = this.state;
      const given = new URLSearchParams();
      if (q) given.set("q", q);
      if (sort) given.set("sort", sort + (down ? ".down" : ""));
      if (all && this.rows.length > FEW) given.set("all", "1");
      return `#${this.element.id}${[...given].length ? `?${given}` : ""}`;
    }

    read() {
      const hash = decodeURIComponent(location.hash.slice(1).replace(/\+/g, " "));
      const row = document.getElementById(hash);
      if (row && this.element.contains(row)) this.state.all = true;
      const [name, rest] = location.hash.slice(1).split("?");
      if (name !== this.element.id || !rest) return;
      const given = new URLSearchParams(rest);
      const [sort, down] = (given.get("sort") || "").split(".");
      Object.assign(this.state, { q: given.get("q") || "", sort, down: down === "down", all: given.has("all") || this.state.all });
      this.input.value = this.state.q;
      this.element.closest("section").scrollIntoView();
    }

    /* A row that is led to is shown, whatever was searched for. */
    lead(id) {
      const led = this.rows.find(({ row }) => row.id === id);
      if (!led || this.body.contains(led.row)) return;
      this.input.value = "";
      Object.assign(this.state, { q: "", all: true });
      this.render();
      location.replace(location.href);
      led.row.scrollIntoView({ block: "center" });
    }

    compare(place, numeric, down) {
      const value = ({ row }) => row.cells[place].dataset.v;
      return (one, other) => {
        const [a, b] = [value(one), value(other)];
        if (a === undefined || b === undefined) return (a === undefined) - (b === undefined) || one.place - other.place;
        const order = numeric ? a - b : words.compare(a, b);
        return (down ? -order : order) || one.place - other.place;
      };
    }

    render() {
      const { q, sort, down, all } = this.state;
      const asked = folded(q).split(/\s+/).filter(Boolean);
      let found = this.rows.filter(({ text, page }) => asked.every((word) => text.includes(word)) || (q && this.meant.named.has(page)));
      if (q && !found.length) found = this.rows.filter(({ page }) => this.meant.held.has(page));
      const asIs = found.length > 0;
      if (q && !asIs) found = this.rows.filter(({ page, text }) => this.meant.near.has(page) || wordsAlike(asked, text.split(" ")));
      this.headings.forEach((heading, place) => {
        const here = heading.dataset.column === sort;
        heading.setAttribute("aria-sort", here ? (down ? "descending" : "ascending") : "none");
        if (here) found = [...found].sort(this.compare(place, heading.classList.contains("number"), down));
      });
      const shown = all ? found : found.slice(0, FEW);
      this.body.replaceChildren(...shown.map(({ row }) => row));
      this.count.textContent = shown.length === this.rows.length
        ? `${this.rows.length.toLocaleString("en")} rows`
        : `${shown.length.toLocaleString("en")} of ${found.length.toLocaleString("en")} rows${!q ? "" : asIs || !found.length ? " found" : " spelled almost so"}`;
      this.more.hidden = found.length <= FEW;
      this.more.textContent = all ? `Show the first ${FEW} rows` : `Show all ${found.length.toLocaleString("en")} rows`;
      this.link.href = this.address();
    }
  }

  const tables = [...document.querySelectorAll("table[data-table]")].map((element) => new Table(element));
  addEventListener("hashchange", () => tables.forEach((table) => table.lead(decodeURIComponent(location.hash.slice(1)))));
  const aimed = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (aimed) aimed.scrollIntoView({ block: "center" });
})();
