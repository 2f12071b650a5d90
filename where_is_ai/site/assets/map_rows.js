/* The rows of the table that tells of a map's places: those on the page at once, the others when they are needed. */
window.mapRows = (() => {
  "use strict";
  const STATES = /, ([A-Z]{2}(?:-[A-Z]{2})*)(?: |$)/;

  class MapRows {
    constructor(element) {
      this.headings = [...element.tHead.rows[0].cells];
      this.source = window.whereIsAI.rowsOf(element);
      this.index();
    }

    index() {
      this.rows = new Map(this.source.all.map((each) => [each.key, each]));
    }

    has(key) { return this.rows.has(key); }

    cells(key) { return this.rows.has(key) ? [...this.rows.get(key).row.cells] : []; }

    /* What each cell of a row is sorted by: numbers plain, unknown undefined. */
    values(key) {
      return this.headings.map((heading, place) => this.rows.get(key).value(place, heading.classList.contains("number")));
    }

    name(key) { return this.cells(key).find((cell) => cell.tagName === "TH")?.firstChild?.textContent || ""; }

    /* Where a row's metro is: its country, or the states in its name. */
    regions(key) {
      if (!this.has(key)) return [];
      const country = this.headings.findIndex((heading) => /^country(_code)?$/.test(heading.dataset.column));
      if (country >= 0) return [this.cells(key)[country].textContent.trim()].filter(Boolean);
      return (this.name(key).match(STATES)?.[1] || "").split("-").filter(Boolean);
    }

    async whole() {
      await this.source.more();
      this.index();
    }
  }

  /* Taken at once, before tables leave rows out. */
  const tables = [...document.querySelectorAll("table[data-table]")].map((element) => new MapRows(element));

  /* The first table that tells of the map's places; undefined where there is none. */
  return (panel) => tables.find((table) => [...panel.places.keys()].some((key) => table.has(key)));
})();
