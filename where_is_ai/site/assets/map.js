/* Maps: the picture that the page came with gives way to the interactive map when plotly.js is there. */
(() => {
  "use strict";
  const root = document.documentElement;
  const figures = new Map();
  const waiting = new Map();
  const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: "reset", responsive: false };
  const STEP = 1.5;

  /* Called by the data scripts, since a page from a disk can't fetch. */
  window.whereIsAI = {
    figure(name, figure) {
      figures.set(name, figure);
      (waiting.get(name) || (() => {}))(figure);
    },
  };

  function script(address) {
    return new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = done;
      element.onerror = () => failed(new Error(address));
      document.head.append(element);
    });
  }

  let plotly;
  function library() {
    plotly = plotly || script(root.dataset.plotly);
    return plotly;
  }

  async function figure(name) {
    if (!figures.has(name)) {
      const arrived = new Promise((done) => waiting.set(name, done));
      await script(`maps/${name}.js`);
      await arrived;
    }
    return structuredClone(figures.get(name));
  }

  function axes(layout) {
    return Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name));
  }

  /* The first panel is the main map; enlargements beside it stay as they are. */
  function zoom(stage, factor) {
    const layout = stage.layout;
    const change = {};
    for (const axis of ["xaxis", "yaxis"]) {
      const [from, to] = layout[axis].range;
      const middle = (from + to) / 2;
      change[`${axis}.range`] = [middle + (from - middle) / factor, middle + (to - middle) / factor];
    }
    window.Plotly.relayout(stage, change);
  }

  function pan(stage, right, down) {
    const layout = stage.layout;
    const [left, end] = layout.xaxis.range;
    const [bottom, top] = layout.yaxis.range;
    const dx = ((end - left) / 6) * right;
    const dy = ((bottom - top) / 6) * down;
    window.Plotly.relayout(stage, { "xaxis.range": [left + dx, end + dx], "yaxis.range": [bottom + dy, top + dy] });
  }

  function reset(stage, ranges) {
    window.Plotly.relayout(stage, Object.fromEntries(Object.entries(ranges).map(([axis, range]) => [`${axis}.range`, [...range]])));
  }

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  async function show(holder) {
    const frame = holder.querySelector(".map-frame");
    const layout = frame.clientWidth < 640 ? "vertical" : "wide";
    const name = `${holder.dataset.map}-${layout}`;
    const [drawn] = await Promise.all([figure(name), library(), document.fonts ? document.fonts.ready : null]);
    const stage = document.createElement("div");
    const { width, height } = drawn.layout;
    drawn.layout.dragmode = layout === "wide" ? "pan" : false;
    stage.className = "map-stage";
    stage.style.width = `${width}px`;
    stage.style.height = `${height}px`;
    const fit = () => {
      const scale = frame.clientWidth / width;
      stage.style.transform = `scale(${scale})`;
      frame.style.height = `${height * scale}px`;
    };
    fit();
    frame.replaceChildren(stage);
    await window.Plotly.newPlot(stage, drawn.data, drawn.layout, CONFIG);
    frame.setAttribute("role", "img");
    frame.setAttribute("aria-label", holder.dataset.alt);
    const ranges = Object.fromEntries(axes(stage.layout).map((axis) => [axis, [...stage.layout[axis].range]]));
    new ResizeObserver(fit).observe(frame);
    stage.on("plotly_click", (event) => {
      const row = document.querySelector(`tr[data-key="${CSS.escape(String(event.points[0].id))}"] th a`);
      if (row) location.href = row.href;
    });
    const tools = holder.querySelector(".map-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const does = event.target.closest("button")?.dataset.does;
      if (does === "in") zoom(stage, STEP);
      if (does === "out") zoom(stage, 1 / STEP);
      if (does === "reset") reset(stage, ranges);
    });
    tools.addEventListener("keydown", (event) => {
      if (!MOVES[event.key]) return;
      event.preventDefault();
      pan(stage, ...MOVES[event.key]);
    });
    holder.dataset.ready = layout;
    performance.mark("map-ready");
  }

  for (const holder of document.querySelectorAll("[data-map]")) {
    show(holder).catch((problem) => {
      holder.dataset.ready = "failed";
      console.warn(`The map could not be drawn: ${problem.message}`);
    });
  }
})();
