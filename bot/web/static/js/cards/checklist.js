/** The list of signs to tick. "None of these" and "Not sure" stand alone, so that no answer contradicts itself. */

import { h } from "../dom.js";
import { t } from "../words.js";
import { keepPlain, submitTicked, tick } from "./ticks.js";

/**
 * @param {import("../api.js").Reply} reply
 * @param {(body: Record<string, any>, text: string) => void} answer
 * @returns {HTMLElement | null}
 */
export function checklist({ text, data, choices }, answer) {
  if (choices.length === 0) return null;
  const hints = new Map((data.items ?? []).map((/** @type {any} */ item) => [item.id, item.hint]));
  const alone = new Set([data.none, data.unsure].filter(Boolean));
  const ticks = choices.map((choice) => tick(choice, { hint: hints.get(choice.id), alone: alone.has(choice.id) }));
  keepPlain(ticks, alone);
  const rows = ticks.map(({ row }) => row);
  const form = h("form", { novalidate: true }, h("fieldset", {}, h("legend", { class: "unseen" }, text.split("\n")[0]), ...rows));
  form.append(...submitTicked(form, ticks, answer), h("button", { class: "primary" }, t("done")));
  return form;
}
