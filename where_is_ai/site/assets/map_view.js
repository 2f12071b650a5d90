/* The view of a map that a reader has, at an address: measure, time, classes, region and zoom. */
window.mapView = (() => {
  "use strict";
  /* Offers the regions of the rows that are known, and keeps the one that is chosen. */
  function offerRegions(select, panel, table) {
    const found = new Set([...panel.places.keys()].flatMap((key) => table?.regions(key) || []));
    const options = [...found].sort((one, other) => one.localeCompare(other, "en"));
    const { value, options: [all] } = select;
    select.replaceChildren(all, ...options.map((region) => new Option(region, region)));
    select.value = value;
    select.closest("label").hidden = options.length < 2;
  }

  /* #map?measure=NAME&time=NAME&hide=CLASSES&only=REGION&zoom=SCALE&at=X,Y, the last in the units of the drawing. */
  function address(panel, { measure, legend, only }) {
    const { scale, left, top } = panel;
    const given = new URLSearchParams();
    if (measure.state.measure !== measure.first.measure) given.set("measure", measure.state.measure);
    if (measure.state.time !== measure.first.time) given.set("time", measure.state.time);
    if (legend.hidden().length) given.set("hide", legend.hidden().join("."));
    if (only) given.set("only", only);
    if (scale > 1) {
      const middle = panel.centre();
      given.set("zoom", scale.toFixed(2));
      given.set("at", [(middle.x - left) / scale, (middle.y - top) / scale].map((each) => each.toFixed(1)).join(","));
      given.set("format", panel.svg.parentElement.getAttribute("class"));
    }
    return `#map${[...given].length ? `?${given}` : ""}`;
  }

  function askedView() {
    const [mark, given] = location.hash.slice(1).split("?");
    return mark === "map" && given ? new URLSearchParams(given) : null;
  }

  async function showMeasure(asked, measure, choices) {
    const known = (list, name) => (list.some((each) => each.name === name) ? name : null);
    const wanted = { measure: known(choices.measures, asked.get("measure")), time: known(choices.times.filter(({ src }) => src), asked.get("time")) };
    for (const part of Object.keys(wanted)) if (!wanted[part]) delete wanted[part];
    if (Object.keys(wanted).length) await measure.show(wanted);
  }

  function showZoom(asked, panel) {
    const [x, y] = (asked.get("at") || "").split(",").map(Number);
    const here = !asked.get("format") || asked.get("format") === panel.svg.parentElement.getAttribute("class");
    if (Number(asked.get("zoom")) > 1 && here && Number.isFinite(x + y)) panel.show(Number(asked.get("zoom")), x, y);
  }

  return async (holder, map, measure, choices) => {
    const frame = holder.querySelector(".map-frame");
    const details = holder.querySelector(".map-view");
    const only = details.querySelector(".map-only select");
    const select = holder.querySelector(".map-measure select");
    const link = details.querySelector(".map-link");
    const table = window.mapRows(map.first());
    const shown = window.mapShown(map);
    offerRegions(only, map.first(), table);

    const narrow = () => shown.by("only", only.value ? (key) => table.regions(key).includes(only.value) : null);
    async function offerAll() {
      await table?.whole();
      offerRegions(only, map.first(), table);
    }
    function tell() {
      link.href = address(map.first(), { measure, legend, only: only.value });
      history.replaceState(null, "", link.href);
    }
    const legend = window.mapLegend(holder, measure, shown, tell);
    window.mapTime(holder, measure, choices.times, tell);
    window.mapTake(holder, map, measure, table);

    async function choose() {
      try {
        await measure.show({ measure: select.value });
        tell();
      } catch (problem) {
        const { text } = select.selectedOptions[0];
        select.value = measure.state.measure;
        holder.querySelector(".map-note").textContent = `“${text}” could not be loaded: the map shows what it showed before.`;
        console.warn(problem.message);
      }
    }
    select?.addEventListener("change", choose);
    holder.addEventListener("measured", () => {
      if (select) select.value = measure.state.measure;
    });
    for (const event of ["focus", "pointerenter"]) only.addEventListener(event, offerAll, { once: true });
    only.addEventListener("change", async () => {
      await offerAll();
      narrow();
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
    for (const part of holder.querySelectorAll(".map-choices, .map-view")) part.hidden = false;

    const asked = askedView();
    if (!asked) return;
    await showMeasure(asked, measure, choices);
    if (asked.get("hide")) legend.hide(asked.get("hide").split(".").map(Number));
    if (asked.get("only")) {
      await offerAll();
      only.value = asked.get("only");
      if (only.value) narrow();
    }
    showZoom(asked, map.first());
    link.href = location.hash;
  };
})();
