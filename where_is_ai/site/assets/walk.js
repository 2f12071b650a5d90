/* The walk back: for any row of any table, the archived answers and the cells in them that it was made from. */
(() => {
  "use strict";
  const form = document.querySelector("form.walk");
  if (!form) return;
  const MOST = 20;
  const { root, edition } = form.dataset;
  const [table, row] = ["select", "input"].map((name) => form.querySelector(name));
  const output = form.querySelector("output");
  const load = (name, folder) => window.whereIsAI.load(`${folder}walk/${name}.js`);

  /* The rows of a metro in this edition: of each of its areas, or what a newer edition said in the same words. */
  async function ofMetro(slug) {
    const editions = await load(slug, `${root}metros/`);
    const said = editions[edition] || [];
    const areas = typeof said === "string" ? editions[said] : said;
    const named = ([area, tables]) => Object.entries(tables[table.value] || {}).map(([key, [name, ...places]]) => [key, [name || area, ...places]]);
    return Object.fromEntries(areas.flatMap(named));
  }

  /* An id may name its country (CN/Beijing) or go on after the metro's (35620 2024-05). */
  async function metroOf(asked) {
    for (const words of [asked, asked.split("/").at(-1), asked.split(" ")[0]]) {
      const [best] = await window.whereIsAI.find(words);
      if (best) return best.slug;
    }
    return "";
  }

  /* Rows of the id or name asked for, or where none is, all of the metro that was meant. */
  function chosen(rows, asked, all) {
    const fits = (test) => Object.entries(rows).filter(([key, [name]]) => test(key.toLowerCase(), name.toLowerCase()));
    const found = fits((key) => key === asked);
    if (found.length) return found;
    const named = fits((key, name) => key.includes(asked) || name.includes(asked));
    return named.length || !all ? named : Object.entries(rows);
  }

  async function find(asked) {
    const slug = await metroOf(asked);
    const found = slug ? chosen(await ofMetro(slug), asked, true) : [];
    if (found.length || !("apart" in table.selectedOptions[0].dataset)) return found;
    return chosen(await load(table.value, ""), asked, false);
  }

  /* Where in an answer the cells are: a path has a number at its #, if any. */
  function where(unit, member, sheet, path, at) {
    if (path) return (at.length ? at.map((number) => path.replace("#", number)) : [path]).map((each) => JSON.stringify(each)).join("\n     ");
    return [member, sheet && `sheet ${sheet}`, `${unit} ${at.join(", ")}`].filter(Boolean).join(", ");
  }

  function told([key, [name, ...places]], answers) {
    const said = places.map(([source, ...at]) => {
      const [sha256, url, ...place] = answers[source];
      return `from ${where(...place, at)}\n  of ${url || "an archived answer"}\n  sha256 ${sha256}`;
    });
    return `${table.value}.csv, row ${key} (${name})\n${said.join("\n") || "No cell of an archived answer stands behind it."}`;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await find(row.value.trim().toLowerCase());
    const answers = found.length ? await load("answers", "") : [];
    const said = found.slice(0, MOST).map((each) => told(each, answers));
    if (found.length > MOST) said.push(`and ${found.length - MOST} more rows: name one of them`);
    output.textContent = said.join("\n\n") || `No row “${row.value}” in ${table.value}.csv. A row of a metro is found by the metro's name.`;
  });
  /* trust.html#walk?table=TABLE&row=KEY, as rows of tables lead here. */
  function asked() {
    const [name, given] = location.hash.slice(1).split("?");
    if (name !== "walk" || !given) return;
    const said = new URLSearchParams(given);
    table.value = said.get("table");
    row.value = said.get("row");
    if (!table.value) return;
    form.scrollIntoView({ block: "center" });
    form.requestSubmit();
  }

  window.addEventListener("hashchange", asked);
  form.hidden = false;
  asked();
})();
