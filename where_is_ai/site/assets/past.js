/* What is over many editions and loaded when asked for: the list of them, and what earlier ones say of a metro. */
(() => {
  "use strict";
  const { load } = window.whereIsAI;
  const link = (address, text) => Object.assign(document.createElement("a"), { href: address, textContent: text });

  const menu = document.querySelector("details.editions");
  menu?.addEventListener("toggle", async () => {
    const { root, here, page } = menu.dataset;
    const editions = await load(`${root}assets/editions.js`);
    const items = editions.map(([quarter, sample]) => {
      const item = document.createElement("li");
      item.append(link(`${root}${quarter}/${page}.html`, quarter + (sample ? ", sample" : "")));
      if (quarter === here) item.firstChild.setAttribute("aria-current", "true");
      return item;
    });
    const list = menu.querySelector("ul");
    list.replaceChildren(...items, list.lastElementChild);
  }, { once: true });

  const past = document.querySelector("[data-past]");
  for (const button of past?.querySelectorAll("[data-earlier]") || []) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const layers = await load(`history/${past.dataset.past}.js`);
      const slug = button.dataset.earlier;
      const body = button.parentElement.querySelector("tbody");
      for (const [quarter, ...cells] of layers[slug]) {
        const row = body.insertRow();
        const head = Object.assign(document.createElement("th"), { scope: "row" });
        head.append(link(`../${quarter}/${slug}.html`, quarter));
        row.append(head);
        cells.forEach((cell, place) => {
          Object.assign(row.insertCell(), { textContent: cell, className: place === cells.length - 1 ? "text" : "number" });
        });
      }
      button.remove();
    }, { once: true });
  }
})();
