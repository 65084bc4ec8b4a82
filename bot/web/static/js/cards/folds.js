/** What folds open under a reply: why we ask, and where it comes from. */

import { h, prose } from "../dom.js";
import { named, t } from "../words.js";

/** @typedef {import("../api.js").Reply} Reply */

/** @param {Reply} reply @returns {HTMLElement | null} */
export function whyFold({ data }) {
  if (typeof data.why !== "string" || !data.why) return null;
  return fold(t("why"), prose(data.why));
}

/** @param {Reply} reply @returns {HTMLElement | null} */
export function sourcesFold({ sources }) {
  if (sources.length === 0) return null;
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
