/** A reply as elements. A type that this page doesn't know shows its plain text. */

import { h, prose } from "../dom.js";
import { t } from "../words.js";
import { bodyMap } from "./body_map.js";
import { buttons } from "./buttons.js";
import { careCard } from "./care_card.js";
import { chart } from "./chart.js";
import { checklist } from "./checklist.js";
import { helpFold, sourcesFold, whyFold } from "./folds.js";
import { parts } from "./parts.js";
import { summary } from "./summary.js";

/**
 * @typedef {import("../api.js").Reply} Reply
 * @typedef {(body: Record<string, any>, text: string) => void} Reply2Server
 */

/** @type {Record<string, (reply: Reply) => Node[] | null>} cards that stay; null where their data can't be used */
const CARDS = { care_card: careCard, chart, summary };

/** @type {Record<string, (reply: Reply, answer: Reply2Server) => HTMLElement | null>} questions with their own form */
const FORMS = { checklist, body_map: bodyMap, buttons: parts };

/**
 * @param {Reply} reply
 * @param {Reply2Server | null} answer what a tap does, or null for a question that is over
 * @returns {Node[]}
 */
export function render(reply, answer) {
  const form = answer && question(reply, answer);
  const words = content(reply);
  // What is asked stands out from what is told.
  if (form && FORMS[reply.type] && words[0] instanceof HTMLElement) words[0].classList.add("asked");
  const help = form && helpFold(reply);
  // It steps back with the question.
  help?.classList.add("question");
  return [progress(reply), ...words, whyFold(reply), form, help, sourcesFold(reply)].filter(
    (node) => node != null,
  );
}

/** @param {Reply} reply @returns {Node[]} */
function content(reply) {
  const make = CARDS[reply.type];
  return (make && safely(() => make(reply))) ?? prose(FORMS[reply.type] ? questionAlone(reply) : reply.text);
}

/** What stands in the text for those who see nothing else, and here as rows to tick or in a fold. @param {Reply} reply */
function questionAlone({ type, text, data }) {
  const lines = text.split("\n").filter((line) => line !== data.help);
  return (type === "checklist" ? lines.filter((line) => !line.startsWith("- ")) : lines).join("\n");
}

/** @param {Reply} reply @param {Reply2Server} answer @returns {HTMLElement | null} */
function question(reply, answer) {
  const make = FORMS[reply.type];
  const form = (make && safely(() => make(reply, answer))) ?? buttons(reply, answer);
  form?.classList.add("question");
  return form;
}

/** @param {Reply} reply @returns {HTMLElement | null} */
function progress({ data }) {
  const { step, of } = data.progress ?? {};
  if (!Number.isInteger(step) || !Number.isInteger(of) || of < 1) return null;
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("span", {}));
  /** @type {HTMLElement} */ (bar.firstChild).style.width = `${Math.min(100, (100 * step) / of)}%`;
  return h("p", { class: "progress" }, t("progress", { step, of }), bar);
}

/** @template R @param {() => R} make @returns {R | null} null where data has an unexpected form: the text is shown then */
function safely(make) {
  try {
    return make();
  } catch {
    return null;
  }
}
