/** What is shown and said while the guide takes its time. */

import { say } from "./announce.js";
import { h } from "./dom.js";
import { t } from "./words.js";

const SHOW_AFTER = 500;
const SAY_AFTER = 4000;

export class Waiting {
  /** @param {import("./transcript.js").Transcript} transcript */
  constructor(transcript) {
    this.transcript = transcript;
    this.line = h("div", { class: "waiting", "aria-hidden": "true" }, h("span", { class: "dots" }, h("i", {}), h("i", {}), h("i", {})), t("thinking"));
    /** @type {number[]} */
    this.timers = [];
  }

  start() {
    this.stop();
    this.timers = [
      setTimeout(() => this.transcript.add(this.line), SHOW_AFTER),
      setTimeout(() => say(t("stillThinking")), SAY_AFTER),
    ];
  }

  stop() {
    this.timers.forEach(clearTimeout);
    this.line.remove();
  }
}
