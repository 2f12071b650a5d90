/* What the circles of a map say and are called: the first names come with the page, all words when somebody asks. */
window.mapWords = (name, first, arrived) => {
  "use strict";
  const called = new Map();
  let asked = null;
  const words = { hovers: {}, names: first, own: null, all, nameOf: (key) => called.get(key) };

  async function load() {
    const { hovers, names } = (words.own = await window.mapData.words(name));
    Object.assign(words, { hovers, names });
    for (const [key, said] of names) called.set(key, said);
    arrived(words);
  }

  /* Waits for all; a later call tries again what failed. */
  function all() {
    asked = asked || load().catch((problem) => {
      asked = null;
      throw problem;
    });
    return asked;
  }
  return words;
};
