/** What to do now: one headline, one number to call, steps. */

import { h } from "../dom.js";
import { named, t } from "../words.js";

/** The levels at which all else steps back. */
export const PRESSING = ["emergency", "urgent"];

/** @param {import("../api.js").Reply} reply @returns {Node[] | null} null without a headline */
export function careCard({ data }) {
  if (!data.headline) return null;
  const level = String(data.urgency ?? "routine");
  const call = data.call?.number ? callLink(data.call.number, data.call.label) : null;
  const pressing = PRESSING.includes(level);
  return [
    h(
      "section",
      { class: `care ${level}`, "aria-label": data.headline },
      // Who has no rash and no danger sign is not told to call on a working day.
      data.card !== "no_rash" && h("p", { class: "tag" }, named("urgency", level, level)),
      data.foreign && h("p", { class: "foreign" }, data.foreign),
      h("h3", {}, data.headline),
      pressing && call,
      ...(Array.isArray(data.worse) ? data.worse.map((told) => h("p", { class: "worse" }, String(told))) : []),
      list(t("heard"), data.heard, "heard"),
      list(t("steps"), data.steps, "steps"),
      data.say && h("p", { class: "say" }, data.say),
      list(t("watch"), data.watch, "watch"),
      !pressing && call,
      data.check_again && h("p", {}, data.check_again),
    ),
  ];
}

/** A link that dials. @param {string} number @param {string} [label] @returns {HTMLElement} */
export function callLink(number, label) {
  return h("a", { class: "call", href: `tel:${String(number).replace(/[^\d+*#]/g, "")}` }, label || t("call", { number }));
}

/** @param {string} title @param {unknown} items @param {string} name @returns {HTMLElement | null} */
function list(title, items, name) {
  if (!Array.isArray(items) || items.length === 0) return null;
  const tag = name === "steps" ? "ol" : "ul";
  return h("div", { class: name }, h("h4", {}, title), h(tag, {}, ...items.map((item) => h("li", {}, String(item)))));
}
