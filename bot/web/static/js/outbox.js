/** Messages on their way: one after the other, each under its own id, sent again until the server has it. */

import { Failure, send } from "./api.js";

/**
 * @typedef {"sending" | "waiting" | "sent" | "failed"} State
 * @typedef {{id: string, body: Record<string, any>, text: string}} Outgoing
 */

const WAITS = [1000, 2000, 4000, 8000, 15_000, 30_000];

export class Outbox {
  /**
   * @param {(message: Outgoing, state: State, failure?: Failure) => void} onState
   * @param {(message: Outgoing, answer: import("./api.js").Answer) => void} onAnswer
   */
  constructor(onState, onAnswer) {
    /** @type {Outgoing[]} */
    this.queue = [];
    this.onState = onState;
    this.onAnswer = onAnswer;
    this.busy = false;
    this.tries = 0;
    /** @type {number | undefined} */
    this.timer = undefined;
    addEventListener("online", () => this.hurry());
  }

  /** @param {Outgoing} message */
  add(message) {
    this.queue.push(message);
    this.onState(message, this.timer ? "waiting" : "sending");
    this.#run();
  }

  /** Try now what would be tried later. */
  hurry() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.#run();
  }

  /** Drop all, as when the conversation is erased. */
  clear() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.queue = [];
  }

  async #run() {
    if (this.busy || this.timer !== undefined) return;
    this.busy = true;
    while (this.queue.length > 0) {
      const message = this.queue[0];
      this.onState(message, "sending");
      try {
        const answer = await send({ id: message.id, ...message.body });
        this.#drop(message);
        this.onState(message, "sent");
        this.onAnswer(message, answer);
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure(500, "failure");
        if (failure.again && failure.message !== "unreadable") {
          this.#later(failure);
          break;
        }
        this.#drop(message);
        this.onState(message, "failed", failure);
      }
    }
    this.busy = false;
  }

  /** @param {Failure} failure */
  #later(failure) {
    for (const message of this.queue) this.onState(message, "waiting", failure);
    const wait = failure.after * 1000 || WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.hurry(), wait);
  }

  /** @param {Outgoing} message */
  #drop(message) {
    this.tries = 0;
    this.queue = this.queue.filter((other) => other !== message);
  }
}

/** @returns {string} */
export function freshMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
