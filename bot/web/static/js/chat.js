/** The conversation on the screen: what the patient sends, what the guide answers. */

import { say, shout } from "./announce.js";
import { Failure, endsWithPage, history } from "./api.js";
import { alarm, dropFromView, keepInView } from "./care_bar.js";
import { render } from "./cards/render.js";
import { Composer } from "./composer.js";
import { Diary } from "./diary.js";
import { byId, h } from "./dom.js";
import { Outbox, freshMessageId } from "./outbox.js";
import { Tabs } from "./tabs.js";
import { canBeRated, tells, thumbs } from "./thumbs.js";
import { Transcript } from "./transcript.js";
import { Waiting } from "./waiting.js";
import { starters, t } from "./words.js";

/**
 * @typedef {import("./api.js").Past} Past
 * @typedef {import("./outbox.js").Outgoing} Outgoing
 */

/** The choice that begins a new check; the server takes it at any time. */
const START_OVER = "start_over";

export class Chat {
  /**
   * @param {string} notice stands at the beginning of every conversation
   * @param {(reason: string) => void} onEnded the server does not know the conversation any more
   */
  constructor(notice, onEnded) {
    this.notice = notice;
    this.onEnded = onEnded;
    this.transcript = new Transcript();
    this.composer = new Composer((text) => this.send({ text }, text));
    this.outbox = new Outbox(
      (message, state, failure) => this.#onState(message, state, failure),
      (message, answer) => this.#onAnswer(answer, message.id),
    );
    this.waiting = new Waiting(this.transcript);
    this.tabs = new Tabs(() => this.refresh());
    this.diary = new Diary(() => this.send({ choice: START_OVER }, t("checkAgain"), true));
    /** @type {Map<string, HTMLElement>} the patient's bubbles by message id */
    this.bubbles = new Map();
    /** @type {number | null} */
    this.earlier = null;
    this.transcript.older.addEventListener("click", () => this.#showEarlier());
  }

  /** A new conversation: nothing said yet. */
  begin() {
    this.#reset();
    this.diary.clear();
    const buttons = starters().map(([shown, text]) => h("button", { type: "button", onclick: () => this.send({ text }, shown, true) }, shown));
    this.transcript.add(
      this.transcript.guide([
        h("h2", { class: "start" }, t("startTitle")),
        h("p", {}, t("start")),
        h("div", { class: "choices question", role: "group", "aria-label": t("startTitle") }, ...buttons),
      ]),
    );
    if (endsWithPage()) this.transcript.add(this.transcript.note(t("endsWithPage")));
    this.composer.focus();
  }

  /** A conversation that goes on. @param {import("./api.js").Page} page */
  resume(page) {
    this.#reset();
    this.#earlierFrom(page);
    const last = page.messages.findLastIndex((past) => past.from === "patient");
    const bubbles = this.#pastBubbles(page.messages, last);
    page.messages.forEach(({ at }, place) => {
      const line = this.transcript.dayLine(at);
      this.transcript.log.append(...(line ? [line] : []), bubbles[place]);
    });
    keepInView(page.messages.filter((past) => past.from === "guide"));
    requestAnimationFrame(() => this.transcript.toEnd());
  }

  /** The patient opens the page again. @param {import("./api.js").Page} page */
  async comeBack(page) {
    this.resume(page);
    this.transcript.add(this.transcript.note(t("resumed")));
    await this.diary.offer(page.messages.at(-1)?.at ?? 0);
  }

  /** Another tab went on, or the language was changed: show it anew. */
  async refresh() {
    if (this.outbox.queue.length > 0) return;
    try {
      const page = await history();
      if (page.messages.length > 0) this.resume(page);
      else this.begin();
    } catch (error) {
      // Erased in the other tab: nothing of it stays on this screen either. Without a connection all stays as it is.
      if (error instanceof Failure && error.status === 401) this.end(t("ended"));
    }
  }

  /** The server doesn't have the conversation any more. @param {string} reason */
  end(reason) {
    this.#reset();
    this.diary.clear();
    this.onEnded(reason);
  }

  /**
   * @param {Record<string, any>} body
   * @param {string} text as it is shown
   * @param {boolean} [tapped] the focus then goes to the answer field
   */
  send(body, text, tapped = false) {
    const message = { id: freshMessageId(), body, text };
    this.diary.close();
    this.#retireQuestions(message.id);
    const bubble = this.transcript.patient(text);
    bubble.append(h("span", { class: "state" }));
    this.bubbles.set(message.id, bubble);
    this.transcript.add(bubble, true);
    this.outbox.add(message);
    if (tapped) this.composer.focus();
  }

  #reset() {
    this.outbox.clear();
    this.waiting.stop();
    this.transcript.clear(this.notice);
    this.bubbles.clear();
    dropFromView();
    this.diary.close();
  }

