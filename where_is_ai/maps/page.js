/* A map of one file: what it need not show at once is packed beside it. */
(async () => {
  "use strict";
  const stage = document.getElementById("stage");
  const bytes = Uint8Array.from(atob(document.getElementById("more").textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { drawn, ...words } = JSON.parse(await new Response(stream).text());
  for (const other of drawn) stage.insertAdjacentHTML("beforeend", other);
  stage.classList.toggle("both", ["wide", "vertical"].every((name) => stage.querySelector(`.${name}`)));
  mapThatAnswers(stage, words);
  document.documentElement.dataset.ready = "";
})();
