/* The areas of a panel, such as states, in the colours of a measure, and as the page came with them again. */
window.mapAreas = (() => {
  "use strict";

  const landOf = (area) => area.querySelector("use");

  /* Lines over the colour of land, as the drawing has them where nothing is known. */
  class Hatching {
    constructor(panel, { unknown, line, hatch, stroke }) {
      const [{ a: grain }, name] = [landOf([...panel.areas.values()][0]).transform.baseVal.getItem(0).matrix, panel.svg.parentElement.getAttribute("class")];
      this.pattern = drawingElement(
        "pattern",
        { id: `hatching-${name}`, width: hatch, height: hatch, patternUnits: "userSpaceOnUse" },
        drawingElement("rect", { width: hatch, height: hatch, fill: unknown }),
        drawingElement("path", { d: `M-1 1L1-1M0 ${hatch}L${hatch} 0M${hatch - 1} ${hatch + 1}L${hatch + 1} ${hatch - 1}`, fill: "none", stroke: line, "stroke-width": stroke }),
      );
      panel.svg.prepend(drawingElement("defs", {}, this.pattern));
      /* As wide on the screen however far the land is scaled. */
      const keep = () => this.pattern.setAttribute("patternTransform", `scale(${1 / (grain * panel.scale)})`);
      panel.svg.addEventListener("moved", keep);
      keep();
    }

    get fill() {
      return `url(#${this.pattern.id})`;
    }
  }

  return class MapAreas {
    constructor(panel) {
      this.panel = panel;
      this.own = new Map([...panel.areas].map(([key, area]) => {
        const fill = landOf(area).getAttribute("fill");
        return [key, { fill, ink: area.dataset.ink, legend: fill }];
      }));
      this.lines = [...panel.svg.querySelectorAll(".hatching")];
    }

    has(key) {
      return this.panel.areas.has(key);
    }

    paint(key, { fill, ink, legend }) {
      const area = this.panel.areas.get(key);
      landOf(area).setAttribute("fill", fill);
      if (ink) area.dataset.ink = ink;
      else delete area.dataset.ink;
      this.panel.places.get(key).mark.setAttribute("fill", legend);
    }

    /* What has no value is hatched. */
    show(places, look, pen) {
      this.hatching ??= new Hatching(this.panel, pen);
      const known = new Map(places.filter(({ value }) => value !== null).map(({ key, fill }) => [key, fill]));
      for (const key of this.own.keys()) {
        const fill = known.get(key);
        this.paint(key, fill ? { fill, ink: look.inks[fill], legend: fill } : { fill: this.hatching.fill, legend: pen.unknown });
      }
      for (const each of this.lines) each.style.display = "none";
      this.panel.draw();
    }

    restore() {
      for (const [key, look] of this.own) this.paint(key, look);
      for (const each of this.lines) each.style.display = "";
      this.panel.draw();
    }
  };
})();
