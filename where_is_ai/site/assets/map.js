/* The map of a page: drawn already, it answers when its script is there. */
(() => {
  "use strict";
  const KEYS_SAID = "Map: arrow keys move it, plus and minus zoom, 0 shows it whole";

  async function show(holder) {
    const [words] = await Promise.all([window.mapData.words(holder.dataset.map), document.fonts ? document.fonts.ready : null]);
    const choices = JSON.parse(holder.dataset.choices);
    const frame = holder.querySelector(".map-frame");
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", KEYS_SAID);
    const map = mapThatAnswers(frame, words);
    const does = { in: () => map.zoom(1.5), out: () => map.zoom(1 / 1.5), reset: () => map.whole() };
    const tools = holder.querySelector(".map-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => does[event.target.closest("button")?.dataset.does]?.());
    await window.mapView(holder, map, window.mapMeasure(holder, map, words, choices), choices);
    holder.dataset.ready = map.first().svg.parentElement.getAttribute("class");
    performance.mark("map-ready");
  }

  for (const holder of document.querySelectorAll("[data-map]")) {
    show(holder).catch((problem) => {
      holder.dataset.ready = "failed";
      console.warn(`The map does not answer: ${problem.message}`);
    });
  }
})();
