/* The measure and the time that a map shows: its circles, what surrounds them, what they say, and their names. */
window.mapMeasure = (() => {
  "use strict";
  const NAMED = 8; // of the first of a measure, by their values
  const pen = document.createElement("canvas").getContext("2d");

  const number = (value, { decimals, signed }) => {
    const said = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    return `${value < 0 ? "−" : signed && value > 0 ? "+" : ""}${said}`;
  };

  /* Each place with its value, colour and bounds, as the measure has them; null is unknown. */
  function placesOf(values, look, muted) {
    const area = values.columns[look.area];
    if (!area) return [];
    const colour = look.colour ? values.columns[look.colour] : area;
    const [greyed, unsized, least] = [values.muted[look.name], values.unsized[look.name], area.least].map((each) => new Set(each));
    return values.keys.map((key, place) => {
      const value = unsized.has(place) ? null : area.v[place] ?? null, by = colour?.v[place] ?? null;
      return { key, point: values.at[key], place, value, least: least.has(place), fill: greyed.has(place) || by === null ? muted : fillOf(by, look) };
    });
  }

  function fillOf(value, { signed, limits, fills, colour }) {
    if (signed && !colour) return fills[value < 0 ? 1 : value === 0 ? 2 : 0];
    return fills[limits.filter((limit) => limit <= value).length];
  }

  function told({ least, place }, column, look) {
    const value = column?.v[place] ?? null;
    if (value === null) return "unknown";
    const [low, high] = [column.low?.[place] ?? null, column.high?.[place] ?? null];
    const range = low !== null && high !== null && low < high ? ` (${number(low, look)} to ${number(high, look)})` : "";
    return `${least ? "at least " : ""}${number(value, look)}${range}`;
  }

  const short = ({ least, value }, look) => `${least ? "≥ " : ""}${number(value, { ...look, decimals: look.decimalsOnAreas })}`;

  function cut(text, size, family, width) {
    pen.font = `100px ${family}`;
    const fits = (tried) => (pen.measureText(tried).width / 100) * size <= width;
    if (fits(text)) return text;
    let short = text;
    while (short.length > 4 && !fits(`${short}…`)) short = short.slice(0, -1).replace(/[ ,-]+$/, "");
    return `${short}…`;
  }

  /* The rows of a list, each of three texts: place, name and value. */
  function fillList(around, listed, nameOf, family) {
    const slots = [...around.querySelectorAll(".listed")];
    for (let row = 0; row * 3 < slots.length; row += 1) {
      const [place, name, value] = slots.slice(row * 3, row * 3 + 3);
      const [key, at, text] = listed[row] || ["", "", ""];
      [place.textContent, value.textContent] = [at, text];
      const size = Number(name.getAttribute("font-size"));
      pen.font = `100px ${family}`;
      const room = value.getAttribute("x") - name.getAttribute("x") - ((pen.measureText(text).width / 100) + 0.7) * size;
      name.textContent = key ? cut(nameOf(key), size, family, room) : "";
    }
  }

  class Surroundings {
    constructor(frame) {
      this.frame = frame;
      this.own = new Map([...frame.querySelectorAll(".around")].map((each) => [each.parentElement, each]));
      this.sizes = new Map([...this.own.keys()].map((svg) => {
        const { width, height } = svg.viewBox.baseVal;
        return [svg, { width, height }];
      }));
    }

    /* What a shorter caption leaves empty above and below is cut off. */
    put(svg, around, { above, below }) {
      const { width, height } = this.sizes.get(svg);
      svg.setAttribute("viewBox", `0 ${above} ${width} ${height - above - below}`);
      svg.querySelector(":scope > .around").replaceWith(around);
    }

    restore() {
      for (const [svg, around] of this.own) this.put(svg, around, { above: 0, below: 0 });
    }

    show(look, values, nameOf, when) {
      const family = getComputedStyle(this.frame).fontFamily;
      for (const svg of this.own.keys()) {
        const holder = document.createElementNS(svg.namespaceURI, "g");
        holder.innerHTML = look.around[svg.getAttribute("class")];
        const around = holder.firstElementChild;
        fillList(around, values.listed[look.name] || [], nameOf, family);
        if (when) around.querySelector(".subtitle").textContent = when;
        this.put(svg, around, look.spare[svg.getAttribute("class")]);
      }
    }
  }

  return (holder, map, words, choices) => {
    const name = holder.dataset.map;
    const marks = map.panels.map((panel) => (panel.areas.size ? new window.mapAreas(panel) : new window.mapMarks(panel)));
    const areas = map.panels.some((panel) => panel.areas.size);
    const surroundings = new Surroundings(holder.querySelector(".map-frame"));
    /* On an area stands its code alone: what it is called, heads what it says. */
    const called = (key) => (areas ? words.own?.hovers[key]?.[0].replace(/<\/?b>/g, "") : words.nameOf(key));
    const first = { measure: choices.measures[0]?.name || "", time: choices.times.find(({ own: here }) => here)?.name || "" };
    const state = { ...first, shown: null };
    let asked = 0;

    function restore() {
      state.shown = null;
      Object.assign(words, words.own);
      for (const each of marks) each.restore();
      surroundings.restore();
      for (const panel of map.panels) Object.assign(panel, { names: words.names, varied: false });
    }

    function apply({ measures, drawnWith }, values) {
      const look = measures.find((each) => each.name === state.measure);
      const places = withAllAreas(placesOf(values, look, drawnWith.muted));
      const nameOf = (key) => called(key) || values.names[key] || key;
      const elsewhen = state.time !== first.time;
      const lost = places.filter(({ key, point, value }) => value && !marks.some((each) => each.has(key, point)));
      for (const each of marks) each.show(places, look, drawnWith);
      surroundings.show(look, values, nameOf, elsewhen ? values.when : "");
      const labels = areas ? onAreas(places, look) : atCircles(values.listed[look.name] || [], nameOf);
      for (const panel of map.panels) Object.assign(panel, { names: labels, varied: true });
      words.hovers = Object.fromEntries(places.map((each) => [each.key, said(each, look, values, nameOf, elsewhen)]));
      state.shown = { look, values, when: values.when, absent: ![look.area, ...(look.colour ? [look.colour] : [])].every((column) => values.columns[column]), lost: lost.map(({ key }) => nameOf(key)) };
    }

    /* The first of the measure with their values, then the others as the map names them. */
    function atCircles(listed, nameOf) {
      const leading = new Map(listed.slice(0, NAMED).map(([key, , text]) => [key, text]));
      return [
        ...[...leading].map(([key, text]) => [key, nameOf(key), text]),
        ...words.own.names.filter(([key]) => !leading.has(key)).map(([key, called]) => [key, called]),
      ];
    }

    /* An area that no row is of is unknown, and says so. */
    function withAllAreas(places) {
      if (!areas) return places;
      const here = new Set(places.map(({ key }) => key));
      return [...places, ...words.own.names.map(([key]) => key).filter((key) => !here.has(key)).map((key) => ({ key, place: -1, value: null }))];
    }

    function onAreas(places, look) {
      const known = new Map(places.filter(({ value }) => value !== null).map((each) => [each.key, each]));
      return words.own.names.map(([key]) => [key, words.nameOf(key), ...(known.has(key) ? [short(known.get(key), look)] : [])]);
    }

    function said(each, look, values, nameOf, elsewhen) {
      const [title, ...rest] = words.own.hovers[each.key] || [`<b>${nameOf(each.key)}</b>`];
      const lines = [title, `${look.areaTitle}: ${told(each, values.columns[look.area], look)}`];
      if (look.colour) {
        const column = values.columns[look.colour], by = column?.v[each.place] ?? null;
        const least = column?.least.includes(each.place) ? "at least " : "";
        lines.push(`${look.legend.heading.replace(/^Colour: /, "")}: ${by === null ? "unknown" : `${least}${by.toLocaleString("en-US")}`}`);
      }
      return elsewhen ? [...lines, values.when] : [...lines, ...rest];
    }

    async function show(wanted) {
      const turn = (asked += 1);
      const next = { measure: state.measure, time: state.time, ...wanted };
      const time = choices.times.find((each) => each.name === next.time);
      const isOwn = next.measure === first.measure && next.time === first.time;
      const src = time?.src || `maps/${name}-values.js`;
      const [looks, values] = isOwn ? [] : await Promise.all([
        window.mapData.looks(name), window.mapData.values(src, time?.key || choices.own), words.all(),
      ]);
      if (turn !== asked) return;
      Object.assign(state, next);
      map.hush();
      if (isOwn) restore();
      else apply(looks, values);
      holder.dispatchEvent(new Event("measured"));
    }

    return {
      state,
      first,
      show,
      nameOf: (key) => called(key) || key,
      legend: () => state.shown?.look.legend || choices.legend || { classes: [] },
      /* What of it is chosen, and not as the page came. */
      chosen: () => ["measure", "time"].filter((part) => state[part] !== first[part]).map((part) => state[part]),
    };
  };
})();
