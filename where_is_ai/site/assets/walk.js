/* The walk back: for any row of any table, the archived answers and the cells in them that it was made from. */
(() => {
  "use strict";
  const form = document.querySelector("form.walk");
  if (!form) return;
  const [table, row, keys] = ["select", "input", "datalist"].map((name) => form.querySelector(name));
  const output = form.querySelector("output");
  const loaded = new Map();
  const waiting = new Map();

  /* Called by the data scripts: what a table has, or the places of some of its rows. */
  window.whereIsAI.walk = (name, said) => waiting.get(name)(said);

  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((done, failed) => {
        waiting.set(name, done);
        const script = document.createElement("script");
        script.src = `walk/${name}.js`;
        script.onerror = () => failed(new Error(script.src));
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  }

  async function offer() {
    const { rows } = await load(table.value);
    keys.replaceChildren(...rows.map(([key, name]) => Object.assign(document.createElement("option"), { value: key, label: name })));
  }

  /* Where in an answer the cells are, as far as the place says. */
  function where({ json_paths: paths, member, sheet, ...more }) {
    if (paths) return paths.map((path) => JSON.stringify(path)).join("\n     ");
    const counted = ["rows", "lines", "parts"].filter((name) => more[name]).map((name) => `${name} ${more[name].join(", ")}`);
    return [member, sheet && `sheet ${sheet}`, ...counted].filter(Boolean).join(", ");
  }

  function told(place, answers) {
    const [sha256, url] = answers[place.answer];
    return `from ${where(place)}\n  of ${url || "an archived answer"}\n  sha256 ${sha256}`;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { rows, answers, together } = await load(table.value);
    const asked = row.value.trim().toLowerCase();
    const is = (test) => rows.findIndex(([key, name]) => asked && test(key.toLowerCase(), name.toLowerCase()));
    const exact = is((key) => key === asked);
    const found = exact >= 0 ? exact : is((_, name) => name.includes(asked));
    if (found < 0) {
      output.textContent = `No row “${row.value}” in ${table.value}.csv.`;
      return;
    }
    const [key, name] = rows[found];
    const places = (await load(`${table.value}-${Math.floor(found / together)}`))[key];
    const said = places.map((place) => told(place, answers)).join("\n");
    output.textContent = `${table.value}.csv, row ${key} (${name})\n${said || "No cell of an archived answer stands behind it."}`;
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
  table.addEventListener("change", offer);
  window.addEventListener("hashchange", asked);
  row.addEventListener("focus", offer, { once: true });
  form.hidden = false;
  asked();
})();
