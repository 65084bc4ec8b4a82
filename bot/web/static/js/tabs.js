/** Two tabs with the same conversation stay in step. No words go through the channel: the other tab asks the server. */

export class Tabs {
  /** @param {() => void} onNews */
  constructor(onNews) {
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("rash-guide") : null;
    if (this.channel) this.channel.onmessage = () => onNews();
  }

  tell() {
    this.channel?.postMessage("news");
  }
}
