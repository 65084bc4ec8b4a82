/** Earlier checks as a small timeline, and the question how it is now. Each line is text; the bars repeat it. */

import { diary } from "./api.js";
import { byId, h } from "./dom.js";
import { lately, named, t } from "./words.js";

/** @typedef {import("./api.js").Check} Check */

/** As many are shown at first. */
const RECENT = 3;
/** Who was away for as many seconds comes back. */
const AWAY = 3600;
const HIGHEST_ITCH = 4;
/** Percent of the skin that a full bar is at least, so that one palm does not look like much. */
const LEAST_SCALE = 10;

export class Diary {
  /** @param {() => void} checkAgain */
  constructor(checkAgain) {
    this.checkAgain = checkAgain;
    /** @type {HTMLElement} */
    this.place = byId("diary");
    /** @type {HTMLElement} */
    this.opener = byId("open-diary");
    this.opener.addEventListener("click", () => this.open());
  }

  /** Show it to a patient who comes back. @param {number} last seconds, when the conversation went on last */
  async offer(last) {
    const checks = await this.#load();
    if (checks.length > 0 && Date.now() / 1000 - last > AWAY) this.#show(checks);
  }

  /** Show it on demand. */
  async open() {
    const checks = await this.#load();
    if (checks.length === 0) return;
    this.#show(checks);
    this.place.querySelector("h2")?.focus();
  }

  /** A check was finished: there is something to look back at. */
  grown() {
    this.opener.hidden = false;
  }

  close() {
    this.place.hidden = true;
  }

  /** Take it away with the conversation that it belongs to. */
  clear() {
    this.close();
    this.opener.hidden = true;
  }

  async #load() {
    const checks = await diary().catch(() => []);
    this.opener.hidden = checks.length === 0;
    return checks;
  }

  /** @param {Check[]} checks */
  #show(checks) {
    const widest = Math.max(LEAST_SCALE, ...checks.map(({ percent }) => percent ?? 0));
    const rows = checks.map((check) => line(check, widest)).reverse();
    const recent = rows.slice(0, RECENT);
    const older = rows.slice(RECENT);
    this.place.replaceChildren(
      h("h2", { tabindex: -1, id: "diary-title" }, t("diaryTitle")),
      h("ol", { class: "timeline", reversed: true }, ...recent),
      ...(older.length > 0
        ? [h("details", { class: "fold" }, h("summary", {}, t("diaryOlder", { count: older.length })), h("ol", { class: "timeline", reversed: true }, ...older))]
        : []),
      h("div", { class: "choices" },
        h("button", { type: "button", class: "primary", onclick: () => this.checkAgain() }, t("diaryNow")),
        h("button", { type: "button", onclick: () => this.close() }, t("close")),
      ),
    );
    this.place.hidden = false;
  }
}

/** @param {Check} check @param {number} widest percent of the longest bar @returns {HTMLElement} */
function line({ at, urgency, percent, itch }, widest) {
  const skin = percent === null ? t("notTold") : percent < 0.75 ? t("palmsLess") : t("palms", { count: Math.round(percent) });
  const itching = itch === null ? t("notTold") : named("itchLevels", String(itch), String(itch));
  return h(
    "li",
    { class: urgency ?? "" },
    h("span", { class: "head" },
      h("span", { class: "when" }, lately(new Date(at * 1000))),
      " ",
      urgency && h("span", { class: `tag ${urgency}` }, named("urgency", urgency, urgency)),
    ),
    h("span", { class: "measure" }, `${t("diarySkin")}: ${skin}`, bar(percent, widest)),
    h("span", { class: "measure" }, `${t("diaryItch")}: ${itching}`, bar(itch, HIGHEST_ITCH)),
  );
}

/** @param {number | null} value @param {number} full @returns {HTMLElement} */
function bar(value, full) {
  const filled = h("span", {});
  filled.style.width = `${(100 * (value ?? 0)) / full}%`;
  return h("span", { class: "bar", "aria-hidden": "true" }, filled);
}
