/* The slider over releases or editions: time to scale, what is missing hollow, and a dashed line where numbers break. */
window.mapTime = (() => {
  "use strict";
  const APART_PX = 72; // between labels of the scale
  const MOST_NAMED = 6;
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 3, PageDown: -3, Home: -Infinity, End: Infinity };

  function tick(kind, part, text = "") {
    const made = Object.assign(document.createElement("span"), { className: kind, textContent: text });
    made.style.setProperty("--part", part);
    return made;
  }

  /* What is missing, times in a row as one: "2023-Q1 to 2025-Q4". */
  function spans(times) {
    const found = [];
    times.forEach(({ src, label }, place) => {
      if (src) return;
      if (place && !times[place - 1].src) found[found.length - 1][1] = label;
      else found.push([label, ""]);
    });
    return found.map(([first, last]) => (last ? `${first} to ${last}` : first));
  }

  /* What to know of a time beside the map's own: breaks on the way there, and what is missing between. */
  function note(times, shown, { lost, absent, look }) {
    if (absent) return `“${look.title}” is not published for it.`;
    const own = times.findIndex((each) => each.own), here = times.indexOf(shown);
    const [from, to] = [Math.min(own, here), Math.max(own, here)];
    const between = times.slice(from + 1, to + 1);
    const breaks = between.filter(({ broken }) => broken).map(({ label, broken }) => `Break at ${label}: ${broken}.`);
    const missing = spans(between);
    const gone = lost.length > MOST_NAMED ? `${lost.length} areas` : lost.join("; ");
    return [
      ...breaks,
      ...(missing.length ? [`Missing: ${missing.join(", ")}.`] : []),
      ...(lost.length ? [`Without a place on this map: ${gone}.`] : []),
    ].join(" ");
  }

  return (holder, measure, times, changed) => {
    const box = holder.querySelector(".map-time");
    if (!box) return;
    const stops = times.filter(({ src }) => src);
    const [start, end] = [times[0].at, times[times.length - 1].at];
    const part = (at) => (at - start) / (end - start || 1);
    const slider = box.querySelector("input");
    const said = holder.querySelector(".map-note");
    const scale = box.querySelector(".scale");
    Object.assign(slider, { min: start, max: end, step: "any" });

    scale.replaceChildren(...times.flatMap((each, place) => [
      ...(each.broken ? [tick("break", (part(times[place - 1].at) + part(each.at)) / 2)] : []),
      tick(each.src ? "tick" : "tick missing", part(each.at)),
      tick(["label", place ? "" : "first", place === times.length - 1 ? "last" : ""].join(" ").trim(), part(each.at), each.label),
    ]));

    /* As many labels as fit, from the newest back. */
    function label() {
      let free = Infinity;
      const width = scale.getBoundingClientRect().width;
      for (const each of [...scale.querySelectorAll(".label")].reverse()) {
        const x = Number(each.style.getPropertyValue("--part")) * width;
        each.hidden = free - x < APART_PX;
        if (!each.hidden) free = x;
      }
    }

    function tell() {
      const shown = times.find(({ name }) => name === measure.state.time);
      slider.value = shown.at;
      slider.setAttribute("aria-valuetext", shown.label);
      said.textContent = shown.own ? "" : [`${shown.label}.`, note(times, shown, measure.state.shown)].join(" ");
    }

    async function show(stop) {
      if (stop.name === measure.state.time) return tell();
      slider.value = stop.at;
      try {
        await measure.show({ time: stop.name });
        changed();
      } catch (problem) {
        tell();
        said.textContent = `${stop.label} could not be loaded: the map shows what it showed before.`;
        console.warn(problem.message);
      }
    }

    slider.addEventListener("input", () => {
      const at = Number(slider.value);
      show(stops.reduce((best, each) => (Math.abs(each.at - at) < Math.abs(best.at - at) ? each : best)));
    });
    slider.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const now = stops.findIndex(({ name }) => name === measure.state.time);
      show(stops[Math.max(0, Math.min(stops.length - 1, now + step))]);
    });
    holder.addEventListener("measured", tell);
    new ResizeObserver(label).observe(scale);
    box.hidden = false;
    tell();
  };
})();
