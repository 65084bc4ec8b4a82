/** The page's words in the language of the page. */

import en from "../words/en.js";

/** @type {Record<string, any>} */
let words = en;
let plural = new Intl.PluralRules("en");

/**
 * Load a language; English stays where there is none, or where it can't be loaded.
 * @param {string} language
 */
export async function useLanguage(language) {
  words = en;
  if (language === "es") {
    const spanish = await import("../words/es.js").catch(() => ({ default: {} }));
    words = { ...en, ...spanish.default };
  }
  plural = new Intl.PluralRules(words.lang);
  document.documentElement.lang = words.lang;
  document.documentElement.dir = words.dir;
}

/**
 * A text by its key, with values filled in. A `count` picks the plural form and is written as the language does.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  let text = words[key];
  if (text && typeof text === "object") text = text[plural.select(Number(values.count))] ?? text.other;
  return fillIn(String(text ?? key), values);
}

/**
 * An entry of a table of words, or `otherwise` where it has none.
 * @param {string} table
 * @param {string} key
 * @param {string} otherwise
 * @param {number} [count]
 * @returns {string}
 */
export function named(table, key, otherwise, count) {
  const entry = words[table]?.[key];
  if (entry && typeof entry === "object") return entry[plural.select(Number(count))] ?? entry.other;
  return entry ?? otherwise;
}

/** What may be said first: what stands on the button, and the English that is sent. @returns {[string, string][]} */
export function starters() {
  return en.starters.map((english, place) => [words.starters[place], english]);
}

/** A text that the guide is to read, in the language that it reads. @param {"personText"} key */
export function english(key) {
  return en[key];
}

/** @param {number} value @returns {string} */
export function number(value) {
  return new Intl.NumberFormat(place(), { maximumFractionDigits: 1 }).format(value);
}

/** @param {Date} date @returns {string} */
export function moment(date) {
  return new Intl.DateTimeFormat(place(), { dateStyle: "long", timeStyle: "short" }).format(date);
}

/** Without the year, since nothing is kept that long. @param {Date} date @returns {string} */
export function lately(date) {
  return new Intl.DateTimeFormat(place(), { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }).format(date);
}

/** @param {Date} date @returns {string} */
export function day(date) {
  return new Intl.DateTimeFormat(place(), { weekday: "long", day: "numeric", month: "long" }).format(date);
}

/** Numbers and dates as the patient's country writes them, where the browser's language is that of the page. */
function place() {
  return navigator.language.split("-")[0] === words.lang ? navigator.language : words.lang;
}

/** @param {string} text @param {Record<string, string | number>} values */
function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : String(value ?? "");
  });
}
