/** The list of signs to tick. "None of these" and "Not sure" stand alone, so that no answer contradicts itself. */

import { freshId, h } from "../dom.js";
import { t } from "../words.js";

/**
 * @param {import("../api.js").Reply} reply
 * @param {(body: Record<string, any>, text: string) => void} answer
 * @returns {HTMLElement | null}
 */
export function checklist(reply, answer) {
  const { data, choices } = reply;
  if (choices.length === 0) return null;
  const hints = new Map((data.items ?? []).map((/** @type {any} */ item) => [item.id, item.hint]));
  const alone = new Set([data.none, data.unsure].filter(Boolean));
  /** @type {HTMLInputElement[]} */
  const boxes = [];
  const rows = choices.map((choice) => {
    const hint = hints.get(choice.id);
    const hintId = freshId("hint");
    const box = h("input", { type: "checkbox", value: choice.id, "aria-describedby": hint ? hintId : null });
    box.addEventListener("change", () => box.checked && keepPlain(boxes, box, alone));
    boxes.push(box);
    return h(
      "label",
      { class: alone.has(choice.id) ? "tick alone" : "tick" },
      box,
      h("span", {}, choice.title, hint && h("span", { class: "hint", id: hintId }, hint)),
    );
  });
  const problem = h("p", { class: "problem", role: "alert" });
  const form = h(
    "form",
    { novalidate: true },
    h("fieldset", {}, h("legend", { class: "unseen" }, reply.text.split("\n")[0]), ...rows),
    problem,
    h("button", { class: "primary" }, t("done")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ticked = choices.filter((_, place) => boxes[place].checked);
    if (ticked.length === 0) {
      problem.textContent = t("tickOne");
      boxes[0].focus();
      return;
    }
    answer({ choices: ticked.map(({ id }) => id) }, ticked.map(({ title }) => title).join("; "));
  });
  form.addEventListener("change", () => (problem.textContent = ""));
  return form;
}

/** @param {HTMLInputElement[]} boxes @param {HTMLInputElement} ticked @param {Set<string>} alone */
function keepPlain(boxes, ticked, alone) {
  for (const box of boxes) {
    if (box !== ticked && (alone.has(ticked.value) || alone.has(box.value))) box.checked = false;
  }
}
