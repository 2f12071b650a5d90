/* The search for a metro: a combobox over all metros of all editions, loaded when first used. */
(() => {
  "use strict";
  const MOST = 8;
  const form = document.querySelector(".search");
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const status = form.querySelector("[role=status]");
  let chosen = -1;
  let asked = 0;

  function close() {
    status.classList.add("hidden");
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function option({ slug, name, where, via }, place) {
    const item = document.createElement("li");
    item.id = `metro-${place}`;
    item.setAttribute("role", "option");
    item.dataset.address = `${form.dataset.root}metros/${slug}.html`;
    item.append(name, Object.assign(document.createElement("small"), { textContent: via || where }));
    return item;
  }

  async function suggest() {
    const now = ++asked;
    if (!input.value.trim()) return close();
    const found = await window.whereIsAI.find(input.value);
    if (now !== asked) return;
    list.replaceChildren(...found.slice(0, MOST).map(option));
    if (found.length > MOST) {
      const all = option({ name: `All ${found.length} metros`, where: "list" }, MOST);
      all.dataset.address = `${form.dataset.root}metros/index.html#metros?${new URLSearchParams({ q: input.value })}`;
      list.append(all);
    }
    status.textContent = found.length ? `${found.length} metro${found.length === 1 ? "" : "s"}` : "No metro of that name has a number";
    status.classList.toggle("hidden", Boolean(found.length));
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

  input.addEventListener("focus", () => window.whereIsAI.loadMetros(), { once: true });
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

  for (const menu of document.querySelectorAll("details.menu")) {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
})();
