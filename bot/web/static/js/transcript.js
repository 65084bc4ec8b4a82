/** The list of messages: adding, states, scrolling, earlier ones on demand. */

import { byId, h, prose } from "./dom.js";
import { langOf, phrase } from "./phrases.js";
import { day, t } from "./words.js";

export class Transcript {
  constructor() {
    /** @type {HTMLElement} */
    this.log = byId("log");
    /** @type {HTMLElement} */
    this.newer = byId("newer");
    /** @type {HTMLElement} */
    this.older = byId("older");
    this.lastDay = "";
    this.newer.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => {
      if (this.atEnd()) this.newer.hidden = true;
    });
  }

  /** @param {string} notice stands at the beginning */
  clear(notice) {
    this.log.replaceChildren(this.older, ...(notice ? [h("p", { class: "notice log-notice", lang: langOf(notice) || null }, phrase(notice))] : []));
    this.older.hidden = true;
    this.newer.hidden = true;
    this.lastDay = "";
  }

  /** @param {string} text @returns {HTMLElement} */
  patient(text) {
    return bubble("patient", t("you"), [h("div", { class: "said" }, text)]);
  }

  /** @param {Node[]} content @param {string} [lang] where it is not the page's @returns {HTMLElement} */
  guide(content, lang = "") {
    const message = bubble("guide", t("guide"), content);
    if (lang) message.lang = lang;
    return message;
  }

  /** @param {string} text @returns {HTMLElement} a line by the page itself */
  note(text) {
    return h("div", { class: "note" }, ...prose(text));
  }

  /**
   * Add at the end. One's own message is always brought into view; an answer only to someone who reads at the end.
   * @param {HTMLElement} element
   * @param {boolean} [own]
   */
  add(element, own = false) {
    const follow = own || this.atEnd();
    this.log.append(element);
    if (follow) this.show(element);
    else this.newer.hidden = false;
  }

  /** @param {HTMLElement[]} elements earlier ones, in order; what is being read stays where it is */
  addEarlier(elements) {
    const height = this.log.scrollHeight;
    const top = this.log.scrollTop;
    const notice = this.log.querySelector(".log-notice");
    (notice ?? this.older).after(...elements);
    this.log.scrollTop = top + this.log.scrollHeight - height;
  }

  /** @param {number} at seconds @returns {HTMLElement | null} a line with the day, where a new one begins */
  dayLine(at) {
    const name = day(new Date(at * 1000));
    if (name === this.lastDay) return null;
    this.lastDay = name;
    return h("div", { class: "day" }, name);
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }

  /** Bring into view: all of it, or its beginning where it is taller than the list. @param {HTMLElement} element */
  show(element) {
    const tall = element.offsetHeight > this.log.clientHeight - 16;
    if (tall) element.scrollIntoView({ block: "start" });
    else this.toEnd();
  }
}

/** @param {string} side @param {string} speaker @param {Node[]} content */
function bubble(side, speaker, content) {
  return h("div", { class: `message ${side}` }, h("span", { class: "unseen" }, speaker), ...content);
}