  /** @param {import("./api.js").Answer} answer @param {string} id of the message that it answers */
  #onAnswer({ replies }, id) {
    this.waiting.stop();
    const pressing = alarm(replies);
    if (pressing) shout(pressing);
    for (const reply of replies) say(spoken(reply), reply.lang);
    // The first of several answers is brought into view, so that reading starts at the beginning.
    const bubbles = replies.map((reply) => this.#guideBubble(reply, true));
    this.#addThumbs(replies, bubbles, id);
    // First what takes room from the list.
    keepInView(replies);
    bubbles.forEach((bubble) => this.transcript.add(bubble));
    if (replies.some(({ type }) => type === "summary")) this.diary.grown();
    this.tabs.tell();
    if (replies.some((reply) => reply.data.forgotten === true)) this.end(t("forgotten"));
  }

  /** @param {import("./api.js").Reply} reply @param {boolean} open whether its question can still be answered */
  #guideBubble(reply, open) {
    const answer = (/** @type {Record<string, any>} */ body, /** @type {string} */ text) => this.send(body, text, true);
    return this.transcript.guide(render(reply, open ? answer : null), reply.lang);
  }

  /** Under the last reply that tells something. @param {import("./api.js").Reply[]} replies @param {HTMLElement[]} bubbles @param {string} id @param {string} [rating] */
  #addThumbs(replies, bubbles, id, rating) {
    if (canBeRated(replies)) bubbles[replies.findLastIndex(tells)].append(thumbs(id, rating));
  }

  /** @param {Past[]} messages @param {number} last place from which on questions can still be answered */
  #pastBubbles(messages, last) {
    const bubbles = messages.map((past, place) =>
      past.from === "patient" ? this.transcript.patient(past.text) : this.#guideBubble(past, place > last),
    );
    messages.forEach(({ from, id, rating }, place) => {
      if (from !== "patient" || !id) return;
      const rest = messages.slice(place + 1);
      const end = rest.findIndex((past) => past.from === "patient");
      const replies = end < 0 ? rest : rest.slice(0, end);
      this.#addThumbs(replies, bubbles.slice(place + 1), id, rating);
    });
    return bubbles;
  }

  /** @param {import("./api.js").Page} page */
  #earlierFrom(page) {
    this.earlier = page.earlier;
    this.transcript.older.hidden = page.earlier === null;
  }

  async #showEarlier() {
    const page = await history(this.earlier).catch(() => null);
    if (!page) return say(t("cannotLoad"));
    this.#earlierFrom(page);
    this.transcript.addEarlier(this.#pastBubbles(page.messages, page.messages.length));
  }

  /** What was asked is answered now, or passed over. @param {string} id of the message that does so */
  #retireQuestions(id) {
    for (const question of /** @type {NodeListOf<HTMLElement>} */ (this.transcript.log.querySelectorAll(".question:not([hidden])"))) {
      question.hidden = true;
      question.dataset.retiredBy = id;
    }
  }

  /** @param {Outgoing} message @param {import("./outbox.js").State} state @param {import("./api.js").Failure} [failure] */
  #onState(message, state, failure) {
    const bubble = this.bubbles.get(message.id);
    if (!bubble) return;
    bubble.dataset.state = state;
    const line = /** @type {HTMLElement} */ (bubble.querySelector(".state"));
    line.replaceChildren(state === "sent" ? "" : t(state));
    byId("offline").hidden = state !== "waiting" || failure?.status !== 0;
    if (state === "sending") this.waiting.start();
    else this.waiting.stop();
    if (state === "failed") this.#onFailed(message, line, failure);
    this.transcript.follow();
  }

  /** @param {Outgoing} message @param {HTMLElement} line @param {import("./api.js").Failure} [failure] */
  #onFailed(message, line, failure) {
    const told = failure?.message ?? "failure";
    const reason = ["unreadable", "failure", "offline"].includes(told) ? t(told) : told;
    line.append(" ", reason);
    say(`${t("failed")} ${reason}`);
    for (const question of /** @type {NodeListOf<HTMLElement>} */ (this.transcript.log.querySelectorAll(`[data-retired-by="${message.id}"]`))) question.hidden = false;
    if (failure?.status === 401) {
      line.append(" ", h("button", { type: "button", onclick: () => this.end(t("ended")) }, t("startNew")));
    } else if (typeof message.body.text === "string") {
      line.append(" ", h("button", { type: "button", onclick: () => this.composer.edit(message.text) }, t("edit")));
    }
  }
}

/**
 * What a screen reader says of a reply: all of it, but only the title of a summary, which is to be read at leisure.
 * @param {import("./api.js").Reply} reply
 */
function spoken({ type, text, choices }) {
  const words = type === "summary" ? text.split("\n")[0] : text;
  // A checklist has its items in the text already.
  const unsaid = choices.map(({ title }) => title).filter((title) => !words.includes(`- ${title}`));
  return [t("guide"), words, ...unsaid].join("\n");
}
