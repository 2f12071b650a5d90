/* Maps that answer: drag, wheel, pinch, double tap and keys move them; circles say what they are and lead to their metro. */
const mapThatAnswers = (() => {
  "use strict";
  const STEP = 1.5, TAP_ZOOM = 2.5;
  const MOUSE_PX = 8, FINGER_PX = 24, DRAG_PX = 5, TAP_MS = 350;

  /* What is said of a circle, beside the pointer; after a touch it stays, with a way to the metro. */
  class Said {
    constructor(map, words) {
      this.words = words;
      this.box = document.createElement("div");
      Object.assign(this.box, { className: "said map", hidden: true });
      this.box.setAttribute("role", "status");
      map.append(this.box);
    }

    hide() {
      this.asked = null;
      this.box.hidden = true;
    }

    /* What is asked for before its words are there is said when they come. */
    again() {
      if (this.asked) this.show(...this.asked);
    }

    show(key, event, link = null) {
      this.asked = [key, event, link];
      const lines = this.words.hovers[key] || [];
      this.box.replaceChildren(...lines.map((line) => Said.line(line)), ...(link ? [Said.way(link)] : []));
      this.box.classList.toggle("stays", Boolean(link));
      this.box.hidden = !lines.length;
      this.box.style.left = this.box.style.top = 0; // at the edge it would be narrow
      const { width: wide, height: high } = this.box.getBoundingClientRect();
      this.box.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - wide - 4))}px`;
      const below = event.clientY + 14;
      this.box.style.top = `${below + high > innerHeight ? Math.max(4, event.clientY - high - 10) : below}px`;
    }

    static way({ href, target }) {
      const textContent = href.baseVal.includes("#") ? "To its row in the table" : "Open this metro";
      return Object.assign(document.createElement("a"), { href: href.baseVal, target: target.baseVal, rel: "noopener", textContent });
    }

    static line(text) {
      const line = document.createElement("div");
      text.split(/<\/?b>/).forEach((part, odd) => {
        const piece = document.createElement(odd % 2 ? "b" : "span");
        piece.textContent = part;
        line.append(piece);
      });
      return line;
    }
  }

  const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  /* Keys move the first panel that is seen; they stay the page's own where there is nothing to move. */
  function keyed(event, panel) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = KEYS[event.key];
    if (move && panel.scale > 1) panel.pan((move[0] * panel.view.width) / 6, (move[1] * panel.view.height) / 6);
    else if (event.key === "+" || event.key === "=") panel.zoom(STEP);
    else if (event.key === "-") panel.zoom(1 / STEP);
    else if (event.key === "0" || event.key === "Home") panel.whole();
    else return;
    event.preventDefault();
  }

  function answering(panel, said) {
    const { svg } = panel;
    const fingers = new Map();
    const link = (key) => (panel.areas.get(key) || panel.places.get(key)?.mark)?.closest("a");
    let start = null, moved = false, touched = false, tapped = null;

    const toggle = (event) => (panel.scale > 1 ? panel.whole() : panel.zoom(TAP_ZOOM, panel.at(event)));

    function tap(event) {
      const again = tapped && event.timeStamp - tapped.time < TAP_MS && Math.hypot(event.clientX - tapped.x, event.clientY - tapped.y) < FINGER_PX;
      tapped = again ? null : { time: event.timeStamp, x: event.clientX, y: event.clientY };
      if (again) {
        said.hide();
        return toggle(event);
      }
      const key = areas.at(event) || panel.near(panel.at(event), FINGER_PX);
      if (key) said.show(key, event, link(key));
      else said.hide();
    }

    const areas = answeringAreas(panel, said);

    function point(event) {
      const key = areas.at(event) || panel.near(panel.at(event), MOUSE_PX);
      svg.classList.toggle("over", Boolean(key && link(key)));
      if (key) said.show(key, event);
      else said.hide();
    }

    /* Two fingers are the map's, and one is when it is zoomed. Chromium heeds no touch-action within a drawing. */
    for (const kind of ["touchstart", "touchmove"]) {
      svg.addEventListener(kind, (event) => {
        if (event.touches.length > 1 || (panel.scale > 1 && kind === "touchmove")) event.preventDefault();
      }, { passive: false });
    }
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("wheel", (event) => {
      if (panel.scale === 1 && event.deltaY > 0 && !event.ctrlKey) return;
      event.preventDefault();
      panel.zoom(Math.exp(-event.deltaY / 400), panel.at(event));
    }, { passive: false });
    svg.addEventListener("dblclick", (event) => touched || toggle(event));
    svg.addEventListener("click", (event) => {
      if (moved || touched) return event.preventDefault();
      const key = event.target.closest("a") ? null : panel.near(panel.at(event), MOUSE_PX);
      if (key) link(key)?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    });
    svg.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "touch";
      if (!fingers.size) [start, moved] = [{ x: event.clientX, y: event.clientY }, false];
      else moved = true;
      fingers.set(event.pointerId, panel.at(event));
    });
    svg.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return touched && event.pointerType === "touch" ? undefined : point(event);
      if (!moved && Math.hypot(event.clientX - start.x, event.clientY - start.y) < DRAG_PX) return;
      if (!moved || !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
      moved = true;
      said.hide();
      svg.classList.add("dragged");
      const now = panel.at(event), other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      const apart = (place) => Math.hypot(place.x - other.x, place.y - other.y) || 1;
      if (other) panel.zoom(apart(now) / apart(before), other);
      else panel.pan(now.x - before.x, now.y - before.y);
      fingers.set(event.pointerId, now);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      svg.addEventListener(end, (event) => {
        if (end === "pointerup" && touched && !moved && fingers.has(event.pointerId)) tap(event);
        fingers.delete(event.pointerId);
        if (!fingers.size) svg.classList.remove("dragged");
        if (end === "pointerleave" && !touched) said.hide();
      });
    }
    addEventListener("pointerdown", (event) => {
      if (!svg.contains(event.target) && !said.box.contains(event.target)) said.hide();
    });
  }

  /* ``words`` are what circles say and the order of names, as circle_words.py gives them; or those at hand so far. */
  return (map, words) => {
    const said = new Said(map, words);
    const panels = [...map.querySelectorAll("svg.panel")].map((svg) => new MapPanel(svg));
    for (const panel of panels) answering(panel, said);
    const first = () => panels.find(({ svg }) => svg.getBoundingClientRect().width > 0) || panels[0];
    const label = () => panels.map((panel) => panel.labelled()).forEach((write) => write());
    /* Called anew when more words are there. */
    const told = () => {
      for (const panel of panels) panel.names = words.names;
      label();
      said.again();
    };
    map.addEventListener("keydown", (event) => event.target === map && keyed(event, first()));
    addEventListener("scroll", () => said.hide(), { passive: true });
    let wide = map.clientWidth;
    new ResizeObserver(() => {
      if (map.clientWidth !== wide) label();
      wide = map.clientWidth;
    }).observe(map);
    told();
    return { panels, first, label, told, hush: () => said.hide(), zoom: (factor) => first().zoom(factor), whole: () => first().whole() };
  };
})();
