/* What is typed into a form[data-keep] outlives a cut network, and is sent once.

   Each form has a key of its own: the server answers the second sending of a key with what the first one made. What is
   typed is kept as it is typed; a sending is kept before it leaves, and forgotten when the server has answered for it.
   What was typed and attached is sealed with a key that only the pages of this person carry; the title of its page, its
   address and its hour are not. Signing out asks and deletes; what is older than a day is deleted by the next page of
   anybody who works at this machine. Where the browser has no cipher (plain http) nothing is kept, and the page says so. */
(() => {
  "use strict";
  const place = document.querySelector("[data-unsent]");
  if (!place || !window.indexedDB) return;
  if (!window.crypto || !crypto.subtle) {
    indexedDB.deleteDatabase("tinhso-kept");
    document.querySelector("[data-unkept]").hidden = !document.querySelector("form[data-keep]");
    return;
  }
  const owner = place.dataset.owner, words = place.dataset;
  const A_DAY = 864e5, AN_HOUR = 36e5, ASK_AGAIN = 30000, TOO_LONG = 60000, A_PAUSE = 300;
  const NEVER = ["csrfmiddlewaretoken", "card"];

  /* the store: one row for each form and kind, by owner */
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("tinhso-kept", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const inStore = async (mode, act) => {
    const work = (await opened).transaction("kept", mode);
    const asked = act(work.objectStore("kept"));
    return new Promise((done, failed) => {
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  };
  const idOf = (kind, key) => `${kind}:${owner}:${key}`;
  const put = (row) => inStore("readwrite", (store) => store.put(row));
  const forget = (kind, key) => inStore("readwrite", (store) => store.delete(idOf(kind, key)));
  const everything = () => inStore("readonly", (store) => store.getAll());
  const mine = async () => (await everything()).filter((row) => row.owner === owner).sort((a, b) => a.at - b.at);
  const sweep = async () => {
    for (const row of await everything())
      if (Date.now() - row.at > A_DAY) await inStore("readwrite", (store) => store.delete(row.id));
  };

  /* sealing: AES-GCM under the person's own key */
  const cipher = crypto.subtle.importKey(
    "raw", Uint8Array.from(words.lock.match(/../g), (pair) => parseInt(pair, 16)), "AES-GCM", false, ["encrypt", "decrypt"]);
  const seal = async (bytes) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await cipher, bytes) };
  };
  const unseal = async (sealed) => crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, await cipher, sealed.bytes);

  /* one form */
  const keyOf = (form) => form.dataset.keep;
  const rowOf = (kind, form) => ({
    id: idOf(kind, keyOf(form)), kind, owner, key: keyOf(form), at: Date.now(),
    url: form.getAttribute("action") || location.pathname + location.search,
    title: (document.querySelector("h1") || document).textContent.trim().slice(0, 120),
  });
  const packed = async (form) => {
    const data = new Response(form);
    return { type: data.headers.get("content-type"), sealed: await seal(await data.arrayBuffer()) };
  };
  const unpacked = async (row) => {
    const bytes = await unseal(row.sealed);
    const data = await new Response(bytes, { headers: { "content-type": row.type } }).formData();
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token) data.set("csrfmiddlewaretoken", token.value);
    return data;
  };
  const typedIn = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.includes(name));
  /* the fields that somebody went on typing into while a sending was under way */
  const changedSince = (form, before) => {
    const told = (pairs, name) => JSON.stringify(pairs.filter((pair) => pair[0] === name));
    const now = typedIn(form);
    return new Set([...before, ...now].map((pair) => pair[0]).filter((name) => told(before, name) !== told(now, name)));
  };
  const keepTyped = async (form) => {
    const text = new TextEncoder().encode(JSON.stringify(typedIn(form)));
    await put({ ...rowOf("typed", form), sealed: await seal(text) });
  };
  const giveBack = (form, pairs, only) => {
    let changed = false;
    const left = new Map();
    for (const [name, value] of pairs) left.set(name, [...(left.get(name) || []), value]);
    for (const box of form.elements) {
      if (only && !only.has(box.name)) continue;
      const values = left.get(box.name) || [];
      if (!box.name || box.type === "hidden" || box.type === "file" || NEVER.includes(box.name) || box.tagName === "BUTTON") continue;
      const isTick = box.type === "checkbox" || box.type === "radio";
      const now = isTick ? box.checked : box.value;
      if (isTick) box.checked = values.includes(box.value);
      else if (values.length) box.value = values.shift();
      changed = changed || now !== (isTick ? box.checked : box.value);
    }
    return changed;
  };
  const restore = async (form) => {
    const row = (await mine()).find((one) => one.id === idOf("typed", keyOf(form)));
    await forget("fix", keyOf(form));
    if (!row) return;
    const pairs = JSON.parse(new TextDecoder().decode(await unseal(row.sealed)));
    const note = document.querySelector("[data-restored]");
    if (giveBack(form, pairs) && note) note.hidden = false;
  };

  /* one sending: null when the network failed, else the answer */
  const post = async (url, body) => {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), TOO_LONG);
    try {
      const answer = await fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-Kept": "1" }, signal: stop.signal });
      return { answer, page: answer.status === 204 || !answer.status ? "" : await answer.text() };
    } catch {
      return null;
    } finally {
      clearTimeout(clock);
    }
  };
  const isAway = (came) => !came || came.answer.status >= 500 || came.answer.status === 429;
  const isHeld = (came) => came.answer.headers.get("X-Kept") === "1";
  const wentTo = (came) => came.answer.headers.get("X-Went");
  const read = (came) => new DOMParser().parseFromString(came.page, "text/html");
  /* why a sending was not taken: "out" goes with signing in, "" with a fresh page; nothing else is sent again unasked */
  const troubleOf = (came) => {
    if (!came.answer.status || came.answer.status === 401) return "out";
    const page = read(came), reader = page.querySelector("[data-unsent]");
    if (came.answer.status !== 403 || !page.querySelector("#refusal")) return "refused";
    if (!page.querySelector(".is-signed-in") || (reader && reader.dataset.owner !== owner)) return "out";
    return page.querySelector("[data-stale]") ? "" : "denied";
  };
  /* what the page that refused it says, sealed as well */
  const whyOf = (came) => {
    const said = read(came).querySelectorAll(".govuk-error-summary li, .notice--error p, #refusal p");
    return seal(new TextEncoder().encode(JSON.stringify([...said].map((one) => one.textContent.trim()))));
  };
  const done = async (key) => {
    for (const kind of ["post", "typed", "fix"]) await forget(kind, key);
  };

  /* all that waits, the oldest first; never beside a sending of this page */
  let busy = false, sending = false;
  const sendAll = async (again = false) => {
    if (busy || sending) return;
    busy = true;
    try {
      const waiting = (await mine()).filter((one) => one.kind === "post" && (again === true || !one.trouble || one.trouble === "out"));
      for (const row of waiting) {
        const came = await post(row.url, await unpacked(row));
        if (isAway(came)) break;
        if (wentTo(came)) {
          await done(row.key);
          const here = document.querySelector("form[data-keep]");
          if (here && keyOf(here) === row.key) return location.assign(wentTo(came));
          await put({ ...row, id: idOf("done", row.key), kind: "done", trouble: "", url: wentTo(came), sealed: null });
        } else if (isHeld(came)) {
          await done(row.key);
          await put({ ...row, id: idOf("fix", row.key), kind: "fix", trouble: "", sealed: null, why: await whyOf(came) });
          const here = document.querySelector("form[data-keep]");
          if (here && keyOf(here) === row.key) {
            const pairs = typedIn(here);
            offline(false);
            if (turnTo(here, came)) giveBack(document.querySelector("form[data-keep]"), pairs);
          }
        } else await put({ ...row, trouble: troubleOf(came), why: await whyOf(came) });
      }
    } finally {
      busy = false;
      await show();
    }
  };

  const isWrong = (row) => row.kind === "fix" || ["refused", "denied"].includes(row.trouble);
  const line = async (row) => {
    const item = document.createElement("li"), link = document.createElement("a");
    const state = row.trouble || row.kind;
    link.href = row.url;
    link.textContent = row.title;
    item.append(`${words[state]}: `, link, ` (${new Date(row.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })})`);
    if (isWrong(row)) item.className = "is-wrong";
    if (isWrong(row) && row.why) {
      const said = document.createElement("ul");
      for (const sentence of JSON.parse(new TextDecoder().decode(await unseal(row.why)))) {
        said.append(document.createElement("li"));
        said.lastChild.textContent = sentence;
      }
      item.append(said);
    }
    return item;
  };
  let told = 0;
  const show = async () => {
    const form = document.querySelector("form[data-keep]");
    const rows = (await mine()).filter((row) => row.kind !== "typed" || !form || row.key !== keyOf(form));
    const waiting = rows.filter((row) => row.kind === "post").length;
    place.querySelector("[data-count]").textContent = waiting;
    place.querySelector("[data-send-all]").hidden = !waiting;
    place.querySelector("ul").replaceChildren(...(await Promise.all(rows.map(line))));
    place.hidden = !rows.length;
    place.classList.toggle("is-waiting", waiting > 0);
    const wrong = rows.filter(isWrong).length, mark = place.querySelector("[data-wrong]");
    mark.hidden = !wrong;
    mark.lastElementChild.textContent = wrong;
    place.classList.toggle("is-wrong", wrong > 0);
    if (wrong > told) {
      place.querySelector("details").open = true;
      const front = document.activeElement;
      if (!front.matches("input, select, textarea, .govuk-error-summary")) place.querySelector("li.is-wrong a").focus();
    }
    told = wrong;
  };

  /* the page in front of the officer */
  const turnTo = (form, came) => {
    const next = read(came);
    const [from, to] = isHeld(came) ? ["#main", "#main"] : ["#refusal", "#refusal"];
    const [fresh, old] = [next.querySelector(from), document.querySelector(to)];
    if (!fresh || !old || !fresh.textContent.trim()) return false;
    if (isHeld(came)) document.title = next.title;
    old.replaceWith(fresh);
    if (window.htmx) window.htmx.process(fresh);
    scrollTo(0, 0);
    (fresh.querySelector(".govuk-error-summary") || document.querySelector("#main")).focus({ preventScroll: true });
    return true;
  };
  const lift = (band, is) => {
    band.hidden = !is;
    if (is) band.scrollIntoView({ block: "nearest" });
  };
  const offline = (is) => lift(document.querySelector("[data-offline]"), is);
  const say = (sentence, signsIn = false) => {
    const band = document.querySelector("[data-trouble]");
    band.querySelector("span").textContent = sentence;
    band.querySelector("a").hidden = !signsIn;
    lift(band, sentence);
  };
  const send = async (form, button) => {
    const isSending = Boolean(button && button.hasAttribute("data-send"));
    const data = new FormData(form), before = typedIn(form);
    if (button && button.name) data.append(button.name, button.value);
    clearTimeout(typing);
    form.setAttribute("aria-busy", "true");
    say("");
    try {
      await keepTyped(form);
      if (isSending) await put({ ...rowOf("post", form), ...(await packed(data)) });
    } catch {
      /* no room or no store: it is sent all the same */
    }
    const url = form.getAttribute("action") || location.pathname + location.search;
    const came = await post(url, data);
    form.removeAttribute("aria-busy");
    offline(isAway(came));
    if (isAway(came)) return show();
    if (wentTo(came)) {
      await done(keyOf(form));
      return location.assign(wentTo(came));
    }
    if (isHeld(came)) {
      await done(keyOf(form));
      const pairs = typedIn(form), late = changedSince(form, before);
      if (turnTo(form, came)) giveBack(document.querySelector("form[data-keep]"), pairs, late);
      return show();
    }
    const trouble = troubleOf(came), isTold = trouble !== "out" && turnTo(form, came);
    if (trouble === "out") say(words.saidOut, true);
    else if (!isTold) say(came.answer.status === 413 ? words.saidLarge : words.saidStrange.replace("{n}", came.answer.status));
    if (isTold && trouble === "refused") await forget("post", keyOf(form));
    else {
      const kept = (await mine()).find((row) => row.id === idOf("post", keyOf(form)));
      if (kept) await put({ ...kept, trouble });
    }
    return show();
  };

  let typing = 0;
  const isKept = (form) => form instanceof HTMLFormElement && form.matches("form[data-keep]");
  for (const kind of ["input", "change"])
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (!isKept(form)) return;
      clearTimeout(typing);
      typing = setTimeout(() => form.isConnected && !sending && keepTyped(form).catch(() => {}), A_PAUSE);
    });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("form[data-leave]") && !form.dataset.left) {
      event.preventDefault();
      leave(form);
    } else if (isKept(form)) {
      event.preventDefault();
      if (sending) return;
      sending = true;
      send(form, event.submitter).finally(() => (sending = false));
    }
  });
  const leave = async (form) => {
    try {
      const rows = await mine();
      const lost = rows.filter((row) => row.kind === "post").length;
      if (lost && !confirm(words.leaving.replace("{n}", lost))) return;
      for (const row of rows) await inStore("readwrite", (store) => store.delete(row.id));
    } catch {
      /* without a store nothing is kept */
    }
    form.dataset.left = "1";
    form.submit();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-send-all]")) sendAll(true);
    else if (button.closest("[data-offline]") && document.querySelector("form[data-keep]")) {
      event.stopPropagation();
      offline(false);
      sendAll(true);
    }
  }, true);
  place.addEventListener("click", (event) => {
    const link = event.target.closest("li a");
    if (!link) return;
    mine().then((rows) => rows.filter((row) => row.kind === "done" && row.url === link.getAttribute("href")).forEach((row) => forget("done", row.key)));
  });
  addEventListener("online", () => sendAll());
  setInterval(() => sweep().then(show).catch(() => {}), AN_HOUR);
  addEventListener("focus", () => show().catch(() => {}));
  setInterval(() => document.hidden || place.hidden || sendAll(), ASK_AGAIN);

  const form = document.querySelector("form[data-keep]");
  sweep().then(() => form && restore(form)).then(show).then(() => sendAll()).catch(() => {});
})();
