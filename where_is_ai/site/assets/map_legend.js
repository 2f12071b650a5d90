/* The legend as a filter: each class of circles is a button that hides and shows them. */
window.mapLegend = (() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const OUTLINES = ["whole", "broken"];

  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

  /* Of which classes a circle is: its colour or the unknown, and its outline. */
  function classesOf(mark) {
    if (mark.classList.contains("unknown")) return ["unknown"];
    return [mark.getAttribute("fill"), mark.getAttribute("stroke") === "none" ? "broken" : "whole"];
  }

  function swatch(name) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", "aria-hidden": "true", class: "swatch" })) svg.setAttribute(key, value);
    svg.innerHTML = name === "unknown" ? '<path class="unknown" d="M8 3L13 8L8 13L3 8Z"/>' : '<circle cx="8" cy="8" r="6.2"/>';
    if (name.startsWith("#")) svg.firstChild.setAttribute("fill", name);
    else svg.firstChild.classList.add(name);
    return svg;
  }

  function button([name, words], pressed) {
    const made = Object.assign(document.createElement("button"), { type: "button" });
    made.dataset.name = name;
    made.setAttribute("aria-pressed", String(pressed));
    made.append(swatch(name), words);
    return made;
  }

  return (holder, measure, shown, changed) => {
    const box = holder.querySelector(".map-legend");
    let hidden = new Set();

    function filter() {
      const lets = (key, panel) => classesOf(panel.places.get(key).mark).every((each) => !hidden.has(each));
      shown.by("legend", hidden.size ? lets : null);
    }

    function draw() {
      const { heading, classes: legend } = measure.legend();
      /* Outlines are told apart only where there are both. */
      const shown = legend.filter(([name]) => !OUTLINES.includes(name) || OUTLINES.every((each) => legend.some(([other]) => other === each)));
      box.replaceChildren(`${capital(heading.replace(/^Colour: /, ""))}:`, ...shown.map((each) => button(each, !hidden.has(each[0]))));
      box.hidden = shown.length < 2;
    }

    box.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      const { name } = pressed.dataset;
      if (!hidden.delete(name)) hidden.add(name);
      pressed.setAttribute("aria-pressed", String(!hidden.has(name)));
      filter();
      changed();
    });
    holder.addEventListener("measured", () => {
      hidden = new Set([...hidden].filter((name) => measure.legend().classes.some(([other]) => other === name)));
      draw();
      filter();
    });
    draw();
    return {
      hidden: () => measure.legend().classes.flatMap(([name], place) => (hidden.has(name) ? [place] : [])),
      hide(places) {
        hidden = new Set(places.map((place) => measure.legend().classes[place]?.[0]).filter(Boolean));
        draw();
        filter();
      },
    };
  };
})();
