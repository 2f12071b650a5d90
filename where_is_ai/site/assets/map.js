/* The map of a page: drawn already, it answers when its script is there. */
(() => {
  "use strict";
  const KEYS_SAID = "Map: arrow keys move it, plus and minus zoom, 0 shows it whole";
  const words = new Map();
  const waiting = new Map();

  /* Called by the data scripts, since a page from a disk can't fetch. */
  window.whereIsAI = {
    map(name, said) {
      words.set(name, said);
      (waiting.get(name) || (() => {}))();
    },
  };

  function loaded(name) {
    if (words.has(name)) return Promise.resolve();
    return new Promise((done, failed) => {
      waiting.set(name, done);
      const script = document.createElement("script");
      script.src = `maps/${name}.js`;
      script.onerror = () => failed(new Error(script.src));
      document.head.append(script);
    });
  }

  async function show(holder) {
    const name = holder.dataset.map;
    await Promise.all([loaded(name), document.fonts ? document.fonts.ready : null]);
    const frame = holder.querySelector(".map-frame");
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", KEYS_SAID);
    const map = mapThatAnswers(frame, words.get(name));
    const does = { in: () => map.zoom(1.5), out: () => map.zoom(1 / 1.5), reset: () => map.whole() };
    const tools = holder.querySelector(".map-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => does[event.target.closest("button")?.dataset.does]?.());
    mapView(holder, map);
    holder.dataset.ready = map.first().svg.parentElement.getAttribute("class");
    performance.mark("map-ready");
  }

  for (const holder of document.querySelectorAll("[data-map]")) {
    show(holder).catch((problem) => {
      mapView(holder, map);
    holder.dataset.ready = "failed";
      console.warn(`The map does not answer: ${problem.message}`);
    });
  }
})();
