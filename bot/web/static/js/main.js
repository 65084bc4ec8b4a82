/** Starts the chat page: resume what there is, else ask for agreement first. */

import { say } from "./announce.js";
import { Failure, forget, history, startSession } from "./api.js";
import { Chat } from "./chat.js";
import { callLink } from "./cards/care_card.js";
import { aboutGuide, setUpDialogs } from "./dialogs.js";
import { byId, h } from "./dom.js";
import { applyLook, askFor, hearHost, hostTitle, language, tellHost } from "./embed.js";
import { langOf, loadPhrases, phrase } from "./phrases.js";
import { english, t, useLanguage } from "./words.js";

/** @type {import("./dialogs.js").Facts} */
const facts = JSON.parse(byId("facts").textContent);

/** Whether the page has shown something yet; until then the focus is the browser's. */
let begun = false;

applyLook();
tellHost("ready");
await speak(language());
const chat = new Chat(facts.notice, welcome);
setUp();
hearHost((type) => type === "opened" && !byId("chat").hidden && chat.composer.focus());
addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && tellHost("close"));
addEventListener("offline", () => (byId("offline").hidden = false));
addEventListener("online", () => {
  byId("offline").hidden = true;
  say(t("online"));
});
byId("offline").hidden = navigator.onLine;
await open();
begun = true;
// What was written and is not sent yet is nowhere but here.
addEventListener("beforeunload", (event) => chat.outbox.queue.length > 0 && event.preventDefault());
// For the next time, without a connection. Where it is refused, the page works as before.
navigator.serviceWorker?.register(`/sw.js?lang=${t("lang")}`).catch(() => {});

/** @param {string} chosen the page's language from now on */
async function speak(chosen) {
  await useLanguage(chosen);
  await loadPhrases(facts.phrases[t("lang")]);
}

/** All of the page's own words, in its language. */
function setUp() {
  setWords();
  setUpDialogs(facts, {
    askPerson: () => chat.send({ text: english("personText") }, t("personText"), true),
    forget: erase,
  });
}

/** To the other language, where the conversation stands. */
async function switchLanguage() {
  askFor(t("otherLanguage"));
  await speak(t("otherLanguage"));
  setUp();
  if (byId("chat").hidden) welcome();
  else await chat.refresh();
  byId("more").querySelector("summary").focus();
}

/** Go on with the conversation that the cookie names, or begin. */
async function open() {
  try {
    const page = await history();
    show("chat");
    if (page.messages.length > 0) await chat.comeBack(page);
    else chat.begin();
  } catch (error) {
    if (error instanceof Failure && error.status === 401) welcome();
    else trouble(open);
  }
}

/** The first screen. @param {string} [notice] what happened before */
function welcome(notice = "") {
  say(notice);
  show(
    "welcome",
    notice && h("p", { class: "notice" }, notice),
    h("h2", { tabindex: -1 }, t("welcomeTitle")),
    h("div", { class: "first" }, h("p", {}, t("welcomeEmergency")), callLink(facts.emergency.dial, t("call", { number: facts.emergency.number }))),
    ...aboutGuide(facts),
    h("div", { class: "choices" },
      h("button", { type: "button", class: "primary", id: "agree", onclick: agree }, t("agree")),
      h("button", { type: "button", onclick: leave }, t("leave")),
    ),
  );
}

async function agree() {
  const button = byId("agree");
  if (button) button.disabled = true;
  try {
    await startSession();
    show("chat");
    chat.begin();
  } catch {
    trouble(agree);
  }
}

function leave() {
  show("welcome", h("h2", { tabindex: -1 }, t("leftTitle")), h("p", {}, t("left")),
    callLink(facts.emergency.dial, `${t("emergency")}: ${t("call", { number: facts.emergency.number })}`),
    h("div", { class: "choices" }, h("button", { type: "button", onclick: () => welcome() }, t("back"))),
  );
  tellHost("close");
}

async function erase() {
  try {
    await forget();
  } catch (error) {
    if (!(error instanceof Failure) || error.status !== 401) {
      chat.transcript.add(chat.transcript.note(t("notForgotten")), true);
      say(t("notForgotten"));
      return;
    }
  }
  chat.tabs.tell();
  chat.end(t("forgotten"));
}

/** The server can't be reached: say so, with the number that always works. @param {() => void} again */
function trouble(again) {
  show("welcome", h("h2", { tabindex: -1 }, t("cannotLoad")),
    callLink(facts.emergency.dial, `${t("emergency")}: ${t("call", { number: facts.emergency.number })}`),
    h("div", { class: "choices" }, h("button", { type: "button", class: "primary", onclick: again }, t("tryAgain"))),
  );
}

/** @param {"welcome" | "chat"} part @param {...import("./dom.js").Child} content for the welcome part */
function show(part, ...content) {
  byId("welcome").hidden = part !== "welcome";
  byId("chat").hidden = part !== "chat";
  byId("open-forget").hidden = part !== "chat";
  if (part !== "chat") byId("open-diary").hidden = true;
  if (part === "chat") return;
  byId("welcome").replaceChildren(...content.filter((child) => child));
  window.scrollTo(0, 0);
  // What had the focus is gone: reading goes on at the new heading.
  if (begun) byId("welcome").querySelector("h2").focus();
}

function setWords() {
  document.title = hostTitle() || t("pageTitle");
  byId("title").textContent = hostTitle() || t("title");
  byId("more").querySelector("summary").textContent = t("more");
  byId("log").setAttribute("aria-label", t("log"));
  byId("answer").setAttribute("placeholder", t("answerHint"));
  byId("answer-label").textContent = t("answer");
  byId("send").textContent = t("send");
  byId("newer").textContent = t("newer");
  byId("older").textContent = t("older");
  byId("offline").textContent = t("offline");
  byId("notice").textContent = phrase(facts.notice);
  byId("notice").lang = langOf(facts.notice);
  byId("diary").setAttribute("aria-label", t("diaryTitle"));
  byId("open-diary").textContent = t("diaryTitle");
  byId("switch-language").textContent = t("otherName");
  byId("switch-language").lang = t("otherLanguage");
  byId("switch-language").onclick = switchLanguage;
  // The menu closes once something in it was chosen.
  byId("more").onclick = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLButtonElement) byId("more").open = false;
  };
}
