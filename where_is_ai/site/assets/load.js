/* Data scripts, each loaded once; it gives the one value that it has. */
(() => {
  "use strict";
  const site = (window.whereIsAI = window.whereIsAI || {});
  const asked = new Map();
  const given = new Map();

  /* Called by the data scripts; `map` by those of editions that earlier versions published. */
  site.data = (value) => given.set(document.currentScript, value);
  site.packed = (text) => site.data(unpacked(text));
  site.map = (name, words) => site.data(words);

  site.load = (src) => {
    if (!asked.has(src)) {
      asked.set(src, new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), { src });
        script.onload = () => done(given.get(script));
        script.onerror = () => {
          asked.delete(src);
          failed(new Error(src));
        };
        document.head.append(script);
      }));
    }
    return asked.get(src);
  };
})();
