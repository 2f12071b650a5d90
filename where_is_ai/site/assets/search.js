/* The search for a metro: a combobox over all metros of all editions, loaded when first used. */
(() => {
  "use strict";
  const MOST = 8;
  const form = document.querySelector(".search");
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const status = form.querySelector("[role=status]");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let metros;
  let chosen = -1;

  function load() {
    metros = metros || new Promise((done) => {
      window.whereIsAI.metros = (rows) => done(rows.map(([slug, name, where, first]) => ({ slug, name, where, first, text: folded(`${name} ${where}`) })));
      const script = document.createElement("script");
      script.src = `${form.dataset.root}assets/metros.js`;
      document.head.append(script);
    });
    return metros;
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function suggest() {
    const asked = folded(input.value).split(/\s+/).filter(Boolean);
    if (!asked.length) return close();
    const all = await load();
    // A metro named after the city asked for comes first if the first layer has it: others may count by other areas.
    const named = ({ first, text }) => first && text.split(/[-,/]/)[0] === asked.join(" ");
    const place = (metro) => (named(metro) ? 0 : metro.text.startsWith(asked[0]) ? 1 : 2);
    const found = all.filter(({ text }) => asked.every((word) => text.includes(word)))
      .sort((one, other) => place(one) - place(other)).slice(0, MOST);
    list.replaceChildren(...found.map(({ slug, name, where }, place) => {
      const item = document.createElement("li");
      item.id = `metro-${place}`;
      item.setAttribute("role", "option");
      item.dataset.address = `${form.dataset.root}metros/${slug}.html`;
      item.append(name, Object.assign(document.createElement("small"), { textContent: where }));
      return item;
    }));
    status.textContent = found.length ? `${found.length} metros` : "No metro of that name";
    list.hidden = !found.length;
    chosen = -1;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    const items = [...list.children];
    if (list.hidden || !items.length) return;
    chosen = (chosen + step + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    input.setAttribute("aria-activedescendant", items[chosen].id);
  }

  const open = (item) => { if (item) location.href = item.dataset.address; };

  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", suggest);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    if (event.key === "Escape") close();
  });
  form.addEventListener("submit", (event) => {
    if (list.hidden) return;
    event.preventDefault();
    open(list.children[Math.max(chosen, 0)]);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => open(event.target.closest("li")));
  input.addEventListener("blur", close);

  const switcher = document.querySelector("details.editions");
  document.addEventListener("click", (event) => { if (switcher && !switcher.contains(event.target)) switcher.open = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !switcher?.open) return;
    switcher.open = false;
    switcher.querySelector("summary").focus();
  });
})();
