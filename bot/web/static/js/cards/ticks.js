/** Rows to tick, shared by the checklist and by questions in parts. */

import { h } from "../dom.js";
import { t } from "../words.js";

/** @typedef {{id: string, title: string, box: HTMLInputElement, row: HTMLElement}} Tick */

/**
 * @param {{id: string, title: string}} choice
 * @param {{hint?: string, name?: string, one?: boolean, alone?: boolean}} [look] `one`: only one of its name is ticked
 * @returns {Tick}
 */
export function tick({ id, title }, { hint, name, one, alone } = {}) {
  const box = h("input", { type: one ? "radio" : "checkbox", name, value: id });
  const words = h("span", {}, title, hint && h("span", { class: "hint" }, ` ${hint}`));
  return { id, title, box, row: h("label", { class: alone ? "tick alone" : "tick" }, box, words) };
}

/** Ticking one that stands alone takes the others away, and the other way round. @param {Tick[]} ticks @param {Set<string>} alone */
export function keepPlain(ticks, alone) {
  for (const { id, box } of ticks) {
    box.addEventListener("change", () => {
      if (!box.checked) return;
      for (const other of ticks) {
        if (other.box !== box && (alone.has(id) || alone.has(other.id))) other.box.checked = false;
      }
    });
  }
}

/**
 * Sends what is ticked when the form is submitted, or says that nothing is.
 * @param {HTMLFormElement} form
 * @param {Tick[]} ticks
 * @param {(body: Record<string, any>, text: string) => void} answer
 * @returns {HTMLElement[]} where a problem is told
 */
export function submitTicked(form, ticks, answer) {
  const problem = h("p", { class: "problem", role: "alert" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ticked = ticks.filter(({ box }) => box.checked);
    if (ticked.length === 0) {
      problem.textContent = t("tickOne");
      ticks[0].box.focus();
      return;
    }
    answer({ choices: ticked.map(({ id }) => id) }, ticked.map(({ title }) => title).join("; "));
  });
  form.addEventListener("change", () => (problem.textContent = ""));
  return [problem];
}
