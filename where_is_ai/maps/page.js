/* A map of one file: what it need not show at once is packed beside it. */
(async () => {
  "use strict";
  const stage = document.getElementById("stage");
  const { drawn, links, ...words } = await unpacked(document.getElementById("more").textContent);
  for (const other of drawn) stage.insertAdjacentHTML("beforeend", other);
  drawnBeside(stage);
  stage.classList.toggle("both", ["wide", "vertical"].every((name) => stage.querySelector(`.${name}`)));
  /* The page may stand in a frame of another site, which it is not to replace. */
  for (const mark of stage.querySelectorAll("[data-key]:not(.spot), [data-area]")) {
    const address = links[mark.dataset.key ?? mark.dataset.area];
    if (!address) continue;
    const link = document.createElementNS(mark.namespaceURI, "a");
    for (const [name, value] of Object.entries({ href: address, target: "_blank", rel: "noopener", tabindex: -1 })) link.setAttribute(name, value);
    mark.replaceWith(link);
    link.append(mark);
  }
  mapThatAnswers(stage, words);
  document.documentElement.dataset.ready = "";
})();
