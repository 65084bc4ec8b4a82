/** Choices to tap. */

import { h } from "../dom.js";

/**
 * @param {import("../api.js").Reply} reply
 * @param {(body: Record<string, any>, text: string) => void} answer
 * @returns {HTMLElement | null}
 */
export function buttons(reply, answer) {
  if (reply.choices.length === 0) return null;
  return h(
    "div",
    { class: "choices", role: "group", "aria-label": reply.text.split("\n")[0].slice(0, 120) },
    ...reply.choices.map((choice) =>
      h("button", { type: "button", onclick: () => answer({ choice: choice.id }, choice.title) }, choice.title),
    ),
  );
}
