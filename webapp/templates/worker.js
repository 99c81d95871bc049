/* Keeps the files that every page needs and one page for when there is no connection. What you
   type, and what you are told, never comes here: only these addresses are ever put in the cache,
   and nothing that is sent (a POST) is touched. */
"use strict";

const NAME = {{ ("postcheck-" ~ name) | tojson }};
const OFFLINE = {{ offline | tojson }};
const FILES = {{ files | tojson }};

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll([OFFLINE, ...FILES]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name !== NAME);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET") { return; }
  const address = new URL(request.url);
  const kept = address.origin === self.location.origin && FILES.includes(address.pathname);
  if (request.mode !== "navigate" && !kept) { return; }
  // The network first, so that a page never meets the files of another version.
  event.respondWith((async () => {
    try {
      return await fetch(request);
    } catch (error) {
      const stored = await caches.match(kept ? address.pathname : OFFLINE, { cacheName: NAME });
      if (stored) { return stored; }
      throw error;
    }
  })());
});
