/** The list of messages: adding, states, scrolling, earlier ones on demand. */

import { byId, h, prose } from "./dom.js";
import { langOf, phrase } from "./phrases.js";
import { day, t } from "./words.js";

/** Where a message that stays in English has the page's own words. */
const OWN_WORDS = ":scope > .unseen, .progress, .tag, p.hint, .limits h4, .chart .value, .tools, .level, .fold > summary, form > .primary";

export class Transcript {
  constructor() {
    /** @type {HTMLElement} */
    this.log = byId("log");
    /** @type {HTMLElement} */
    this.newer = byId("newer");
    /** @type {HTMLElement} */
    this.older = byId("older");
    this.lastDay = "";
    /** Whether the patient reads at the end, and goes on there when something is added or the list gets smaller. */
    this.following = true;
    this.newer.addEventListener("click", () => this.toEnd());
    // While capturing, to hear of both that may scroll.
    addEventListener("scroll", () => this.#onScroll(), { capture: true, passive: true });
    new ResizeObserver(() => this.scroller === this.log && this.follow()).observe(this.log);
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
    if (lang) {
      message.lang = lang;
      markOwnWords(message);
    }
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
    this.log.append(element);
    if (own || this.following) this.show(element);
    else this.newer.hidden = false;
  }

  /** @param {HTMLElement[]} elements earlier ones, in order; what is being read stays where it is */
  addEarlier(elements) {
    const { scroller } = this;
    const height = scroller.scrollHeight;
    const top = scroller.scrollTop;
    const notice = this.log.querySelector(".log-notice");
    (notice ?? this.older).after(...elements);
    scroller.scrollTop = top + scroller.scrollHeight - height;
  }

  /** @param {number} at seconds @returns {HTMLElement | null} a line with the day, where a new one begins */
  dayLine(at) {
    const name = day(new Date(at * 1000));
    if (name === this.lastDay) return null;
    this.lastDay = name;
    return h("div", { class: "day" }, name);
  }

  /** What scrolls: the list, or the page as one where there is little height. */
  get scroller() {
    return getComputedStyle(this.log).overflowY === "visible" ? document.documentElement : this.log;
  }

  toEnd() {
    this.following = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
  }

  /** The list or its last message has another size now. */
  follow() {
    if (this.following) this.toEnd();
  }

  /** Bring into view: all of it, or its beginning where there is no room for all. @param {HTMLElement} element */
  show(element) {
    const { scroller } = this;
    // The page holds the answer field too.
    const room = scroller === this.log ? scroller.clientHeight - 16 : scroller.clientHeight / 2;
    if (element.offsetHeight <= room) return this.toEnd();
    this.following = false;
    element.scrollIntoView({ block: "start" });
  }

  #onScroll() {
    const { scroller } = this;
    this.following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 16;
    if (this.following) this.newer.hidden = true;
  }
}

/** For screen readers: these parts are in the page's language. @param {HTMLElement} message */
function markOwnWords(message) {
  for (const own of /** @type {NodeListOf<HTMLElement>} */ (message.querySelectorAll(OWN_WORDS))) own.lang = t("lang");
}

/** @param {string} side @param {string} speaker @param {Node[]} content */
function bubble(side, speaker, content) {
  return h("div", { class: `message ${side}` }, h("span", { class: "unseen" }, speaker), ...content);
}
