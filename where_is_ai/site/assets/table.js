/* Tables: sort by a click on a heading, search, show all rows, and an address for what is shown. */
(() => {
  "use strict";
  const FEW = 25;
  /* So many rows are shown at once, and with each step more. */
  const STEP = 1000;
  const words = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const { folded, meant, wordsAlike, rowsOf } = window.whereIsAI;
  const NOTHING_MEANT = { named: new Set(), held: new Set(), near: new Set() };
  const written = (number) => number.toLocaleString("en");

  class Table {
    constructor(element) {
      this.element = element;
      this.body = element.tBodies[0];
      this.rows = rowsOf(element);
      this.headings = [...element.tHead.rows[0].cells];
      this.state = { q: "", sort: "", down: false, all: this.rows.total <= FEW };
      this.most = STEP;
      this.tools = element.closest(".table").querySelector(".table-tools");
      this.input = this.tools.querySelector("input");
      this.count = this.tools.querySelector("[role=status]");
      this.link = this.tools.querySelector(".permalink");
      this.more = element.closest(".table").querySelector(".more");
      this.tools.hidden = false;
      this.headings.forEach((heading, place) => this.sortable(heading, place));
      this.meant = NOTHING_MEANT;
      this.input.addEventListener("input", () => this.search());
      this.more.addEventListener("click", () => this.step());
      this.read();
      this.render();
      if (this.state.q) this.search();
      else this.complete();
    }

    /* Rows with the words, and those of metros that the words mean by another name, a town or a ZIP code. */
    async search() {
      const q = this.input.value;
      this.meant = NOTHING_MEANT;
      this.change({ q });
      await this.complete();
      if (q !== this.input.value || !this.rows.all.some(({ page }) => page)) return;
      const found = await meant(q);
      if (q !== this.input.value) return;
      this.meant = found;
      this.render();
    }

    /* Loads the rows that are not on the page, where what is shown depends on them. */
    async complete() {
      const { q, sort, all } = this.state;
      if (this.rows.whole || !(q || sort || all)) return;
      this.count.textContent = "Loading all rows";
      await this.rows.more();
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
        this.complete();
      });
    }

    /* Shows all rows, more of them, or the first few again. */
    step() {
      const more = this.state.all && this.shown < this.found;
      this.most = more ? this.most + STEP : STEP;
      if (more) this.render();
      else this.change({ all: !this.state.all });
      this.complete();
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
      if (all && this.rows.total > FEW) given.set("all", "1");
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

    /* Shows the row of that anchor among all, and marks it, since no address does where it came later. */
    async show(anchor) {
      const is = (row) => row.anchor === anchor;
      await this.rows.more(is);
      const aimed = this.rows.all.find(is);
      if (!aimed) return;
      this.most = STEP * Math.ceil((aimed.place + 1) / STEP);
      Object.assign(this.state, { q: "", sort: "", all: true });
      this.input.value = "";
      this.render();
      aimed.row.classList.add("aimed");
    }

    compare(place, numeric, down) {
      return (one, other) => {
        const [a, b] = [one.value(place, numeric), other.value(place, numeric)];
        if (a === undefined || b === undefined) return (a === undefined) - (b === undefined) || one.place - other.place;
        const order = numeric ? a - b : words.compare(a, b);
        return (down ? -order : order) || one.place - other.place;
      };
    }

    /* The rows that the words mean: that hold them, else of what they mean, else that are spelled almost so. */
    matches() {
      const { all } = this.rows;
      const { q } = this.state;
      if (!q) return { found: all, how: "" };
      const asked = folded(q).split(/\s+/).filter(Boolean);
      const { named, held, near } = this.meant;
      let found = all.filter(({ text, page }) => asked.every((word) => text.includes(word)) || named.has(page));
      if (!found.length) found = all.filter(({ page }) => held.has(page));
      if (found.length) return { found, how: " found" };
      /* A number is another one, however alike they look. */
      if (asked.every((word) => /^\d/.test(word))) return { found, how: " found" };
      found = all.filter(({ page, text }) => near.has(page) || wordsAlike(asked, text.split(" ")));
      return { found, how: found.length ? " with a similar spelling" : " found" };
    }

    render() {
      const { q, sort, down, all } = this.state;
      const matches = this.matches();
      let { found } = matches;
      this.headings.forEach((heading, place) => {
        const here = heading.dataset.column === sort;
        heading.setAttribute("aria-sort", here ? (down ? "descending" : "ascending") : "none");
        if (here) found = [...found].sort(this.compare(place, heading.classList.contains("number"), down));
      });
      const shown = found.slice(0, all ? this.most : FEW);
      this.body.replaceChildren(...shown.map(({ row }) => row));
      if ("walk" in this.element.dataset) shown.forEach(({ row }) => this.walkBack(row));
      this.shown = shown.length;
      this.found = q || this.rows.whole ? found.length : this.rows.total;
      this.count.textContent = this.shown === this.rows.total ? `${written(this.shown)} rows` : `${written(this.shown)} of ${written(this.found)} rows${matches.how}`;
      this.more.hidden = this.found <= FEW;
      this.more.textContent = this.next();
      this.link.href = this.address();
    }

    /* A link from the row's name to the archived cells that it was made from. */
    walkBack(row) {
      const name = row.querySelector("th");
      if (!name || name.querySelector(".walk-back")) return;
      const given = new URLSearchParams({ table: this.element.id, row: row.dataset.row || row.dataset.key });
      const title = `Walk back to the source of ${name.textContent}`;
      name.append(Object.assign(document.createElement("a"), { className: "walk-back", href: `trust.html#walk?${given}`, title, ariaLabel: title }));
    }

    /* What the button below the table does. */
    next() {
      const { shown, found } = this;
      if (!this.state.all) return found > STEP ? `Show the first ${written(STEP)} of ${written(found)} rows` : `Show all ${written(found)} rows`;
      return shown < found ? `Show ${written(Math.min(found - shown, STEP))} more rows` : `Show the first ${FEW} rows`;
    }
  }

  const tables = [...document.querySelectorAll("table[data-table]")].map((element) => new Table(element));

  /* Goes to the row that the address names, which may have to be loaded first. */
  async function aim() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const table = hash && tables.find(({ element }) => hash.startsWith(`${element.id}-`));
    if (table && !document.getElementById(hash)) await table.show(hash);
    document.getElementById(hash)?.scrollIntoView({ block: "center" });
  }
  aim();
  window.addEventListener("hashchange", aim);
})();
