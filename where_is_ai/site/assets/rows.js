/* Rows of a table: those on its page, and those of its data scripts, which become elements when they are shown. */
(() => {
  "use strict";
  const site = (window.whereIsAI = window.whereIsAI || {});
  const slugOf = (row) => row.querySelector("a[href*='metros/'], #metros a")?.getAttribute("href").replace(/^.*\/|\.html$/g, "");

  /* What a cell is sorted by: what it says of it, undefined for the unknown; else its text, a number without commas. */
  site.valueOf = ({ textContent, dataset: { v } }, numeric) => (v === "" ? undefined : v ?? (numeric ? textContent.replaceAll(",", "") : textContent));

  /* A row of the page. */
  class PageRow {
    constructor(row, place, table) {
      row.dataset.key ??= row.id.slice(table.id.length + 1);
      Object.assign(this, { row, place, key: row.dataset.key, page: slugOf(row), text: site.folded(row.textContent), anchor: row.id });
    }

    value(column, numeric) { return site.valueOf(this.row.cells[column], numeric); }
  }

  /* A row of a data script, as more_rows.py has it: cells are text or [text, what they are sorted by]. */
  class LoadedRow {
    constructor([said, key, walk, short, ...cells], place, { table, like }) {
      const anchor = said === 0 ? key.toLowerCase().replace(/[^a-z0-9]+/g, "-") : said;
      const page = short === 0 ? anchor : short === 1 ? `us-${anchor}` : short;
      this.cells = cells.map((cell) => (cell === 0 ? ["—", ""] : Array.isArray(cell) ? cell : [cell]));
      Object.assign(this, { place, page, key, walk, like, anchor: `${table.id}-${anchor}` });
      this.text = site.folded(this.cells.map(([text]) => text).join(" "));
    }

    value(column, numeric) {
      const [textContent, v] = this.cells[column];
      return site.valueOf({ textContent, dataset: { v } }, numeric);
    }

    get row() {
      if (this.element) return this.element;
      const row = Object.assign(document.createElement("tr"), { id: this.anchor });
      row.dataset.key = this.key;
      if (this.walk) row.dataset.row = this.walk;
      this.cells.forEach(([text, value], column) => row.append(this.cell(this.like.cells[column], text, value)));
      return (this.element = row);
    }

    cell(like, text, value) {
      const cell = like.cloneNode(false);
      delete cell.dataset.v;
      if (value !== undefined) cell.dataset.v = value;
      const named = cell.tagName === "TH" && this.page;
      cell.append(named ? Object.assign(document.createElement("a"), { textContent: text, href: `../metros/${this.page}.html` }) : text);
      return cell;
    }
  }

  /* What a table has: `all` its rows so far, and those of its data scripts after `more` until a row is among them. */
  class TableRows {
    constructor(table) {
      this.table = table;
      this.all = [...table.tBodies[0].rows].map((row, place) => new PageRow(row, place, table));
      this.like = table.tBodies[0].rows[0];
      this.parts = Number(table.dataset.more || 0);
      this.loaded = 0;
      this.total = Number(table.dataset.total || this.all.length);
    }

    get whole() { return this.loaded === this.parts; }

    async more(until = () => false) {
      while (!this.whole && !this.all.some(until)) {
        this.next = this.next || site.load(`rows/${this.table.id}-${this.loaded + 1}.js`).catch(() => []);
        const [columns, part] = [await this.next, this.loaded];
        if (part !== this.loaded || !this.next) continue;
        this.next = null;
        this.loaded += 1;
        const [anchors = []] = columns;
        anchors.forEach((anchor, at) => this.all.push(new LoadedRow(columns.map((column) => column[at]), this.all.length, this)));
      }
    }
  }

  /* One for each table, whoever asks. */
  const known = new Map();
  site.rowsOf = (table) => {
    if (!known.has(table)) known.set(table, new TableRows(table));
    return known.get(table);
  };
})();
