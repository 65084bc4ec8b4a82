/** What a screen reader says: text-only copies in a live region, taken out again once they were read. */

import { byId, h } from "./dom.js";

const READ_IN = 10_000;

/** Say when there is a pause. @param {string} text @param {string} [lang] where it is not the page's */
export function say(text, lang) {
  put(byId("say"), text, lang);
}

/** Say at once. For the emergency card only. @param {string} text */
export function shout(text) {
  put(byId("shout"), text);
}

/** @param {HTMLElement} region @param {string} text @param {string} [lang] */
function put(region, text, lang) {
  if (!text.trim()) return;
  const copy = h("p", { lang: lang || null }, text);
  region.append(copy);
  setTimeout(() => copy.remove(), READ_IN);
}
