/** What is always at hand: emergency numbers, a person to talk to, erasing. All of it works without a connection. */

import { callLink } from "./cards/care_card.js";
import { byId, h } from "./dom.js";
import { langOf, phrase } from "./phrases.js";
import { t } from "./words.js";

/** @typedef {{number: string, dial: string, label: string}} Phone */
/** @typedef {{title: string, lines: string[]}} Look */
/** @typedef {{country: string, emergency: Phone, crisis: Phone | null, flags: {id: string, title: string}[], notice: string, keep_days: number, coverage: Record<string, number>, looks: Look[], phrases: Record<string, string>}} Facts */

/**
 * In the page's language; done again when that changes.
 * @param {Facts} facts
 * @param {{askPerson: () => void, forget: () => void}} actions
 */
export function setUpDialogs(facts, actions) {
  for (const old of document.querySelectorAll("dialog")) old.remove();
  opener("open-emergency", t("emergency"), dialog(t("emergencyTitle"), emergency(facts)));
  const person = dialog(t("personTitle"), [
    h("p", {}, t("personTeam")),
    h("p", {}, t("personClosed")),
    callLink(facts.emergency.dial, `${t("emergency")}: ${t("call", { number: facts.emergency.number })}`),
    h("p", {}, t("personAsk")),
    h("button", { type: "button", class: "in-chat", onclick: () => close(person, actions.askPerson) }, t("personSend")),
  ]);
  opener("open-person", t("person"), person);
  const sure = dialog(t("forgetTitle"), [
    h("p", {}, t("forgetText")),
    h("div", { class: "choices" },
      h("button", { type: "button", class: "danger", onclick: () => close(sure, actions.forget) }, t("forgetYes")),
      h("button", { type: "button", onclick: () => close(sure) }, t("forgetNo")),
    ),
  ]);
  opener("open-forget", t("forget"), sure);
  opener("open-about", t("about"), dialog(t("about"), aboutGuide(facts)));
  opener("open-looks", t("looks"), dialog(t("looks"), looks(facts)));
}

/** @param {Facts} facts @returns {HTMLElement[]} */
function emergency(facts) {
  const { emergency: line, crisis } = facts;
  const parts = [
    callLink(line.dial, t("call", { number: line.number })),
    h("p", {}, t("emergencyIntro", { number: line.number })),
    h("ul", {}, ...facts.flags.map((flag) => h("li", {}, phrase(flag.title)))),
    h("p", {}, t("emergencySay")),
    h("p", {}, t("emergencyDose")),
  ];
  if (crisis) parts.push(h("p", {}, t("emergencyCrisis", { label: crisis.label, number: crisis.number })), callLink(crisis.dial, t("call", { number: crisis.number })));
  return parts;
}

/** How a rash looks on white, brown and black skin. @param {Facts} facts @returns {HTMLElement[]} */
export function looks(facts) {
  return facts.looks.flatMap(({ title, lines }) => [
    h("h3", { lang: langOf(title) || null }, phrase(title)),
    h("ul", {}, ...lines.map((line) => h("li", { lang: langOf(line) || null }, phrase(line)))),
  ]);
}

/** The first screen's statements. @param {Facts} facts @returns {HTMLElement[]} */
export function aboutGuide(facts) {
  return [
    h("p", {}, t("welcomeProgram")),
    h("p", {}, t("welcomeCan")),
    h("p", {}, t("welcomeCannot")),
    h("p", {}, t("welcomeStored", { count: facts.keep_days })),
    h("p", {}, t("welcomeAdults")),
    ...(facts.notice ? [h("p", { class: "notice", lang: langOf(facts.notice) || null }, phrase(facts.notice))] : []),
  ];
}

/** @param {string} title @param {HTMLElement[]} content @returns {HTMLDialogElement} */
function dialog(title, content) {
  const box = h("dialog", { "aria-label": title }, h("h2", {}, title), ...content);
  box.append(h("button", { type: "button", class: "close", onclick: () => close(box) }, t("close")));
  // A tap beside the box closes it.
  box.addEventListener("click", (event) => event.target === box && close(box));
  document.body.append(box);
  return box;
}

/** @param {string} id @param {string} label @param {HTMLDialogElement} box */
function opener(id, label, box) {
  const button = byId(id);
  button.textContent = label;
  button.onclick = () => {
    box.showModal();
    box.scrollTop = 0;
  };
}

/** @param {HTMLDialogElement} box @param {() => void} [then] */
function close(box, then) {
  box.close();
  then?.();
}
