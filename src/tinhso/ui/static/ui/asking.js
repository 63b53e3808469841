/* An answer on which other questions depend brings them up at once; without this file the next page does. Typed words and chosen files stay. */
(() => {
  "use strict";
  const parts = (root) => [...root.querySelectorAll("[id^='form-fields-']")];
  const block = (part) => part.closest(".card") || part;
  const TYPED = (one) => one.matches("textarea,input:not([type=radio],[type=checkbox],[type=file],[type=submit])");
  let turn = 0;

  function kept(was, now) {
    for (const one of now.querySelectorAll("input[id],select[id],textarea[id]")) {
      const before = was.querySelector(`#${CSS.escape(one.id)}`);
      if (!before || before.type !== one.type || one.type === "hidden") continue;
      if (one.type === "file") one.replaceWith(before);
      else if (one.type === "radio" || one.type === "checkbox") one.checked = before.checked;
      else one.value = before.value;
    }
    was.replaceWith(now);
  }

  function shown(form, fresh) {
    const active = document.activeElement, here = active && active.id;
    const caret = TYPED(active) && [active.selectionStart, active.selectionEnd];
    const asked = new Set(fresh.map((part) => part.id));
    let last = null;
    for (const part of fresh) {
      const was = document.getElementById(part.id);
      if (was) kept(was, part);
      else if (last) block(last).after(block(part));
      last = part;
    }
    for (const part of parts(form)) if (!asked.has(part.id)) block(part).remove();
    const again = here && document.getElementById(here);
    if (!again || again === document.activeElement) return;
    again.focus({ preventScroll: true });
    if (caret && caret[0] !== null) again.setSelectionRange(...caret);
  }

  /* Nobody's words are moved from under their hands, least of all while an input method composes a letter. */
  function afterTyping(form, act) {
    const active = document.activeElement;
    if (active.form !== form || !TYPED(active)) act();
    else active.addEventListener("blur", () => setTimeout(act), { once: true });
  }

  document.addEventListener("change", async (event) => {
    const form = event.target.form;
    if (!form || !event.target.matches("[data-decides]")) return;
    const mine = ++turn;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST", body: data, headers: { "X-Asking": "1" }, redirect: "error",
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) afterTyping(form, () => mine === turn && shown(form, parts(page)));
    } catch {
      return;
    }
  });
})();
