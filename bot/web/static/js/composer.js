/** The answer field. */

import { byId } from "./dom.js";
import { t } from "./words.js";

const LONGEST = 2000;
const WARN_FROM = 1800;

export class Composer {
  /** @param {(text: string) => void} onSend */
  constructor(onSend) {
    /** @type {HTMLTextAreaElement} */
    this.field = byId("answer");
    /** @type {HTMLElement} */
    this.count = byId("count");
    this.onSend = onSend;
    byId("composer").addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("keydown", (event) => {
      // Enter that picks a suggestion of an input method is no "send".
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send();
      }
    });
    this.field.addEventListener("input", () => this.#measure());
    for (const type of ["pointerdown", "click", "blur"]) {
      this.field.addEventListener(type, () => this.field.removeAttribute("inputmode"));
    }
  }

  /** Move the focus here, on a phone without opening its keyboard over what was just tapped. */
  focus() {
    if (matchMedia("(pointer: coarse)").matches) this.field.setAttribute("inputmode", "none");
    this.field.focus({ preventScroll: true });
  }

  /** @param {string} text put back for changing */
  edit(text) {
    this.field.value = text;
    this.#measure();
    this.field.focus();
  }

  #send() {
    const text = this.field.value.trim();
    if (!text || length(text) > LONGEST) return;
    this.field.value = "";
    this.#measure();
    this.onSend(text);
  }

  #measure() {
    const used = length(this.field.value.trim());
    const over = used > LONGEST;
    this.field.setAttribute("aria-invalid", String(over));
    if (used < WARN_FROM) this.count.textContent = "";
    else this.count.textContent = over ? t("too_many", { count: used - LONGEST }) : t("left_count", { count: LONGEST - used });
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 200)}px`;
  }
}

/** Characters as the server counts them: an emoji is one. @param {string} text */
function length(text) {
  return [...text].length;
}
