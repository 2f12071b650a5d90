/* Sharing the address of a page: by what the device offers, else into the clipboard. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-share]")) {
    const status = button.parentElement.querySelector("[role=status]");
    const address = document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];
    button.hidden = !(navigator.share || navigator.clipboard);
    button.addEventListener("click", async () => {
      try {
        if (navigator.share) await navigator.share({ title: document.title, url: address });
        else await navigator.clipboard.writeText(address);
        status.textContent = navigator.share ? "" : "The address is copied.";
      } catch (error) {
        if (error.name !== "AbortError") status.textContent = `It could not be shared; the address is ${address}`;
      }
    });
  }
})();
