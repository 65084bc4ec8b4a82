/** Thumbs up or down under an answer, for the coach to learn from. Nothing is kept in the browser. */

import { say } from "./announce.js";
import { rate } from "./api.js";
import { PRESSING } from "./cards/care_card.js";
import { h, s } from "./dom.js";
import { t } from "./words.js";

/** A fist with its thumb up, in a square of 24. */
const THUMB = "M2 10h4v11H2zM8 21V10l4-8c2 0 3 1 3 3l-1 4h6c1 0 2 1 2 2l-2 8c0 1-1 2-2 2z";

/**
 * Whether an answer is one to rate: it tells something, and nothing more urgent is to be done.
 * @param {import("./api.js").Reply[]} replies
 */
export function canBeRated(replies) {
  return replies.some(tells) && !replies.some(({ data }) => PRESSING.includes(data.urgency) || data.forgotten);
}

/** @param {import("./api.js").Reply} reply @returns {boolean} whether it is no question of the guide's own */
export function tells({ type, data }) {
  return !data.progress && !["checklist", "body_map"].includes(type);
}

/** @param {string} id of the message that was answered @param {string} [rating] given before */
export function thumbs(id, rating) {
  const up = thumb("up");
  const down = thumb("down");
  const both = [up, down];
  show(rating ?? null);

  /** @param {"up" | "down"} way */
  function thumb(way) {
    const icon = s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: THUMB }));
    return h("button", { type: "button", class: `thumb ${way}`, onclick: () => press(way) }, icon, t(way === "up" ? "helped" : "helpedNot"));
  }

  /** @param {string | null} given */
  function show(given) {
    for (const button of both) button.setAttribute("aria-pressed", String(button.classList.contains(given ?? "none")));
  }

  /** @param {"up" | "down"} way */
  async function press(way) {
    const before = rating ?? null;
    rating = before === way ? undefined : way;
    show(rating ?? null);
    try {
      await rate(id, rating ?? null);
      say(t(rating ? "rated" : "ratedNot"));
    } catch {
      rating = before ?? undefined;
      show(before);
      say(t("rateFailed"));
    }
  }

  return h("div", { class: "thumbs", lang: t("lang"), role: "group", "aria-label": t("rate") }, ...both);
}
