/** Calls to the gateway, and the ways in which they fail. */

import { translated } from "./phrases.js";

/**
 * @typedef {{id: string, title: string}} Choice
 * @typedef {{id: string, title: string, level?: string}} Source
 * @typedef {{type: string, text: string, choices: Choice[], data: Record<string, any>, sources: Source[], lang?: string}} Reply
 * @typedef {{replies: Reply[], urgency: string | null}} Answer
 * @typedef {Reply & {from: "patient" | "guide", id?: string, at: number, rating?: string}} Past
 * @typedef {{at: number, urgency: string | null, percent: number | null, itch: number | null}} Check
 * @typedef {{messages: Past[], earlier: number | null, urgency: string | null}} Page
 */

/** A call that failed. `again` tells whether the same call may work later; `after` is the server's wait in seconds. */
export class Failure extends Error {
  /** @param {number} status 0 without a connection @param {string} message @param {number} [after] */
  constructor(status, message, after = 0) {
    super(message);
    this.status = status;
    this.after = after;
    this.again = status === 0 || status === 429 || status >= 500;
  }
}

const PATIENCE = 20_000;
const KEY = "rash-guide-token";

/** @type {string | null} set only where the browser keeps no cookie for us */
let token = kept();

/** Start a conversation. */
export async function startSession() {
  token = null;
  const session = await call("POST", "/api/session");
  try {
    await history();
  } catch (error) {
    if (!(error instanceof Failure) || error.status !== 401) throw error;
    // Cookies are refused, as in a frame on another site: send the token ourselves, for as long as the tab is open.
    keep(session.token);
  }
}

/** Whether the browser keeps nothing for us, so that the conversation ends with the page. */
export function endsWithPage() {
  return token !== null && kept() !== token;
}

/** @param {Record<string, any>} message @returns {Promise<Answer>} */
export async function send(message) {
  const answer = await call("POST", "/api/messages", message);
  if (!Array.isArray(answer?.replies)) throw new Failure(502, "unreadable");
  return { urgency: answer.urgency ?? null, replies: answer.replies.map(tidy) };
}

/** @param {number | null} [before] @returns {Promise<Page>} */
export async function history(before = null) {
  const page = await call("GET", before ? `/api/conversation?before=${before}` : "/api/conversation");
  if (!Array.isArray(page?.messages)) throw new Failure(502, "unreadable");
  return { ...page, messages: page.messages.map((/** @type {any} */ past) => ({ ...past, ...(past.from === "guide" ? tidy(past) : {}) })) };
}

/** The earlier checks, oldest first. @returns {Promise<Check[]>} */
export async function diary() {
  const { checks } = await call("GET", "/api/diary");
  return Array.isArray(checks) ? checks : [];
}

/** What the patient thinks of the answer to a message. @param {string} id of the message @param {string | null} rating */
export async function rate(id, rating) {
  await call("POST", "/api/rating", { id, rating });
}

/** Erase the conversation on the server. */
export async function forget() {
  await call("POST", "/api/forget");
  keep(null);
}

/** @param {any} reply @returns {Reply} whose parts have the types we count on, whatever came, in the page's language */
function tidy(reply) {
  return translated({
    type: String(reply?.type ?? "text"),
    text: String(reply?.text ?? ""),
    choices: Array.isArray(reply?.choices) ? reply.choices : [],
    data: reply?.data && typeof reply.data === "object" ? reply.data : {},
    sources: Array.isArray(reply?.sources) ? reply.sources : [],
  });
}

/** @param {string} method @param {string} path @param {any} [body] @returns {Promise<any>} */
async function call(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = body ? { "content-type": "application/json" } : {};
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Failure(0, "offline");
  }
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new Failure(response.ok ? 502 : response.status, response.ok ? "unreadable" : "failure");
  }
  if (response.ok) return answer;
  const after = Number(response.headers.get("retry-after")) || 0;
  throw new Failure(response.status, String(answer?.error?.message ?? "failure"), after);
}

/** @returns {string | null} */
function kept() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string | null} value */
function keep(value) {
  token = value;
  try {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is refused too: the token lives as long as the page.
  }
}
