/** Two tabs with the same conversation stay in step. No words go through the channel: the other tab asks the server. */

export class Tabs {
  /** @param {() => void} onNews */
  constructor(onNews) {
    /** @type {BroadcastChannel | null} */
    this.channel = null;
    try {
      this.channel = new BroadcastChannel("rash-guide");
      this.channel.onmessage = () => onNews();
    } catch {
      // Refused in some frames. Each tab then shows what it knows until it is loaded again.
    }
  }

  tell() {
    this.channel?.postMessage("news");
  }
}
