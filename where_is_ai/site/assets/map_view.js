/* The view of a map that a reader has: narrowed to a state or country, at an address, and to take away as SVG, PNG and data. */
window.mapView = (() => {
  "use strict";
  const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-weight", "paint-order", "stroke-linejoin", "vector-effect"];
  const STATES = /, ([A-Z]{2}(?:-[A-Z]{2})*)(?: |$)/;

  /* Taken at once, before tables leave rows out. */
  const tables = [...document.querySelectorAll("table[data-table]")].map((table) => ({
    headings: [...table.tHead.rows[0].cells],
    rows: new Map([...table.tBodies[0].rows].map((row) => [row.dataset.key, row])),
  }));

  /* The first table that tells of the map's metros. */
  const tableOf = (panel) => tables.find(({ rows }) => [...panel.places.keys()].some((key) => rows.has(key)));

  /* Where a row's metro is: its country, or the states in its name. */
  function regions(table, key) {
    const row = table?.rows.get(key);
    if (!row) return [];
    const country = table.headings.findIndex((heading) => /^country(_code)?$/.test(heading.dataset.column));
    if (country >= 0) return [row.cells[country].textContent.trim()].filter(Boolean);
    return (row.querySelector("th")?.textContent.match(STATES)?.[1] || "").split("-").filter(Boolean);
  }

  function offerRegions(select, panel, table) {
    const found = new Set([...panel.places.keys()].flatMap((key) => regions(table, key)));
    const options = [...found].sort((one, other) => one.localeCompare(other, "en"));
    select.append(...options.map((region) => new Option(region, region)));
    select.closest("label").hidden = options.length < 2;
  }

  function narrow(map, table, only) {
    const shown = (key) => !only || regions(table, key).includes(only);
    for (const panel of map.panels) {
      const hidden = new Set();
      for (const pin of panel.pins) {
        if (pin.key && !shown(pin.key)) hidden.add(`${pin.x} ${pin.y}`);
      }
      for (const pin of panel.pins) pin.mark.style.display = hidden.has(`${pin.x} ${pin.y}`) ? "none" : "";
      Object.assign(panel, { shown, changed: Boolean(only) });
    }
    map.label();
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
    const { width, height } = svg.viewBox.baseVal;
    const style = getComputedStyle(frame);
    const ground = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ width, height, fill: style.backgroundColor })) ground.setAttribute(name, value);
    copy.prepend(land, ground);
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

  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  /* The rows of the metros in view, every column as the table sorts it: numbers plain, unknown empty. */
  function data(panel, table) {
    const cell = (each) => each.dataset.v ?? "";
    const rows = panel.inView().filter(({ key }) => table.rows.has(key)).map(({ key }) => [key, ...[...table.rows.get(key).cells].map(cell)]);
    const head = ["id", ...table.headings.map((heading) => heading.dataset.column)];
    return [head, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("");
  }

  function save(content, name, kind) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: kind }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  /* #map?zoom=SCALE&at=X,Y&only=REGION, in the units of the drawing that is seen. */
  function address({ scale, left, top, ...panel }, middle, only) {
    const given = new URLSearchParams();
    if (scale > 1) {
      given.set("zoom", scale.toFixed(2));
      given.set("at", [(middle.x - left) / scale, (middle.y - top) / scale].map((each) => each.toFixed(1)).join(","));
      given.set("format", panel.svg.parentElement.getAttribute("class"));
    }
    if (only) given.set("only", only);
    return `#map${[...given].length ? `?${given}` : ""}`;
  }

  return (holder, map) => {
    const name = holder.dataset.map;
    const frame = holder.querySelector(".map-frame");
    const details = holder.querySelector(".map-view");
    const select = details.querySelector(".map-only select");
    const link = details.querySelector(".map-link");
    const table = tableOf(map.first());
    offerRegions(select, map.first(), table);

    const shown = () => map.first().svg.parentElement;
    const takes = {
      svg: () => save(drawing(shown(), frame), `${name}.svg`, "image/svg+xml"),
      png: async () => save(await painted(drawing(shown(), frame)), `${name}.png`),
      csv: () => save(data(map.first(), table), `${name}.csv`, "text/csv"),
    };
    details.querySelector("[data-takes=csv]").hidden = !table;
    details.addEventListener("click", (event) => takes[event.target.closest("button")?.dataset.takes]?.());

    function tell() {
      const panel = map.first();
      link.href = address(panel, panel.centre(), select.value);
      history.replaceState(null, "", link.href);
    }
    const [mark, given] = location.hash.slice(1).split("?");
    if (mark === "map" && given) {
      const asked = new URLSearchParams(given);
      const [x, y] = (asked.get("at") || "").split(",").map(Number);
      if (asked.get("only")) select.value = asked.get("only");
      if (select.value) narrow(map, table, select.value);
      const here = !asked.get("format") || asked.get("format") === shown().getAttribute("class");
      if (Number(asked.get("zoom")) > 1 && here && Number.isFinite(x + y)) map.first().show(Number(asked.get("zoom")), x, y);
      link.href = location.hash;
    }
    select.addEventListener("change", () => {
      narrow(map, table, select.value);
      tell();
    });
    let waiting;
    frame.addEventListener("moved", () => {
      clearTimeout(waiting);
      waiting = setTimeout(tell, 200);
    });
    for (const embed of details.querySelectorAll(".map-embed")) {
      const source = new URL(embed.dataset.file, location.href);
      embed.value = `<iframe src="${source}" title="${embed.dataset.title}" width="100%" height="600" loading="lazy" style="border:0"></iframe>`;
    }
    details.hidden = false;
  };
})();
