/** The call to action of an urgent card, kept in view above the conversation. */

import { PRESSING, callLink } from "./cards/care_card.js";
import { byId, h } from "./dom.js";
import { named } from "./words.js";

/**
 * Show the last card among these replies if it presses. One that doesn't is the result of a new check, or of a
 * correction, and takes the place of the one before. @param {import("./api.js").Reply[]} replies
 */
export function keepInView(replies) {
  const card = replies.findLast(({ type, data }) => type === "care_card" && data.headline);
  if (!card) return;
  if (!PRESSING.includes(card.data.urgency)) return dropFromView();
  const { data } = card;
  const bar = byId("care-bar");
  bar.className = data.urgency;
  bar.replaceChildren(
    h("p", {}, h("strong", {}, named("urgency", data.urgency, data.urgency)), " ", data.headline ?? ""),
    ...(data.call?.number ? [callLink(data.call.number, data.call.label)] : []),
  );
  bar.hidden = false;
}

/** Take it away: another conversation begins. */
export function dropFromView() {
  byId("care-bar").hidden = true;
}

/** @param {import("./api.js").Reply[]} replies @returns {string} what to say at once, "" where nothing presses */
export function alarm(replies) {
  const card = replies.find(({ type, data }) => type === "care_card" && PRESSING.includes(data.urgency));
  return card ? [card.data.headline, card.data.call?.label].filter(Boolean).join(" ") : "";
}
