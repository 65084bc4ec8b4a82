/** Study figures as bars. It is a table, so that the numbers are read as numbers; the bars are drawn beside them. */

import { h, prose } from "../dom.js";
import { named, number, t } from "../words.js";

/** @param {import("../api.js").Reply} reply @returns {Node[] | null} */
export function chart({ text, data }) {
  const groups = data.groups;
  if (!Array.isArray(groups) || groups.length === 0) return null;
  const largest = Math.max(...groups.flatMap((group) => group.bars.map((/** @type {any} */ bar) => bar.value)));
  return [
    ...prose(data.intro ? [data.intro, ...(data.findings ?? []).map((/** @type {string} */ told) => `- ${told}`)].join("\n") : text),
    h(
      "figure",
      { class: "chart" },
      h("figcaption", {}, data.title),
      ...groups.map((group) => table(group, data.unit, largest)),
    ),
    Array.isArray(data.limits) && data.limits.length > 0
      ? h("div", { class: "limits" }, h("h4", {}, t("limits")), h("ul", {}, ...data.limits.map((/** @type {string} */ limit) => h("li", {}, limit))))
      : null,
  ].filter((node) => node != null);
}

/** @param {any} group @param {string} unit @param {number} largest @returns {HTMLElement} */
function table(group, unit, largest) {
  const rows = group.bars.map((/** @type {any} */ bar, /** @type {number} */ place) => {
    const strip = h("span", { class: `strip strip-${place % 2}`, "aria-hidden": "true" });
    strip.style.width = `${(100 * bar.value) / largest}%`;
    const value = t("chartValue", { value: bar.value, unit: named("units", unit, unit, bar.value) });
    return h("tr", {}, h("th", { scope: "row" }, bar.label), h("td", {}, h("span", { class: "value" }, value), strip));
  });
  return h(
    "div",
    { class: "group" },
    h("table", {}, h("caption", {}, group.label), h("tbody", {}, ...rows)),
    group.p != null && h("p", { class: "hint" }, t("chance", { p: String(group.p) })),
  );
}
