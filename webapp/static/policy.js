/* Finds clauses while a word is typed, and opens what a link or a printer needs. Works on the page
   alone: nothing is sent. Without this file the form asks the server. */
"use strict";

(() => {
  const field = document.getElementById("find");
  const found = document.getElementById("found");
  const clauses = Array.from(document.querySelectorAll("[data-words]"));

  const plain = (words) => words.toLowerCase().split(/\s+/).filter(Boolean);

  /* Show the clauses that hold every word, and say how many there are. */
  const find = () => {
    const wanted = plain(field.value);
    let count = 0;
    for (const clause of clauses) {
      const words = clause.dataset.words.toLowerCase();
      const fits = wanted.every((word) => words.includes(word));
      clause.hidden = !fits;
      count += fits;
    }
    const results = document.getElementById("results");
    if (results) { results.remove(); }
    found.textContent = wanted.length
      ? `${count || "No"} ${count === 1 ? "clause has" : "clauses have"} “${field.value.trim()}” in ${count === 1 ? "it" : "them"}.`
      : "";
    return count;
  };

  field.addEventListener("input", find);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
    const first = field.value.trim() && clauses.find((clause) => !clause.hidden);
    if (first) { first.focus(); first.scrollIntoView({ block: "start" }); }
  });
  // A link to a clause that the words above hide must show it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target && target.hidden) { field.value = ""; find(); }
  });
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
  });
})();
