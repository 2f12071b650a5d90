/* The rows of tables, before anything else looks at them: those that the page packs, and what each cell sorts by. */
(() => {
  "use strict";
  const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => String(text).replace(/[&<>"]/g, (letter) => ESCAPED[letter]);
  const simple = (key) => key.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

  /* A number as it is shown, or a text; undefined for what is unknown. */
  function read(text, numeric) {
    if (!text || text === "—") return undefined;
    return numeric ? text.replace(/^≥ /, "").replaceAll(",", "") : text;
  }

  function cell(given, numeric, link) {
    const [text, value] = Array.isArray(given) ? given : [given, read(given, numeric)];
    const sorted = value === undefined || value === null ? "" : ` data-v="${escaped(value)}"`;
    if (link !== undefined) return `<th scope="row"${sorted}>${link}${escaped(text || "—")}${link && "</a>"}</th>`;
    return `<td${numeric ? "" : ' class="text"'}${sorted}>${escaped(text)}</td>`;
  }

  /* One text for all rows: a page of a thousand would be built for seconds on a phone, cell by cell. */
  function unpacked([key, anchor, page, ...cells], { id, root, named, numeric }) {
    const slug = page === 1 ? `us-${key}` : page === 2 ? simple(key) : page;
    const link = slug ? `<a href="${root}metros/${escaped(slug)}.html">` : "";
    const drawn = cells.map((given, place) => cell(given, numeric[place], place === named ? link : undefined));
    return `<tr id="${escaped(`${id}-${anchor || simple(key)}`)}" data-key="${escaped(key)}">${drawn.join("")}</tr>`;
  }

  for (const table of document.querySelectorAll("table[data-table]")) {
    const body = table.tBodies[0];
    const numeric = [...table.tHead.rows[0].cells].map((heading) => heading.classList.contains("number"));
    for (const row of body.rows) {
      row.dataset.key ??= row.id.slice(table.id.length + 1);
      [...row.cells].forEach((each, place) => {
        const value = "na" in each.dataset ? undefined : each.dataset.v ?? read(each.textContent, numeric[place]);
        if (value !== undefined) each.dataset.v = value;
      });
    }
    const packed = table.parentElement.querySelector("script[data-rows]");
    if (!packed) continue;
    const { root, named } = packed.dataset;
    const known = { id: table.id, root, named: Number(named), numeric };
    body.insertAdjacentHTML("beforeend", JSON.parse(packed.textContent).map((row) => unpacked(row, known)).join(""));
  }
})();
