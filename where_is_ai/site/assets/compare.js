/* Two or three metros side by side, by the address: compare.html?metros=us-14460,us-12060. */
(() => {
  "use strict";
  const place = document.querySelector("[data-compare]");
  if (!place) return;
  const MOST = 3;
  const site = window.whereIsAI;
  const form = place.querySelector("form");
  const input = form.querySelector("input");
  const status = place.querySelector("[role=status]");
  const chosen = () => (new URLSearchParams(location.search).get("metros") || "").split(",").filter((slug) => /^[a-z0-9-]+$/.test(slug)).slice(0, MOST);
  const made = (tag, text, given = {}) => Object.assign(document.createElement(tag), { textContent: text, ...given });

  const load = (slug) => site.load(`data/${slug}.js`).catch(() => Promise.reject(slug));

  /* What of a measure may lie where: its range, or its value where no range is given. */
  const ends = ({ low, high, value, is_lower_bound: bound }) => (low === null && high === null ? [value, bound ? null : value] : [low, high]);
  function word(first, other) {
    const [[low, high], [otherLow, otherHigh]] = [ends(first), ends(other)];
    if (first.edition !== other.edition) return `edition ${other.edition}`;
    if (otherLow !== null && high !== null && otherLow > high) return "more";
    if (otherHigh !== null && low !== null && otherHigh < low) return "less";
    return low !== null && low === high && otherLow === low && otherHigh === high ? "the same" : "can't tell";
  }

  const nation = ({ said }) => (said.nation_range ? `${said.nation} (${said.nation_range})` : said.nation);
  const countries = (metros) => [...new Set(metros.map(({ where }) => where))];

  function cell(measure, first, whose) {
    const td = made("td", "", { className: "number" });
    if (!measure) { td.textContent = "no row"; return td; }
    td.append(measure.said.value);
    const more = [measure.said.range === "none given" ? "" : measure.said.range, measure.said.rank && `rank ${measure.said.rank}`.replace("rank not", "not"), measure.said.ranks, measure.shared_with.length ? `counted for ${measure.area}` : "", first && first !== measure ? word(first, measure) : "", whose && measure.said.nation !== "—" ? `${whose}: ${nation(measure)}` : ""];
    for (const text of more.filter(Boolean)) td.append(made("br", ""), made("small", text));
    if (measure.made_up) td.append(made("br", ""), made("small", "made up"));
    return td;
  }

  function head(metros) {
    const row = made("tr", "");
    row.append(made("th", "Measure", { scope: "col" }));
    for (const { id, name } of metros) {
      const th = made("th", "", { scope: "col", className: "number" });
      th.append(made("a", name, { href: `${id}.html` }));
      if (metros.length > 1) {
        const rest = metros.filter((each) => each.id !== id).map((each) => each.id);
        th.append(made("br", ""), made("a", "leave out", { href: `compare.html?metros=${rest}`, ariaLabel: `Leave out ${name}` }));
      }
      row.append(th);
    }
    const [country, ...others] = countries(metros);
    if (!others.length) row.append(made("th", country === "United States" ? "The nation" : country, { scope: "col", className: "number" }));
    return row;
  }

  function body(metros) {
    const named = new Map();
    for (const metro of metros) for (const each of metro.measures) {
      const id = `${each.layer} ${each.measure}`;
      if (!named.has(id)) named.set(id, each);
    }
    const rows = [];
    const one = countries(metros).length === 1;
    const residents = made("tr", "");
    residents.append(made("th", "Residents (USA: July 2023)", { scope: "row" }), ...metros.map((each) => made("td", each.residents === null ? "—" : each.residents.toLocaleString("en"), { className: "number" })), ...(one ? [made("td", "")] : []));
    rows.push(residents);
    let layer = "";
    for (const [id, each] of named) {
      if (each.layer !== layer) {
        layer = each.layer;
        const row = made("tr", "");
        row.append(made("th", each.title, { scope: "rowgroup", colSpan: metros.length + 1 + one }));
        rows.push(row);
      }
      const found = metros.map((metro) => metro.measures.find((other) => `${other.layer} ${other.measure}` === id));
      const row = made("tr", "");
      row.append(made("th", each.heading, { scope: "row" }), ...found.map((other, place) => cell(other, found[0], one ? "" : metros[place].where)), ...(one ? [made("td", nation(each), { className: "number" })] : []));
      rows.push(row);
    }
    return rows;
  }

  async function show() {
    form.hidden = false;
    const asked = chosen();
    const answers = await Promise.allSettled(asked.map(load));
    const metros = answers.filter(({ status: each }) => each === "fulfilled").map(({ value }) => value);
    const missing = answers.filter(({ status: each }) => each === "rejected").map(({ reason }) => reason);
    status.textContent = missing.length ? `No metro has the address ${missing.join(", ")}.` : metros.length ? "" : "Name the first metro.";
    form.hidden = metros.length >= MOST;
    if (!metros.length) return;
    document.title = `${metros.map(({ name }) => name.split(/[-,]/)[0]).join(" and ")} side by side · where-is-ai`;
    const table = place.querySelector("table");
    table.tHead.replaceChildren(head(metros));
    table.tBodies[0].replaceChildren(...body(metros));
    place.querySelector(".scroll").hidden = false;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [best] = await site.find(input.value);
    if (!best) { status.textContent = "No metro of that name has a number."; return; }
    if (best.near) { status.textContent = `No metro is called so. The nearest spelling is that of ${best.name}.`; return; }
    if (chosen().includes(best.slug)) { status.textContent = `${best.name} stands here already.`; return; }
    location.search = `?metros=${[...new Set([...chosen(), best.slug])]}`;
  });
  show();
})();
