/* The circles of a drawing whose page has them in another one: placed as its own panels show the earth, see beside.py. */
const drawnBeside = (() => {
  "use strict";
  const planeOf = (panel) => {
    const [plane, ...numbers] = panel.dataset.plane.split(" ");
    const [scale, left, top] = numbers.map(Number);
    return { plane, scale, left, top };
  };
  const cornerOf = (mark) => {
    const own = mark.transform.baseVal.numberOfItems ? mark.transform.baseVal.getItem(0).matrix : null;
    return own ? [own.e, own.f] : [mark.cx.baseVal.value, mark.cy.baseVal.value];
  };

  /* By plane and id each circle with its point of the plane, from the panel that shows it largest. */
  function circlesOf(drawing) {
    const found = new Map();
    const panels = [...drawing.querySelectorAll(".panel[data-plane]")].map((panel) => ({ panel, ...planeOf(panel) }));
    for (const { panel, plane, scale, left, top } of panels.sort((one, other) => one.scale - other.scale)) {
      if (!found.has(plane)) found.set(plane, new Map());
      for (const mark of panel.querySelectorAll("[data-key]")) {
        const [x, y] = cornerOf(mark);
        found.get(plane).set(mark.dataset.key, { mark, x: (x - left) / scale, y: (y - top) / scale });
      }
    }
    return found;
  }

  function placed({ mark }, x, y, radius, stroke) {
    const link = mark.closest("a");
    const copy = (link || mark).cloneNode(true);
    const shape = link ? copy.firstElementChild : copy;
    if (!mark.r) shape.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    else for (const [name, value] of Object.entries({ cx: x, cy: y, r: mark.r.baseVal.value * radius })) shape.setAttribute(name, value.toFixed(1));
    const width = mark.getAttribute("stroke-width");
    if (width) shape.setAttribute("stroke-width", (width * stroke).toFixed(1));
    return copy;
  }

  return (page) => {
    const own = page.querySelector("svg:not([data-beside]) > .panel")?.parentElement;
    for (const drawing of page.querySelectorAll("svg[data-beside]")) {
      const circles = circlesOf(own);
      const times = Number(drawing.dataset.beside);
      for (const panel of drawing.querySelectorAll(".panel[data-plane]")) {
        const { plane, scale, left, top } = planeOf(panel);
        const thicker = panel.getAttribute("stroke-width") / own.querySelector(".panel").getAttribute("stroke-width");
        const { x: x0, y: y0, width, height } = panel.viewBox.baseVal;
        const marks = [];
        for (const each of circles.get(plane)?.values() || []) {
          const [x, y] = [each.x * scale + left, each.y * scale + top];
          if (x >= x0 && x <= x0 + width && y >= y0 && y <= y0 + height) marks.push(placed(each, x, y, times, thicker));
        }
        panel.querySelector(".zooms").after(...marks);
      }
      delete drawing.dataset.beside;
    }
  };
})();
