/* The walk back: for any row of any table, the archived answers and the cells in them that it was made from. */
(() => {
  "use strict";
  const form = document.querySelector("form.walk");
  if (!form) return;
  const [table, row, keys] = ["select", "input", "datalist"].map((name) => form.querySelector(name));
  const output = form.querySelector("output");
  let known;

  function load() {
    known = known || new Promise((done) => {
      window.whereIsAI.walk = done;
      const script = document.createElement("script");
      script.src = "maps/walk.js";
      document.head.append(script);
    });
    return known;
  }

  async function offer() {
    const { tables } = await load();
    const rows = Object.entries(tables[table.value] || {});
    keys.replaceChildren(...rows.map(([key, { name }]) => Object.assign(document.createElement("option"), { value: key, label: name })));
  }

  function place({ sha256, member, sheet, rows, json_paths: paths }, inputs) {
    const where = member ? `${member}, sheet ${sheet}, rows ${rows.join(", ")}` : (paths || []).map((path) => JSON.stringify(path)).join("\n     ");
    return `from ${where}\n  of ${inputs[sha256] || "an archived answer"}\n  sha256 ${sha256}`;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { tables, inputs } = await load();
    const rows = tables[table.value] || {};
    const asked = row.value.trim().toLowerCase();
    const key = Object.keys(rows).find((each) => each.toLowerCase() === asked)
      ?? Object.keys(rows).find((each) => asked && rows[each].name.toLowerCase().includes(asked));
    if (key === undefined) {
      output.textContent = `No row “${row.value}” in ${table.value}.csv.`;
      return;
    }
    const { name, places } = rows[key];
    const told = places.map((each) => place(each, inputs)).join("\n");
    output.textContent = `${table.value}.csv, row ${key} (${name})\n${told || "No cell of an archived answer stands behind it."}`;
  });
  table.addEventListener("change", offer);
  row.addEventListener("focus", offer, { once: true });
  form.hidden = false;
})();
