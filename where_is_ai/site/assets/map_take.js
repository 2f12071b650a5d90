/* What a reader takes away of a map as it is seen: SVG, PNG and data. */
window.mapTake = (() => {
  "use strict";
  const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-weight", "paint-order", "stroke-linejoin", "vector-effect"];

  /* The typeface as the page's style has it; of a page from a disk no browser lets a script read that. */
  function typeface() {
    try {
      return [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]).filter((rule) => rule instanceof CSSFontFaceRule).map(({ cssText }) => cssText).join("\n");
    } catch {
      return "";
    }
  }

  /* The drawing as it is seen, with its look in it, so that it is the same wherever it is shown. */
  function drawing(svg, frame) {
    const copy = svg.cloneNode(true);
    const land = frame.querySelector(".land defs").cloneNode(true);
    const [was, now] = [svg, copy].map((each) => [...each.querySelectorAll("*")]);
    was.forEach((element, place) => {
      const style = getComputedStyle(element);
      if (style.display === "none") now[place].setAttribute("display", "none");
      for (const name of LOOK) if (style[name]) now[place].setAttribute(name, style[name]);
    });
    for (const link of copy.querySelectorAll("a")) link.setAttribute("href", new URL(link.getAttribute("href"), location.href));
    for (const path of land.children) path.setAttribute("fill-rule", "evenodd");
    const { y, width, height } = svg.viewBox.baseVal;
    const style = getComputedStyle(frame);
    const ground = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ y, width, height, fill: style.backgroundColor })) ground.setAttribute(name, value);
    const face = document.createElementNS(svg.namespaceURI, "style");
    face.textContent = typeface();
    copy.prepend(face, land, ground);
    for (const [name, value] of Object.entries({ xmlns: svg.namespaceURI, width, height, "font-family": style.fontFamily, fill: style.color })) copy.setAttribute(name, value);
    for (const panel of copy.querySelectorAll(".panel")) panel.setAttribute("overflow", "hidden");
    return new XMLSerializer().serializeToString(copy);
  }

  async function painted(text) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  const quoted = (value) => {
    const text = String(value ?? "");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const csv = (rows) => rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");

  /* The rows of the metros in view, every column as the table sorts it: numbers plain, unknown empty. */
  function asTable(keys, table) {
    const rows = keys.filter((key) => table.has(key)).map((key) => [key, ...table.values(key)]);
    return csv([["id", ...table.headings.map((heading) => heading.dataset.column)], ...rows]);
  }

  /* The measure and the time that the map shows, of the metros in view: numbers plain, unknown empty. */
  function asMeasured(keys, { look, values, when }, nameOf, place) {
    const columns = [look.area, look.colour].filter((name) => values.columns[name]);
    const parts = columns.flatMap((name) => {
      const { v, low, high, least } = values.columns[name];
      const lower = new Set(least);
      const ends = [[name, (place) => v[place]]];
      if (low) ends.push([`${name}_low`, (place) => low[place]]);
      if (high) ends.push([`${name}_high`, (place) => high[place]]);
      if (least.length) ends.push([`${name}_is_lower_bound`, (place) => (v[place] === null ? null : lower.has(place))]);
      return ends;
    });
    const at = new Map(values.keys.map((key, place) => [key, place]));
    const rows = keys.filter((key) => at.has(key)).map((key) => [key, nameOf(key), when, ...parts.map(([, value]) => value(at.get(key)))]);
    return csv([["id", place, "when", ...parts.map(([name]) => name)], ...rows]);
  }

  function save(content, name, kind) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: kind }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  return (holder, map, measure, table) => {
    const frame = holder.querySelector(".map-frame");
    const details = holder.querySelector(".map-view");
    const shown = () => map.first().svg.parentElement;
    const keys = () => [...new Set(map.first().inView().map(({ key }) => key))];
    const titleOf = (key) => table?.name(key) || measure.nameOf(key);
    const name = () => [holder.dataset.map, ...measure.chosen()].join("-");
    const takes = {
      svg: () => save(drawing(shown(), frame), `${name()}.svg`, "image/svg+xml"),
      png: async () => save(await painted(drawing(shown(), frame)), `${name()}.png`),
      csv: async () => {
        await table?.whole();
        save(measure.state.shown ? asMeasured(keys(), measure.state.shown, titleOf, map.first().areas.size ? "area" : "metro") : asTable(keys(), table), `${name()}.csv`, "text/csv");
      },
    };
    const offer = () => {
      details.querySelector("[data-takes=csv]").hidden = !table && !measure.state.shown;
    };
    details.addEventListener("click", (event) => takes[event.target.closest("button")?.dataset.takes]?.());
    holder.addEventListener("measured", offer);
    offer();
  };
})();
