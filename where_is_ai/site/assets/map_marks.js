/* The circles of a measure in a panel of a map, in place of those that the page came with, and these again. */
window.mapMarks = (() => {
  "use strict";
  const LEAST_R = 1.5; // of a number that is 0, or next to it: known, and to be seen

  /* Dashes that close evenly around a circle, at least five of them. */
  function broken(r, dash) {
    const around = 2 * Math.PI * r;
    const period = around / Math.max(5, Math.round(around / dash));
    return `${(period * 0.58).toFixed(2)},${(period * 0.42).toFixed(2)}`;
  }

  /* A circle and, of a lower bound, its outline; a diamond of what is unknown. */
  function drawn({ key, value, fill, least }, { x, y }, look, pen, format) {
    if (value === null) {
      const r = pen.unknown;
      return [drawingElement("path", { class: "unknown", "data-key": key, transform: `translate(${x} ${y})`, d: `M0-${r}L${r} 0L0 ${r}L-${r} 0Z`, stroke: pen.faint })];
    }
    const r = Math.max(LEAST_R, look.radius[format] * Math.sqrt(Math.abs(value) / look.largest));
    const stroke = look.stroke[format];
    const thin = fill === pen.muted ? 0.4 : 1;
    const outline = least ? { stroke: "none" } : { "stroke-width": (stroke * Math.min(1, r / 4) * thin).toFixed(1) };
    const circle = drawingElement("circle", { "data-key": key, cx: x, cy: y, r: r.toFixed(1), fill, ...outline });
    if (!least || r < pen.broken) return [circle];
    return [circle, drawingElement("circle", { class: "at", "data-of": key, cx: x, cy: y, r: r.toFixed(1), fill: "none", stroke: pen.outline, "stroke-width": stroke, "stroke-dasharray": broken(r, pen.dash) })];
  }

  return class MapMarks {
    constructor(panel) {
      this.panel = panel;
      this.format = panel.svg.parentElement.getAttribute("class");
      this.own = [...panel.svg.children].filter((each) => each.matches("a, [data-key], .at:not(.named)"));
      this.before = panel.svg.querySelector(":scope > .zooms");
      this.places = new Map([...panel.places].map(([key, { x, y, mark }]) => [key, { x, y, href: mark.closest("a")?.getAttribute("href") }]));
      this.now = this.own;
      this.ownPins = { pins: panel.pins, places: panel.places };
    }

    put(marks) {
      for (const each of this.now) each.remove();
      this.before.after(...marks);
      this.now = marks;
    }

    restore() {
      this.put(this.own);
      Object.assign(this.panel, this.ownPins);
      this.panel.draw();
    }

    /* Grey first and large first, so that small ones that count lie on top, and the unknown below all. */
    show(places, look, pen) {
      const order = ({ value, fill }) => [value !== null, fill !== pen.muted, value === null ? 0 : -Math.abs(value)];
      const sorted = places.filter(({ key, point }) => this.has(key, point)).map((each) => [order(each), each])
        .sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
      const marks = sorted.map(([, each]) => {
        const place = this.places.get(each.key) || this.places.get(each.point);
        return this.linked(place, drawn(each, place, look, pen, this.format));
      });
      this.put(marks.flat());
      this.panel.pin();
      this.panel.draw();
    }

    /* Whether a place is on the map, or the one that took its place. */
    has(key, point) {
      return this.places.has(key) || this.places.has(point);
    }

    linked({ href }, [mark, ...outline]) {
      if (!href) return [mark, ...outline];
      const link = drawingElement("a", { href, tabindex: -1 });
      link.append(mark);
      return [link, ...outline];
    }
  };
})();
