/* Shows how far a preview is, without loading the page again until it is over. */
"use strict";

(() => {
  const bar = document.getElementById("progress");
  const said = document.getElementById("progress-said");
  if (!bar || !said) { return; }
  const EVERY = 1500;

  const look = async () => {
    try {
      const response = await fetch(bar.dataset.address, { cache: "no-store", redirect: "error" });
      const run = await response.json();
      if (run.state !== "waiting" && run.state !== "running") {
        window.location.reload();
        return;
      }
      if (run.total > 0) {
        bar.max = run.total;
        bar.value = run.progress;
        said.textContent = `${run.progress.toLocaleString("en-GB")} of ${run.total.toLocaleString("en-GB")} drafts`;
      }
    } catch {
      /* The next look may find it. */
    }
    window.setTimeout(look, EVERY);
  };
  window.setTimeout(look, EVERY);
})();
