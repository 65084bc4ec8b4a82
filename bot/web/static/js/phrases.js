/** Shows what the server says in the page's language, where the reviewed content has it there. */

import { t } from "./words.js";

/** @typedef {import("./api.js").Reply} Reply */

/** What is read in a reply's data; all else are ids, numbers and names of things. */
const READ = new Set(["title", "hint", "headline", "say", "check_again", "label", "why", "help", "steps", "heard", "watch", "worse"]);

/** @type {Record<string, string>} English text to the page's language */
let book = {};

/** Load the phrases of the page's language. Without them the texts stay in English. @param {string | undefined} address */
export async function loadPhrases(address) {
  book = {};
  if (!address) return;
  try {
    book = await (await fetch(address)).json();
  } catch {
    // Without a connection, and not kept from an earlier visit.
  }
}

/** A text of the content in the page's language, or as it is. @param {string} text */
export function phrase(text) {
  return book[text] ?? text;
}

/** @param {string} text @returns {string} "en" where a text stays in English on a page in another language */
export function langOf(text) {
  return t("lang") === "en" || text in book ? "" : "en";
}

/** @param {Reply} reply @returns {Reply} */
export function translated(reply) {
  if (t("lang") === "en") return reply;
  const data = deep(reply.data);
  const choices = reply.choices.map((choice) => ({ ...choice, title: phrase(choice.title) }));
  if (reply.type === "care_card" && data.headline) {
    // The card is in this language now, and so is the sentence that would have gone before it.
    data.foreign = null;
    return { ...reply, data, choices, text: wordsOf(data), lang: langOf(reply.data.headline) };
  }
  const lines = reply.text.split("\n");
  const text = lines.map((line) => (line.startsWith("- ") ? `- ${phrase(line.slice(2))}` : phrase(line))).join("\n");
  return { ...reply, data, choices, text, lang: langOf(lines[0]) };
}

/** @param {any} value @param {boolean} [read] @returns {any} */
function deep(value, read = false) {
  if (typeof value === "string") return read ? phrase(value) : value;
  if (Array.isArray(value)) return value.map((item) => deep(item, read));
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner, READ.has(key))]));
}

/** A care card as plain text. @param {Record<string, any>} data */
function wordsOf(data) {
  const heard = data.heard?.length ? [`${t("heard")}: ${data.heard.join(", ")}.`] : [];
  const watch = data.watch?.length ? [`${t("watch")}:`, ...data.watch] : [];
  return [data.headline, ...(data.worse ?? []), ...heard, ...(data.steps ?? []), data.say, ...watch, data.check_again]
    .filter(Boolean)
    .join("\n");
}
