/* Brings the answer without a new page, and says when it is out of date. Everything works
   without this file. It keeps nothing: no storage, no address, no log. */
"use strict";

(() => {
  const form = document.getElementById("check");
  const box = document.getElementById("text");
  const status = document.getElementById("status");
  const PARTS = ["problems", "text-said", "questions", "outcome"];
  const NOT_CHECKED = "Your post was not checked. Please try again.";
  const longest = Number(box.dataset.longest);
  // Bytes of a form that the server takes in; of more it only says that it is too much.
  const largest = Number(box.dataset.largest);

  // The text that the answer on the page is about; null while there is no answer.
  let checked = document.querySelector(".answer") ? box.value : null;
  // A check that is under way, so that a newer one can stop it.
  let under_way = null;

  const say = (words) => { status.textContent = words; };
  const grouped = (number) => number.toLocaleString("en-GB");

  /* Characters as the checker counts them: an emoji is one. */
  const count = () => {
    const used = Array.from(box.value).length;
    const told = document.getElementById("count");
    told.textContent = `${grouped(used)} of ${grouped(longest)} characters`;
    told.classList.toggle("over", used > longest);
    offerCopies();
  };

  /* Grey the verdict while the text in the box is not the one that was checked. */
  const compare = () => {
    const answer = document.querySelector(".answer");
    if (!answer || checked === null) { return; }
    const changed = box.value !== checked;
    if (answer.classList.contains("stale") === changed) { return; }
    answer.classList.toggle("stale", changed);
    document.getElementById("changed").hidden = !changed;
    say(changed ? "Text changed, check again." : "");
  };

  /* Browsers let a page copy only where it came over a safe connection. */
  const offerCopies = () => {
    const safer = document.getElementById("copy-safer");
    if (safer) { safer.hidden = !navigator.clipboard; }
    document.getElementById("copy").hidden = !navigator.clipboard || !box.value;
  };

  /* Put the parts of the page that came back in the place of ours. The box keeps its text, unless
     the author asked for another wording. */
  const show = (page, sent, rewords) => {
    for (const id of PARTS) {
      const part = document.importNode(page.getElementById(id), true);
      document.getElementById(id).replaceChildren(...part.childNodes);
    }
    const theirs = page.getElementById("text");
    if (rewords && box.value === sent) {
      box.value = theirs.value;
      sent = theirs.value;
      count();
    }
    box.setAttribute("aria-describedby", theirs.getAttribute("aria-describedby"));
    box.toggleAttribute("aria-invalid", theirs.hasAttribute("aria-invalid"));
    if (theirs.hasAttribute("aria-invalid")) { box.setAttribute("aria-invalid", "true"); }
    document.title = page.title;
    checked = document.querySelector(".answer") ? sent : null;
    say("");
    offerCopies();
    compare();
  };

  /* A page without these parts tells of a failure: say its words. */
  const fail = (page) => {
    const lines = ["h1", ".lead"].map((one) => page && page.querySelector(one));
    const words = lines.filter(Boolean).map((one) => one.textContent.trim().replace(/\s+/g, " "));
    document.getElementById("outcome").replaceChildren();
    checked = null;
    say(words.length ? words.join(". ") : NOT_CHECKED);
  };

  /* After a button focus goes to the answer; after an answer to a question it stays there. */
  const settle = (stay_at) => {
    const question = stay_at && document.getElementById(stay_at);
    const result = document.getElementById("result");
    if (question) {
      const fold = question.closest("details");
      if (fold) { fold.open = true; }
      question.focus({ preventScroll: true });
      const heading = document.getElementById("answer-title");
      if (heading) { say(`Checked again: ${heading.textContent.trim()}`); }
    } else if (result) {
      result.focus({ preventScroll: true });
      result.scrollIntoView({ block: "start" });
    }
  };

  /* What the form holds, with the button that was pressed: its answer, or the wording it wants. */
  const read = (button) => {
    const data = new FormData(form);
    if (button && button.name) {
      // The answer of a button counts, not the one that stands in a question of that name.
      if (button.name === "permission") { data.delete("permission"); }
      data.append(button.name, button.value);
    }
    return new URLSearchParams(data);
  };

  const check = async (stay_at, button) => {
    if (under_way) { under_way.abort(); }
    const body = read(button);
    if (body.toString().length > largest) {
      under_way = null;
      form.removeAttribute("aria-busy");
      say(`That is too long to check. We can check up to ${grouped(longest)} characters at a time.`);
      return;
    }
    const mine = under_way = new AbortController();
    const sent = box.value;
    say("Checking…");
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action.split("#")[0], {
        method: "POST",
        body,
        headers: { "In-Place": "yes" },
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: mine.signal,
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== under_way) { return; }
      if (page.getElementById("outcome")) {
        show(page, sent, Boolean(button) && ["use", "undo"].includes(button.name));
        settle(stay_at);
      } else {
        fail(page);
      }
    } catch {
      if (mine === under_way) { fail(null); }
    } finally {
      if (mine === under_way) {
        under_way = null;
        form.removeAttribute("aria-busy");
      }
    }
  };

  const copy = async (from) => {
    try {
      await navigator.clipboard.writeText(from.value);
      say("Copied.");
    } catch {
      say("It could not be copied. Please copy it by hand.");
    }
  };

  /* Whoever holds the phone next must not find the text by going back. */
  const clear = () => {
    if (under_way) { under_way.abort(); }
    form.reset();
    box.value = "";
    for (const id of ["problems", "text-said", "outcome"]) {
      document.getElementById(id).replaceChildren();
    }
    checked = null;
    say("");
    count();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(null, event.submitter);
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest(".context")) { check(event.target.id, null); }
  });
  // A link to a folded point must unfold it, also in browsers that do not do so by themselves.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    const fold = target && target.closest("details");
    if (fold) { fold.open = true; }
  });
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
  });
  box.addEventListener("input", () => { count(); compare(); });
  window.addEventListener("pagehide", clear);
  document.addEventListener("click", (event) => {
    if (event.target.closest("#copy")) { copy(box); }
    if (event.target.closest("#copy-safer")) { copy(document.getElementById("safer-text")); }
  });
  document.getElementById("tools").hidden = false;
  count();
})();
