/** When shown in a frame: the look that the host page asked for, and word to it when the chat should be closed. */

const asked = new URLSearchParams(location.search);

/** The language asked for, by the patient, the host page or the browser. */
export function language() {
  return asked.get("lang") ?? (navigator.language.startsWith("es") ? "es" : "en");
}

/** Ask for another language, also for when the page is loaded again. @param {string} chosen */
export function askFor(chosen) {
  asked.set("lang", chosen);
  history.replaceState(null, "", `?${asked}`);
}

/** Whether the page is shown in a frame by the widget. */
export const embedded = window.parent !== window && asked.has("host");

/** Take over the host's colour and title, where they are usable. */
export function applyLook() {
  const color = asked.get("color") ?? "";
  if (/^#[0-9a-f]{6}$/i.test(color)) {
    document.documentElement.style.setProperty("--accent", color);
    document.documentElement.style.setProperty("--on-accent", luminance(color) > 0.18 ? "#000" : "#fff");
  }
  document.documentElement.classList.toggle("embedded", embedded);
}

/** @returns {string} the host's title for the chat, or "" */
export function hostTitle() {
  return (asked.get("title") ?? "").slice(0, 60);
}

/** Tell the host page, and only the one that embedded us. @param {string} type */
export function tellHost(type) {
  if (embedded) window.parent.postMessage({ type: `rash-guide:${type}` }, asked.get("host") ?? "");
}

/** @param {(type: string) => void} onMessage */
export function hearHost(onMessage) {
  addEventListener("message", (event) => {
    if (!embedded || event.source !== window.parent || event.origin !== asked.get("host")) return;
    const type = event.data?.type;
    if (typeof type === "string" && type.startsWith("rash-guide:")) onMessage(type.slice("rash-guide:".length));
  });
}

/** Relative luminance after WCAG. @param {string} color "#rrggbb" */
function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
