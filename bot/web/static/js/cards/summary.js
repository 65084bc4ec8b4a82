/** The summary for the oncology team: to print, copy or save. */

import { say } from "../announce.js";
import { h } from "../dom.js";
import { moment, named, t } from "../words.js";

/** A longer list stands in columns, where there is room, to keep the summary on one page. */
const MANY = 5;

/** @param {import("../api.js").Reply} reply @returns {Node[] | null} */
export function summary({ text, data }) {
  if (!Array.isArray(data.sections)) return null;
  const made = when(data.made_at);
  const sheet = h(
    "section",
    { class: "summary", "aria-label": data.title },
    h("h3", {}, data.title),
    h("p", { class: "hint" }, made && t("madeAt", { when: made }), " ", t("notClinician")),
    data.urgency && !data.no_rash && h("p", { class: `tag ${data.urgency}` }, named("urgency", data.urgency, data.urgency)),
    ...data.sections.flatMap((/** @type {any} */ section) => [
      h("h4", {}, section.title),
      h("ul", { class: section.lines.length > MANY ? "many" : null }, ...section.lines.map((/** @type {string} */ line) => h("li", {}, String(line)))),
    ]),
  );
  const plain = text || sheet.innerText;
  const told = h("span", { class: "hint" });
  const tools = h(
    "div",
    { class: "tools" },
    h("button", { type: "button", onclick: () => print(sheet) }, t("print")),
    h("button", { type: "button", onclick: () => copy(plain, told) }, t("copy")),
    h("button", { type: "button", onclick: () => download(plain) }, t("download")),
    told,
  );
  return [sheet, tools];
}

/** @param {unknown} made ISO text or seconds @returns {string} */
function when(made) {
  const date = new Date(typeof made === "number" ? made * 1000 : String(made));
  return Number.isNaN(date.getTime()) ? "" : moment(date);
}

/** @param {HTMLElement} sheet the only thing on the paper */
function print(sheet) {
  for (const other of document.querySelectorAll(".on-paper")) other.classList.remove("on-paper");
  sheet.classList.add("on-paper");
  window.print();
}

/** @param {string} text @param {HTMLElement} told */
async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = t("copied");
  } catch {
    told.textContent = t("notCopied");
  }
  say(told.textContent);
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  h("a", { href: address, download: t("fileName") }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
