/* Which circles of a map are shown: those that every filter lets through, each filter by its name. */
window.mapShown = (() => {
  "use strict";

  function show(panel, tests) {
    panel.shown = (key) => tests.every((test) => test(key, panel));
    const hidden = new Set();
    for (const pin of panel.pins) {
      if (pin.key && !panel.shown(pin.key)) hidden.add(`${pin.x} ${pin.y}`);
    }
    /* Outlines have no key: most lie where their circle does. */
    const hides = ({ key, mark, x, y }) => (key || mark.dataset.of ? !panel.shown(key || mark.dataset.of) : hidden.has(`${x} ${y}`));
    for (const pin of panel.pins) pin.mark.style.display = hides(pin) ? "none" : "";
    panel.filtered = tests.length > 0;
  }

  return (map) => {
    const tests = new Map();
    const again = () => {
      for (const panel of map.panels) show(panel, [...tests.values()]);
      map.label();
    };
    return {
      again,
      by(name, test) {
        if (test) tests.set(name, test);
        else tests.delete(name);
        again();
      },
    };
  };
})();
