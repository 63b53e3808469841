/* A shared machine: asks whether somebody is still there, and forgets when nobody answers. It keeps nothing itself. */
(() => {
  "use strict";
  const bar = document.querySelector("[data-station]");
  const still = document.querySelector("[data-still]");
  if (!bar || !still) return;
  const ASKED = 30; // seconds to answer
  const untouched = Number(bar.dataset.untouched);
  const left = still.querySelector("[data-left]");
  let since = Date.now();

  const touched = () => {
    if (!still.open) since = Date.now();
  };
  still.addEventListener("click", () => still.close());
  still.addEventListener("close", touched);
  const look = () => {
    const rest = Math.ceil(untouched - (Date.now() - since) / 1000);
    if (rest <= 0) {
      clearInterval(looking);
      location.replace(bar.querySelector("form").action);
    } else if (rest <= ASKED) {
      left.textContent = String(rest);
      if (!still.open) still.showModal();
    }
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(kind, touched, { capture: true, passive: true });
  }
  const looking = setInterval(look, 1000);

  /* the browser offers nobody what the one before typed */
  for (const one of document.querySelectorAll("form,input,select,textarea")) one.autocomplete = "off";
  /* a page that "back" brings out of memory is asked for again */
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
