/* Areas of a panel, such as states: one stop of the tabulator key, from which arrows lead to the next; each says what it is. */
const answeringAreas = (() => {
  "use strict";
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const SIDEWAYS = 2;

  /* The nearest place that way; what lies aside counts double. */
  function next(panel, from, [east, south]) {
    let best = null, least = Infinity;
    for (const [key, pin] of panel.places) {
      const [dx, dy] = [pin.x - from.x, pin.y - from.y];
      const [ahead, aside] = [dx * east + dy * south, Math.abs(dx * south) + Math.abs(dy * east)];
      if (ahead > aside / SIDEWAYS && ahead + SIDEWAYS * aside < least) [best, least] = [key, ahead + SIDEWAYS * aside];
    }
    return best;
  }

  return (panel, said) => {
    const { areas } = panel;
    /* Without a script a title says it; with one it would be said twice. */
    for (const area of areas.values()) {
      const title = area.querySelector("title");
      area.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    const at = (event) => event.target.closest?.(".area")?.dataset.area;

    function go(key) {
      for (const [other, area] of areas) area.setAttribute("tabindex", other === key ? 0 : -1);
      areas.get(key).focus({ preventScroll: true });
    }

    panel.svg.addEventListener("focusin", (event) => {
      const key = at(event);
      if (!key || !event.target.matches(":focus-visible")) return;
      const { left, top, width, height } = areas.get(key).getBoundingClientRect();
      said.show(key, { clientX: left + width / 2, clientY: top + height / 2 });
    });
    panel.svg.addEventListener("focusout", (event) => at(event) && !said.box.classList.contains("stays") && said.hide());
    panel.svg.addEventListener("keydown", (event) => {
      const key = at(event);
      if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
      const found = WAYS[event.key] && next(panel, panel.places.get(key), WAYS[event.key]);
      const link = event.key === "Enter" && event.target.closest("a");
      if (found) go(found);
      if (link) link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      if (found || link || WAYS[event.key]) event.preventDefault();
    });
    return { at };
  };
})();
