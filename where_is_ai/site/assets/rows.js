/* The rows of tables, before anything else looks at them: those that the page packs, and what each cell sorts by. */
(() => {
  "use strict";
  const simple = (key) => key.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

  /* A number as it is shown, or a text; undefined for what is unknown. */
  function read(text, numeric) {
    if (!text || text === "—") return undefined;
    return numeric ? text.replace(/^≥ /, "").replaceAll(",", "") : text;
  }

  function unpacked([key, anchor, page, ...cells], { named, root, id }) {
    const row = document.createElement("tr");
    row.dataset.key = key;
    row.id = `${id}-${anchor || simple(key)}`;
    const slug = page === 1 ? `us-${key}` : page === 2 ? simple(key) : page;
    cells.forEach((given, place) => {
      const [text, value] = Array.isArray(given) ? given : [given];
      const cell = document.createElement(place === named ? "th" : "td");
      if (place === named) cell.scope = "row";
      if (value === null) cell.dataset.na = "";
      else if (value !== undefined) cell.dataset.v = value;
      const link = place === named && slug ? document.createElement("a") : cell;
      if (link !== cell) {
        link.href = `${root}metros/${slug}.html`;
        cell.append(link);
      }
      link.textContent = place === named ? text || "—" : text;
      row.append(cell);
    });
    return row;
  }

  for (const table of document.querySelectorAll("table[data-table]")) {
    const body = table.tBodies[0];
    const packed = table.parentElement.querySelector("script[data-rows]");
    const { named, root } = packed?.dataset || {};
    const rows = packed ? JSON.parse(packed.textContent) : [];
    body.append(...rows.map((row) => unpacked(row, { named: Number(named), root, id: table.id })));
    const numeric = [...table.tHead.rows[0].cells].map((heading) => heading.classList.contains("number"));
    for (const row of body.rows) {
      row.dataset.key ??= row.id.slice(table.id.length + 1);
      [...row.cells].forEach((cell, place) => {
        if (!numeric[place] && cell.tagName === "TD") cell.className = "text";
        const value = "na" in cell.dataset ? undefined : cell.dataset.v ?? read(cell.textContent, numeric[place]);
        if (value !== undefined) cell.dataset.v = value;
      });
    }
  }
})();
