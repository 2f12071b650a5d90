/* What stands on areas such as states when their map is moved or shows another measure, in the order of area_labels.py. */
const namesOfAreas = (() => {
  "use strict";
  const LINE = 1.3, LETTERS = 0.8; // of the size: from line to line, and what the letters of one take
  const EAST_FROM = 0.74; // of the panel's width, from where small areas get their text off the coast
  const GAP = 8, OFFSHORE = 16, NEAR = 40;
  const SHARES = [0, -0.12, 0.12, -0.24, 0.24, -0.36, 0.36]; // of an area's width and height, by which its text is moved
  const MOVED = SHARES.flatMap((east) => SHARES.map((south) => [east, south]))
    .sort(([a, b], [c, d]) => Math.abs(a) + Math.abs(b) - Math.abs(c) - Math.abs(d));
  const SEEN_AT = [0, 0.5, 1].flatMap((south) => ALONG.map((east) => [east, south]));

  const lies = (box, window) => box.x0 >= window.x0 && box.x1 <= window.x1 && box.y0 >= window.y0 && box.y1 <= window.y1;
  const pointsOf = ({ x0, x1, y0, y1 }) => SEEN_AT.map(([east, south]) => [x0 + east * (x1 - x0), y0 + south * (y1 - y0)]);

  /* Where lines stand that are at least a step apart, in order, as near as can be to where they are wanted. */
  function apart(wanted, step) {
    const groups = [];
    const mean = (group) => group.reduce((sum, each) => sum + each, 0) / group.length;
    wanted.forEach((each, place) => {
      groups.push([each - place * step]);
      while (groups.length > 1 && mean(groups[groups.length - 2]) > mean(groups[groups.length - 1])) groups.push(groups.splice(-2).flat());
    });
    return groups.flatMap((group) => group.map(() => mean(group))).map((each, place) => each + place * step);
  }

  /* An area in a panel that isn't moved: its outline, which panels show by reference, and the box around it. */
  class Shape {
    constructor(area) {
      const land = area.querySelector("use");
      this.path = document.querySelector(land.getAttribute("href"));
      this.at = land.transform.baseVal.getItem(0).matrix;
      const { x, y, width, height } = this.path.getBBox(), { a, d, e, f } = this.at;
      this.box = { x0: x * a + e, x1: (x + width) * a + e, y0: y * d + f, y1: (y + height) * d + f };
    }

    has([x, y]) {
      const { a, d, e, f } = this.at;
      return this.path.isPointInFill(new DOMPoint((x - e) / a, (y - f) / d));
    }

    touches(box) {
      if (!boxesOverlap(this.box, box)) return false;
      const within = this.box.x0 > box.x0 && this.box.x1 < box.x1 && this.box.y0 > box.y0 && this.box.y1 < box.y1;
      return within || pointsOf(box).some((point) => this.has(point));
    }

    near({ box }, far) {
      return boxesOverlap({ x0: this.box.x0 - far, x1: this.box.x1 + far, y0: this.box.y0 - far, y1: this.box.y1 + far }, box);
    }

    /* The middle of a box of this size within it and in the window, as near to its spot as can be. */
    room({ x, y }, wide, high, window) {
      const [w, h] = [this.box.x1 - this.box.x0, this.box.y1 - this.box.y0];
      if (wide > w || high > h) return null;
      return MOVED.map(([east, south]) => [x + east * w, y + south * h]).find(([mx, my]) => {
        const box = { x0: mx - wide / 2, x1: mx + wide / 2, y0: my - high / 2, y1: my + high / 2 };
        return lies(box, window) && pointsOf(box).every((point) => this.has(point));
      });
    }
  }

  /* Where texts go in a panel that isn't moved; ``size`` is theirs there, and ``px`` how large its pixel is. */
  class Placing {
    constructor(shapes, window, size, px, widthOf) {
      Object.assign(this, { shapes, window, size, px, widthOf, written: [] });
    }

    width(text, strong) {
      return this.widthOf(text, strong, this.size);
    }

    fitting({ shape, code, spot }, wanted) {
      for (const lines of wanted) {
        const strong = lines[0] === code;
        const wide = Math.max(...lines.map((line, place) => this.width(line, strong && !place)));
        const found = shape.room(spot, wide, this.size * (LINE * (lines.length - 1) + LETTERS), this.window);
        if (found) return { lines, strong, wide, found };
      }
      return null;
    }

    within(each, wanted) {
      const fits = this.fitting(each, wanted);
      if (!fits) return false;
      const { lines, strong, wide, found: [x, y] } = fits, high = this.size * LINE * lines.length;
      this.written.push({ key: each.key, lines, strong, inside: true, box: { x0: x - wide / 2, x1: x + wide / 2, y0: y - high / 2, y1: y + high / 2 } });
      return true;
    }

    outside(each, box, line) {
      this.written.push({ key: each.key, lines: [each.both], box, line });
    }

    free(box) {
      if (!lies(box, this.window)) return false;
      if (this.written.some((other) => boxesOverlap(other.box, box) || lineEnters(other.line, box))) return false;
      return !this.shapes.some((shape) => shape.touches(box));
    }

    /* East or west of it or below it. */
    beside(each) {
      const { x, y } = each.spot, { x0, x1, y1 } = each.shape.box;
      const wide = this.width(each.both), high = this.size * LINE, gap = GAP * this.px;
      const box = [[x1 + gap, y], [x0 - gap - wide, y], [x - wide / 2, y1 + high / 2]]
        .map(([left, middle]) => ({ x0: left, x1: left + wide, y0: middle - high / 2, y1: middle + high / 2 }))
        .find((tried) => this.free(tried));
      if (box) this.outside(each, box);
      return Boolean(box);
    }

    /* Under each other off the coast, as far north as there is room; tells whether there is any. */
    column(small) {
      const ordered = [...small].sort((one, other) => one.spot.y - other.spot.y);
      const step = this.size * LINE, widest = Math.max(...ordered.map(({ both }) => this.width(both)));
      const coast = Math.max(...ordered.map(({ spot }) => spot.x));
      for (let south = 0; ; south += step / 2) {
        const rows = apart(ordered.map(({ spot }) => spot.y + south), step);
        if (!rows.length || rows[rows.length - 1] + step / 2 > this.window.y1) return false;
        for (let left = coast; left + widest <= this.window.x1; left += step / 2) {
          const boxes = ordered.map(({ both }, place) => ({ x0: left, x1: left + this.width(both), y0: rows[place] - step / 2, y1: rows[place] + step / 2 }));
          const from = OFFSHORE * this.px;
          if (!boxes.every((box) => this.free({ ...box, x0: box.x0 - from }))) continue;
          ordered.forEach((each, place) => {
            const { x, y } = each.spot;
            this.outside(each, boxes[place], { x1: x, y1: y, x2: left - 4 * this.px, y2: rows[place] });
          });
          return true;
        }
      }
    }
  }

  return class NamesOfAreas {
    constructor(panel) {
      this.panel = panel;
      this.shapes = new Map([...panel.areas].map(([key, area]) => [key, new Shape(area)]));
    }

    /* What is written where as the panel is now; ``names`` are key, code and value, ``frame`` the room there is. */
    placed(names, shown, frame, size, widthOf) {
      const { scale, left, top, places } = this.panel;
      const window = { x0: (frame.x0 - left) / scale, x1: (frame.x1 - left) / scale, y0: (frame.y0 - top) / scale, y1: (frame.y1 - top) / scale };
      const placing = new Placing([...this.shapes.values()], window, size / scale, 1 / scale, widthOf);
      const areas = names.filter(([key]) => shown.has(key)).map(([key, code, value]) => ({
        key, code, value, both: [code, value].filter(Boolean).join(" "), shape: this.shapes.get(key), spot: places.get(key),
      }));
      this.write(placing, areas);
      const moved = ({ x0, x1, y0 }) => ({ x0: x0 * scale + left, x1: x1 * scale + left, y0: y0 * scale + top });
      const movedLine = ({ x1, y1, x2, y2 }) => ({ x1: x1 * scale + left, y1: y1 * scale + top, x2: x2 * scale + left, y2: y2 * scale + top });
      return placing.written.map(({ box, line, ...rest }) => ({ ...rest, box: moved(box), line: line && movedLine(line) }));
    }

    write(placing, areas) {
      const both = ({ code, value, both: inALine }) => (value ? [[code, value], [inALine]] : [[code]]);
      const one = ({ code, value }) => (value ? [[value], [code]] : []);
      const { x, width } = this.panel.view;
      const cramped = areas.filter((each) => !placing.within(each, both(each)));
      const small = cramped.filter((each) => each.spot.x > x + EAST_FROM * width && !placing.fitting(each, one(each)));
      const column = small.filter((each) => small.some((other) => other !== each && other.shape.near(each.shape, NEAR)));
      const inColumn = new Set(column.length && placing.column(column) ? column : []);
      for (const each of cramped) {
        if (!inColumn.has(each) && !placing.beside(each)) placing.within(each, one(each));
      }
    }
  };
})();
