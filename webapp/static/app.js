/* Starts the worker that shows a page of ours when there is no connection. It keeps nothing that
   you type. Browsers offer workers only over a safe connection. */
"use strict";

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(document.currentScript.dataset.worker);
}
