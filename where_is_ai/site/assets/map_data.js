/* What maps say and how they look, from data scripts beside the page. */
window.mapData = (() => {
  "use strict";
  const { load } = window.whereIsAI;

  return {
    words: (name) => load(`maps/${name}.js`),
    looks: (name) => load(`maps/${name}-looks.js`),
    async values(src, key) {
      const values = await load(src);
      if (!values[key]) throw new Error(`${src} has no ${key}`);
      return values[key];
    },
  };
})();
