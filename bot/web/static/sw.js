// @ts-nocheck: a service worker has other globals than a page.
/**
 * Keeps the chat page for opening it without a connection: its own files and the emergency numbers in it, never
 * a conversation. The server puts the list SHELL, and VERSION for the page it belongs to, in front of this file.
 */

const CACHE = `shell-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== CACHE).map((name) => caches.delete(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names))));
});

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || pathname.startsWith("/api/")) return;
  if (pathname === "/chat") event.respondWith(fetch(event.request).catch(() => caches.match("/chat")));
  else if (SHELL.includes(pathname)) event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
});
