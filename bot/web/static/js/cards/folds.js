/** What folds open under a reply: why we ask, and where it comes from. */

import { h, prose } from "../dom.js";
import { named, t } from "../words.js";
import { PRESSING } from "./care_card.js";

/** @typedef {import("../api.js").Reply} Reply */

/** @param {Reply} reply @returns {HTMLElement | null} */
export function whyFold({ data }) {
  if (typeof data.why !== "string" || !data.why) return null;
  return fold(t("why"), prose(data.why));
}

/** How to answer in words. @param {Reply} reply @returns {HTMLElement | null} */
export function helpFold({ data }) {
  if (typeof data.help !== "string" || !data.help) return null;
  return fold(t("help"), prose(data.help));
}

/** Nothing to read on beside a card that presses. @param {Reply} reply @returns {HTMLElement | null} */
export function sourcesFold({ type, data, sources }) {
  if (sources.length === 0 || (type === "care_card" && PRESSING.includes(data.urgency))) return null;
  const items = sources.map((source) =>
    h(
      "li",
      {},
      String(source.title ?? source.id),
      source.level && h("span", { class: "level" }, named("levels", source.level, source.level)),
    ),
  );
  return fold(t("sources"), [h("ul", {}, ...items)]);
}

/** @param {string} title @param {Node[]} content @returns {HTMLElement} */
export function fold(title, content) {
  return h("details", { class: "fold" }, h("summary", {}, title), ...content);
}
