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
    { class: "choices", role: "group", "aria-label": firstSentence(reply.text) },
    ...reply.choices.map((choice) =>
      h("button", { type: "button", onclick: () => answer({ choice: choice.id }, choice.title) }, choice.title),
    ),
  );
}

/** What is asked, as a name: whole words, and not a page of them. @param {string} text */
function firstSentence(text) {
  return text.split(/\n|(?<=[.?!]) /)[0];
}
