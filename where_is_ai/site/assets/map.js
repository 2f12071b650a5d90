/* The map of a page: drawn already, it answers when the script is there, and says more once it is touched. */
(() => {
  "use strict";
  const KEYS_SAID = "Map: arrow keys move it, plus and minus zoom, 0 shows it whole";
  const TOUCHED = ["pointerenter", "pointerdown", "focusin", "wheel"];

  async function show(holder) {
    if (document.fonts) await document.fonts.ready;
    const choices = JSON.parse(holder.dataset.choices);
    const frame = holder.querySelector(".map-frame");
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", KEYS_SAID);
    drawnBeside(frame);
    const words = window.mapWords(holder.dataset.map, choices.names, () => map.told());
    const map = mapThatAnswers(frame, words);
    const say = () => words.all().catch(() => {
      holder.querySelector(".map-note").textContent = "What circles say could not be loaded: their tables have the same.";
    });
    for (const event of TOUCHED) frame.addEventListener(event, say, { passive: true });
    const does = { in: () => map.zoom(1.5), out: () => map.zoom(1 / 1.5), reset: () => map.whole() };
    const tools = holder.querySelector(".map-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      say();
      does[event.target.closest("button")?.dataset.does]?.();
    });
    /* A map that names none at first is of an earlier version. */
    if (!choices.names.length || location.hash.startsWith("#map?")) await say();
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
