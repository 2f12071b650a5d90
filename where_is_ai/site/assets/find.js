/* Which metros a text means: by name, other names, state, town, county or ZIP code; the data is loaded when asked for. */
(() => {
  "use strict";
  const site = (window.whereIsAI = window.whereIsAI || {});
  const ABBREVIATED = { st: "saint", ste: "sainte", ft: "fort", mt: "mount", n: "north", s: "south", afb: "air force base" };
  const EXACT = 2;
  const NAMED = 2.1;
  /* So much of a first city's name, all but its last letter, is rather that city than a town: pittsburg. */
  const BUT_ONE = 2.05;
  const LONG_ENOUGH = 6;
  const NEAR = "similar spelling";

  /* Small letters and digits without accents and punctuation. */
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’.]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  /* St. Paul and Saint Paul are one name. */
  const key = (text) => folded(text).split(" ").map((word) => (Object.hasOwn(ABBREVIATED, word) ? ABBREVIATED[word] : word)).join(" ");
  /* A last word may be the beginning of another: st of stanford. */
  const keys = (text) => [...new Set([key(text), folded(text)])];

  const load = (path) => site.load(`${document.querySelector(".search").dataset.root}assets/${path}.js`).catch(() => []);
  let metros = null;
  const loadMetros = () => (metros = metros || load("metros").then((rows) => rows.map(([slug, name, where, others]) => ({
    slug, name, where, key: key(name), first: key(name.split(/--|[-,/]/)[0]), names: others.map(key), text: ` ${key([name, where, ...others].join(" "))} ${folded(name)} `,
    words: key(name).split(" "),
  }))));
  const known = {};
  const loadTowns = (letter) => (known[letter] = known[letter] || load(`places/${letter}`).then((rows) => rows.map(([name, state, slug]) => ({ name, state, slug, key: key(name) }))));

  /* How well a metro's names fit: 3 its first city, 2 another name of it, 1 the beginning of its name, 0.5 all words, 0 not. */
  function named(metro, asked) {
    const begins = (name) => asked.some((each) => name.startsWith(each));
    if (asked.includes(metro.first) || asked.includes(metro.key)) return 3;
    if (metro.names.some((name) => asked.includes(name))) return NAMED;
    if (asked.some((each) => each.length >= LONG_ENOUGH && metro.first.startsWith(each) && metro.first.length === each.length + 1)) return BUT_ONE;
    if (begins(metro.key)) return 1.2;
    if (metro.names.some(begins)) return 1;
    return asked.some((each) => each.split(" ").every((word) => metro.text.includes(` ${word}`))) ? 0.5 : 0;
  }

  async function byZip(text) {
    const rows = await load(`zips/${text[0]}`);
    const [low, high] = [text.padEnd(5, "0"), text.padEnd(5, "9")];
    return rows.filter(([first, last]) => first <= high && last >= low)
      .map(([, , slug]) => ({ slug, fits: text.length === 5 ? NAMED : 1, via: `ZIP code ${text}` }));
  }

  /* A name may be followed by its state: springfield il. */
  async function byPlace(asked) {
    const rows = await loadTowns(asked[0][0]);
    const found = [];
    for (const { name, state, slug, key: known } of rows) {
      const exact = asked.some((each) => each === known || each === `${known} ${state.toLowerCase()}` || `${each} county` === known);
      if (exact || asked.some((each) => known.startsWith(each))) found.push({ slug, fits: exact ? EXACT : 0.8, via: `${name}, ${state}` });
    }
    return found;
  }

  /* Where nothing is called so: metros, and towns of the same first letter, that are spelled almost so. */
  async function bySpelling(metros, asked) {
    const whole = (names) => asked.some((each) => names.some((name) => site.alike(each, name)));
    const words = asked.map((each) => each.split(" "));
    const found = metros.map((metro) => {
      const fits = whole([metro.first, metro.key, ...metro.names]) ? 0.4 : words.some((each) => site.wordsAlike(each, metro.words)) ? 0.3 : 0;
      return { slug: metro.slug, fits, via: NEAR, near: true };
    }).filter(({ fits }) => fits);
    if (found.some(({ fits }) => fits === 0.4) || !/^[a-z]{3}/.test(asked[0])) return found;
    const towns = (await loadTowns(asked[0][0])).filter(({ key: known, state }) => whole([known, `${known} ${state.toLowerCase()}`]));
    return [...towns.map(({ name, state, slug }) => ({ slug, fits: 0.35, via: `${name}, ${state}, ${NEAR}`, near: true })), ...found];
  }

  /* Metros that a text means, the best first: slug, name, where, fits, via (what led to it) and near (only the spelling is). */
  site.find = async (text) => {
    const asked = keys(text).filter(Boolean);
    if (!asked.length) return [];
    const metros = await loadMetros();
    const best = new Map();
    const add = ({ slug, fits, via = "", near = false }) => { if (fits > (best.get(slug)?.fits || 0)) best.set(slug, { fits, via, near }); };
    metros.forEach((metro) => add({ slug: metro.slug, fits: named(metro, asked) }));
    if (/^\d{3,5}$/.test(asked[0])) (await byZip(asked[0])).forEach(add);
    else if (asked[0].length > 2 && /^[a-z]/.test(asked[0])) (await byPlace(asked)).forEach(add);
    if (!best.size) (await bySpelling(metros, asked)).forEach(add);
    return metros.filter(({ slug }) => best.has(slug))
      .map(({ slug, name, where }) => ({ slug, name, where, ...best.get(slug) }))
      .sort((one, other) => other.fits - one.fits);
  };
  /* The slugs of metros that a text means without doubt: by its own names, states or ZIP codes, and by towns and counties. */
  site.meant = async (text) => {
    const found = text.trim().length < 2 ? [] : await site.find(text);
    const slugs = (least) => new Set(found.filter(({ fits }) => fits >= least).map(({ slug }) => slug));
    return { named: slugs(NAMED), held: slugs(EXACT), near: new Set(found.filter(({ near }) => near).map(({ slug }) => slug)) };
  };
  site.folded = folded;
  site.loadMetros = loadMetros;
})();
