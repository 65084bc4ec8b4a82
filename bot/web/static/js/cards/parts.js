/** A question in parts: in each, one answer or several, and some that stand alone. */

import { freshId, h } from "../dom.js";
import { t } from "../words.js";
import { keepPlain, submitTicked, tick } from "./ticks.js";

/**
 * @typedef {{id: string, title: string, exclusive?: boolean}} PartChoice
 * @typedef {{id: string, title: string, several?: boolean, choices: PartChoice[]}} Part
 */

/**
 * @param {import("../api.js").Reply} reply
 * @param {(body: Record<string, any>, text: string) => void} answer
 * @returns {HTMLElement | null} null for one part with one answer, which is a row of buttons
 */
export function parts(reply, answer) {
  /** @type {Part[]} */
  const asked = reply.data.parts ?? [];
  if (asked.length === 0 || (asked.length === 1 && !asked[0].several)) return null;
  /** @type {import("./ticks.js").Tick[]} */
  const ticks = [];
  const groups = asked.map((part) => {
    const own = part.choices.map((choice) => tick(choice, { name: freshId(part.id), one: !part.several, alone: choice.exclusive }));
    const name = own[0]?.box.name;
    for (const { box } of own) box.name = name;
    const alone = new Set(part.choices.filter(({ exclusive }) => exclusive).map(({ id }) => id));
    if (part.several) keepPlain(own, alone);
    ticks.push(...own);
    return h("fieldset", { class: "part" }, h("legend", {}, part.title), ...own.map(({ row }) => row));
  });
  const form = h("form", { novalidate: true }, ...groups);
  form.append(...submitTicked(form, ticks, answer), h("button", { class: "primary" }, t("done")));
  return form;
}
