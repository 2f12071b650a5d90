/* What maps say and how they look, from data scripts beside the page: one from a disk can't fetch. */
window.mapData = (() => {
  "use strict";
  const arrived = new Map();
  const asked = new Map();

  /* Called by the data scripts. */
  Object.assign(window.whereIsAI = window.whereIsAI || {}, {
    map: (name, words) => arrived.set(`map/${name}`, words),
    looks: (name, looks) => arrived.set(`looks/${name}`, looks),
    values: (name, key, values) => arrived.set(`values/${name}/${key}`, values),
  });

  function script(src) {
    if (!asked.has(src)) {
      asked.set(src, new Promise((done, failed) => {
        const made = Object.assign(document.createElement("script"), { src, onload: done });
        made.onerror = () => {
          asked.delete(src);
          failed(new Error(src));
        };
        document.head.append(made);
      }));
    }
    return asked.get(src);
  }

  async function from(src, what) {
    await script(src);
    if (!arrived.has(what)) throw new Error(`${src} has no ${what}`);
    return arrived.get(what);
  }

  return {
    words: (name) => from(`maps/${name}.js`, `map/${name}`),
    looks: (name) => from(`maps/${name}-looks.js`, `looks/${name}`),
    values: (name, src, key) => from(src, `values/${name}/${key}`),
  };
})();
