/* A panel of a map that can be moved: circles and labels keep their size, only the land is scaled. */
const MapPanel = (() => {
  "use strict";
  const MOST_ZOOM = 40;
  const LEAST_TEXT_PX = 11, GAP = 5, EDGE = 4, LINE = 1.3, MOST_LABELS = 48, MOST_TRIED = 300;
  const FAR = 20, REACHES = [0, FAR, 45, 80, 120], SOUGHT = 24, SMALL = 4;
  const WAYS = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.7, -0.7], [0.7, 0.7], [-0.7, -0.7], [-0.7, 0.7]];
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();

  function width(text, bold, size, family) {
    const font = `${bold ? 700 : 400} 100px ${family}`;
    const known = `${font}/${text}`;
    if (!widths.has(known)) {
      pen.font = font;
      widths.set(known, pen.measureText(text).width / 100);
    }
    return widths.get(known) * size;
  }

  /* Places for a label around a circle, near ones first; from FAR on a line says whose it is. */
  function places({ x, y, r }, wide, high, reaches) {
    const found = [];
    for (const reach of reaches) {
      for (const [east, south] of WAYS) {
        const away = r + GAP + reach;
        const [px, py] = [x + east * away, y + south * away];
        const x0 = Math.abs(east) < 0.4 ? px - wide / 2 : east > 0 ? px : px - wide;
        const y0 = py - high * (0.5 - 0.5 * south);
        const line = reach >= FAR ? { x1: x + east * Math.min(r, 4), y1: y + south * Math.min(r, 4), x2: px, y2: py } : null;
        found.push({ x0, y0, x1: x0 + wide, y1: y0 + high, line });
      }
    }
    return found;
  }

  return class MapPanel {
    constructor(svg) {
      this.svg = svg;
      this.view = svg.viewBox.baseVal;
      this.land = [...svg.querySelectorAll(".zooms")];
      this.pin();
      this.size = Number(svg.querySelector(".named text")?.getAttribute("font-size")) || 22;
      this.labels = drawingElement("g", { class: "placed" });
      svg.append(this.labels);
      this.names = [];
      this.areas = new Map([...svg.querySelectorAll(".area")].map((area) => [area.dataset.area, area]));
      this.shown = () => true;
      Object.assign(this, { scale: 1, left: 0, top: 0 });
    }

    /* Where the circles are, and what lies with them, as they were drawn and not moved yet. */
    pin() {
      this.pins = [...this.svg.querySelectorAll("[data-key], .at:not(.named)")].map((mark) => {
        const own = mark.transform.baseVal.numberOfItems ? mark.transform.baseVal.getItem(0).matrix : null;
        const at = own ? [own.e, own.f] : [mark.cx.baseVal.value, mark.cy.baseVal.value];
        return { mark, key: mark.dataset.key, x: at[0], y: at[1], from: own ? [0, 0] : at, radius: mark.r ? mark.r.baseVal.value : 4 };
      });
      this.places = new Map(this.pins.filter(({ key }) => key).map((pin) => [pin.key, pin]));
    }

    get pxPerUnit() {
      return this.svg.getScreenCTM()?.a || 1;
    }

    at(event) {
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    }

    centre() {
      return { x: this.view.x + this.view.width / 2, y: this.view.y + this.view.height / 2 };
    }

    zoom(factor, { x, y } = this.centre()) {
      const next = Math.min(MOST_ZOOM, Math.max(1, this.scale * factor));
      this.left = x - (x - this.left) * (next / this.scale);
      this.top = y - (y - this.top) * (next / this.scale);
      this.scale = next;
      this.pan(0, 0);
    }

    /* The map never leaves its window. */
    pan(dx, dy) {
      const within = (value, start, size) => Math.min(start * (1 - this.scale), Math.max((start + size) * (1 - this.scale), value));
      this.left = within(this.left + dx, this.view.x, this.view.width);
      this.top = within(this.top + dy, this.view.y, this.view.height);
      this.draw();
    }

    whole() {
      Object.assign(this, { scale: 1, left: 0, top: 0 });
      this.draw();
    }

    show(scale, x, y) {
      const middle = this.centre();
      this.scale = Math.min(MOST_ZOOM, Math.max(1, scale));
      Object.assign(this, { left: middle.x - x * this.scale, top: middle.y - y * this.scale });
      this.pan(0, 0);
    }

    draw() {
      for (const each of this.land) each.setAttribute("transform", `matrix(${this.scale} 0 0 ${this.scale} ${this.left} ${this.top})`);
      for (const pin of this.pins) {
        pin.nowX = pin.x * this.scale + this.left;
        pin.nowY = pin.y * this.scale + this.top;
        pin.mark.setAttribute("transform", `translate(${pin.nowX - pin.from[0]} ${pin.nowY - pin.from[1]})`);
      }
      this.svg.dataset.scale = this.scale;
      this.svg.classList.toggle("zoomed", this.scale > 1);
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.label());
      this.svg.dispatchEvent(new Event("moved", { bubbles: true }));
    }

    label() {
      this.labelled()();
    }

    /* Labels as the picture has them, while it is whole and large enough to read; else names by their order, wherever one
       fits. Gives what writes them: all panels are measured before one is changed, or each is laid out anew. */
    labelled() {
      if (!this.svg.getScreenCTM() || !this.svg.getBoundingClientRect().width) return () => {};
      const own = this.scale === 1 && this.size * this.pxPerUnit >= LEAST_TEXT_PX && !this.filtered && !this.varied;
      const placed = own ? [] : this.placed();
      return () => {
        this.svg.classList.toggle("moved", !own && this.names.length > 0);
        this.labels.replaceChildren(...placed);
        for (const [key, area] of this.areas) area.classList.toggle("dimmed", !this.shown(key));
      };
    }

    inView() {
      const { x, y, width: wide, height: high } = this.view;
      const now = (pin) => ({ key: pin.key, x: pin.nowX ?? pin.x, y: pin.nowY ?? pin.y, r: pin.radius });
      return [...this.places.values()].filter(({ key }) => this.shown(key)).map(now)
        .filter((each) => each.x > x && each.x < x + wide && each.y > y && each.y < y + high);
    }

    placed() {
      const size = Math.max(this.size, LEAST_TEXT_PX / this.pxPerUnit);
      const family = getComputedStyle(this.svg).fontFamily;
      const { x, y, width: wide, height: high } = this.view;
      const frame = { x0: x + EDGE, y0: y + EDGE, x1: x + wide - EDGE, y1: y + high - EDGE };
      const seen = new Map(this.inView().map((each) => [each.key, each]));
      if (this.areas.size) return this.named(seen, size, frame, family);
      const large = [...seen.values()].filter(({ r }) => r >= SMALL);
      const taken = [], made = [];
      for (const [key, ...lines] of this.names.filter(([key]) => seen.has(key)).slice(0, MOST_TRIED)) {
        if (made.length >= MOST_LABELS) break;
        const strong = lines.length > 1;
        const wideAs = Math.max(...lines.map((line, place) => width(line, strong && !place, size, family)));
        const reaches = made.length < SOUGHT ? REACHES : [0];
        const [mine, highAs] = [seen.get(key), size * LINE * lines.length];
        const away = mine.r + GAP + reaches.at(-1);
        const near = large.filter((other) => other !== mine && Math.abs(other.x - mine.x) < away + wideAs && Math.abs(other.y - mine.y) < away + highAs);
        const box = places(mine, wideAs, highAs, reaches).find((each) => this.free(each, frame, taken, near));
        if (!box) continue;
        taken.push(box);
        made.push(...this.written(key, lines, box, size));
      }
      return made;
    }

    /* Names of areas; one that stands within its area is written in what can be read on its colour. */
    named(seen, size, frame, family) {
      this.onAreas ??= new namesOfAreas(this);
      const widthOf = (text, bold, at) => width(text, bold, at, family);
      return this.onAreas.placed(this.names, seen, frame, size, widthOf).flatMap(({ key, lines, strong, inside, box, line }) => {
        const written = this.written(key, lines, { ...box, line }, size);
        const { ink } = this.areas.get(key).dataset;
        const look = [inside && ink ? "on" : "label", strong && lines.length === 1 ? "b" : ""];
        written.at(-1).setAttribute("class", look.join(" ").trim());
        if (inside && ink) written.at(-1).setAttribute("fill", ink);
        return written;
      });
    }

    free(box, frame, taken, near) {
      if (box.x0 < frame.x0 || box.y0 < frame.y0 || box.x1 > frame.x1 || box.y1 > frame.y1) return false;
      if (taken.some((other) => boxesOverlap(box, other) || lineEnters(box.line, other) || lineEnters(other.line, box))) return false;
      return !near.some((other) => other.x > box.x0 && other.x < box.x1 && other.y > box.y0 && other.y < box.y1);
    }

    written(key, lines, box, size) {
      const middle = (box.x0 + box.x1) / 2;
      const spans = lines.map((line, place) => {
        const look = lines.length > 1 && !place ? { class: "b" } : {};
        return drawingElement("tspan", { x: middle, y: box.y0 + size * (1 + LINE * place), ...look }, line);
      });
      const text = drawingElement("text", { class: "label", "font-size": size, "text-anchor": "middle", "data-name": key }, ...spans);
      return box.line ? [drawingElement("line", { ...box.line, class: "pointer" }), text] : [text];
    }

    /* The circle at a point, or the nearest one within reach of a mouse or a finger. */
    near({ x, y }, reachPx) {
      const reach = reachPx / this.pxPerUnit;
      let best = null, least = reach;
      for (const each of this.inView()) {
        const away = Math.max(0, Math.hypot(each.x - x, each.y - y) - each.r) + each.r / 1e4;
        if (away < least) [best, least] = [each.key, away];
      }
      return best;
    }
  };
})();
