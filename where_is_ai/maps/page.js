/* A map that answers: the mouse finds circles, the wheel and two fingers zoom, dragging pans, a double click goes back. */
(async () => {
  "use strict";
  const stage = document.getElementById("stage");
  const said = document.getElementById("said");
  const MOST = 40;

  async function unpacked(id) {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  const { drawn, hovers } = await unpacked("more");
  for (const other of drawn) stage.insertAdjacentHTML("beforeend", other);
  if (["wide", "vertical"].every((name) => stage.querySelector(`.${name}`))) stage.classList.add("both");

  function hover(key, x, y) {
    const found = hovers[key] || [];
    said.hidden = !found.length;
    said.replaceChildren(...found.map((text) => {
      const line = document.createElement("div");
      text.split(/<\/?b>/).forEach((part, odd) => {
        const piece = document.createElement(odd % 2 ? "b" : "span");
        piece.textContent = part;
        line.append(piece);
      });
      return line;
    }));
    const box = said.getBoundingClientRect();
    said.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 4))}px`;
    said.style.top = `${y + 14 + box.height > innerHeight ? Math.max(4, y - box.height - 10) : y + 14}px`;
  }

  /* Circles and labels keep their size: they are moved, only the land is scaled. */
  function movable(panel) {
    const land = [...panel.querySelectorAll(".zooms")];
    const pins = [...panel.querySelectorAll("circle[data-key], .at, .unknown")].map((element) => {
      const own = element.transform.baseVal.numberOfItems ? element.transform.baseVal.getItem(0).matrix : null;
      const x = own ? own.e : element.cx.baseVal.value, y = own ? own.f : element.cy.baseVal.value;
      return { element, x, y, from: own ? [0, 0] : [x, y] };
    });
    const view = panel.viewBox.baseVal;
    let scale = 1, left = 0, top = 0;

    function draw() {
      for (const each of land) each.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${left} ${top})`);
      for (const { element, x, y, from } of pins) {
        element.setAttribute("transform", `translate(${x * scale + left - from[0]} ${y * scale + top - from[1]})`);
      }
      panel.dataset.scale = scale;
    }
    return {
      zoom(factor, x, y) {
        const next = Math.min(MOST, Math.max(1, scale * factor));
        left = x - (x - left) * (next / scale);
        top = y - (y - top) * (next / scale);
        scale = next;
        this.pan(0, 0);
      },
      pan(dx, dy) {
        const within = (value, start, size) => Math.min(start * (1 - scale), Math.max((start + size) * (1 - scale), value));
        left = within(left + dx, view.x, view.width);
        top = within(top + dy, view.y, view.height);
        draw();
      },
      whole() {
        scale = 1;
        left = top = 0;
        draw();
      },
      scaled: () => scale > 1,
    };
  }

  for (const panel of document.querySelectorAll(".panel")) {
    const map = movable(panel);
    const fingers = new Map();
    const place = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(panel.getScreenCTM().inverse());
    panel.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { x, y } = place(event);
      map.zoom(Math.exp(-event.deltaY / 400), x, y);
    }, { passive: false });
    panel.addEventListener("dblclick", () => map.whole());
    panel.addEventListener("pointerdown", (event) => fingers.set(event.pointerId, place(event)));
    panel.addEventListener("pointermove", (event) => {
      const now = place(event), before = fingers.get(event.pointerId);
      hover(event.target.dataset.key, event.clientX, event.clientY);
      if (!before) return;
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const apart = (point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
        map.zoom(apart(now) / apart(before), other.x, other.y);
      } else {
        map.pan(now.x - before.x, now.y - before.y);
      }
      fingers.set(event.pointerId, now);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      panel.addEventListener(end, (event) => {
        fingers.delete(event.pointerId);
        if (end !== "pointerup") said.hidden = true;
        panel.style.touchAction = map.scaled() ? "none" : "";
      });
    }
  }
  document.documentElement.dataset.ready = "";
})();
