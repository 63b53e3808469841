/* Comforts only: every page works without this file. No eval, no inline style (strict CSP). */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* the offline band: what was typed stays in the page, "Thử lại" repeats the failed request */
  let failed = null;
  const band = $("[data-offline]");
  const offline = (event) => {
    failed = event && event.detail && event.detail.elt;
    if (band) band.hidden = false;
  };
  const online = () => {
    if (band) band.hidden = true;
  };
  addEventListener("offline", offline);
  addEventListener("online", online);
  document.addEventListener("htmx:sendError", offline);
  document.addEventListener("htmx:timeout", offline);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) offline(event);
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) online();
  });
  band?.querySelector("button").addEventListener("click", () => {
    online();
    if (failed && window.htmx) window.htmx.trigger(failed, failed.matches("form") ? "submit" : "click");
    else location.reload();
  });

  /* a second press of a button, while the first is on its way, sends nothing */
  addEventListener("submit", (event) => { // at the window: after whoever sends in another way
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (form.dataset.going) event.preventDefault();
    form.dataset.going = "yes";
    setTimeout(() => delete form.dataset.going, 4000);
  });
  addEventListener("pageshow", () => all("form[data-going]").forEach((form) => delete form.dataset.going));

  /* keys in a list of records: j, k, x, Enter; "?" shows them */
  const help = $("dialog[data-keys]");
  const rows = () => all("[data-list] tbody tr");
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const now = list.findIndex((row) => row.classList.contains("is-current"));
    const next = list[Math.min(Math.max(now + by, 0), list.length - 1)];
    list.forEach((row) => row.classList.toggle("is-current", row === next));
    (next.querySelector("a") || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input,select,textarea,dialog[open],[contenteditable]")) return;
    const row = $("[data-list] tr.is-current");
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "x" && row) row.querySelector("input[type=checkbox]")?.click();
    else if (event.key === "Enter" && row && event.target === document.body) row.querySelector("a")?.click();
    else if (event.key === "/") $("[type=search]")?.focus();
    else if (event.key === "?" && help) help.showModal();
    else return;
    event.preventDefault();
  });

  /* "select the whole page", and how many are selected */
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches?.("[data-select-all]"))
      all("[data-list] td.select input").forEach((one) => (one.checked = box.checked));
    const count = $("[data-selected]");
    if (count) count.textContent = all("[data-list] td.select input:checked").length;
  });
})();
