/** The tone of the figure's skin, as the patient likes it. Kept in memory alone, until the page is closed. */

import { freshId, h } from "../dom.js";
import { named, t } from "../words.js";

const TONES = ["1", "2", "3", "4", "5", "6"];

/** "" is the colour of paper, which means no skin at all. */
let chosen = "";

/** @param {HTMLElement} figures @returns {HTMLElement} what picks the tone of these figures */
export function toneChooser(figures) {
  const name = freshId("tone");
  figures.dataset.tone = chosen;
  const pick = (/** @type {string} */ tone) => {
    chosen = tone;
    figures.dataset.tone = tone;
  };
  const swatches = TONES.map((tone) =>
    h(
      "label",
      { class: "swatch", "data-tone": tone },
      h("input", { type: "radio", name, value: tone, checked: tone === chosen, onchange: () => pick(tone) }),
      h("span", { class: "unseen" }, named("tones", tone, tone)),
    ),
  );
  return h("fieldset", { class: "tones" }, h("legend", { class: "hint" }, t("tone")), ...swatches);
}
