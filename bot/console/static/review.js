// Queue and transcript: keys, the title badge and the sound for urgent conversations, the print button.
// Everything that these do can also be done without them.

/** @param {string} id */
const find = (id) => document.getElementById(id);

/** Settings of this browser. @param {string} name @param {boolean} usual */
function isOn(name, usual) {
  const kept = localStorage.getItem(`console-${name}`);
  return kept === null ? usual : kept === "on";
}

/** @param {string} name @param {boolean} on */
function keep(name, on) {
  localStorage.setItem(`console-${name}`, on ? "on" : "off");
}

// keys

const dialog = /** @type {HTMLDialogElement | null} */ (find("keys"));
const opener = find("show-keys");
if (dialog && opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  find("close-keys")?.addEventListener("click", () => dialog.close());
}

for (const [id, name, usual] of /** @type {[string, string, boolean][]} */ ([
  ["question-key", "question", true],
  ["letter-keys", "letters", false],
])) {
  const box = /** @type {HTMLInputElement | null} */ (find(id));
  if (box) {
    box.checked = isOn(name, usual);
    box.addEventListener("change", () => keep(name, box.checked));
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
}

/** @param {KeyboardEvent} event @param {string} id */
function press(event, id) {
  const element = find(id);
  if (element) {
    event.preventDefault();
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (dialog?.open) return;
  const draft = event.target instanceof HTMLTextAreaElement && event.target.form;
  if (command && event.key === "Enter" && draft) {
    // Sends what is being written, and leaves the conversation open.
    event.preventDefault();
    draft.requestSubmit();
  } else if (command && event.key === "Enter") press(event, "reviewed-next");
  else if (event.altKey && event.key === "PageDown") press(event, "next");
  else if (event.altKey && event.key === "PageUp") press(event, "previous");
  else if (command && event.shiftKey && event.key.toLowerCase() === "f" && find("q")) {
    event.preventDefault();
    find("q")?.focus();
  } else if (!command && !event.altKey && !isTyping(event.target)) {
    if (event.key === "?" && isOn("question", true)) press(event, "show-keys");
    else if (event.key === "n" && isOn("letters", false)) press(event, "next");
    else if (event.key === "p" && isOn("letters", false)) press(event, "previous");
  }
});

// news: how many are waiting, in the title too, and a sound when one more comes

const news = find("news");
const title = document.title;
let newest = Infinity;

/** @type {AudioContext | undefined} */
let audio;

function beep() {
  audio ??= new AudioContext();
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0.2, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
  gain.connect(audio.destination);
  for (const [start, pitch] of [[0, 660], [0.18, 880]]) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(gain);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.3);
  }
}

const button = find("sound");
if (button && "AudioContext" in window) {
  button.hidden = false;
  button.setAttribute("aria-pressed", String(isOn("sound", false)));
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    keep("sound", on);
    if (on) beep();
  });
}

news?.addEventListener("htmx:configRequest", (event) => {
  const known = news.querySelector("[data-state]")?.getAttribute("data-state");
  if (known) /** @type {CustomEvent} */ (event).detail.parameters.known = known;
});

document.addEventListener("htmx:afterSettle", () => {
  const shown = news?.querySelector("[data-urgent]");
  if (!shown) return;
  const count = Number(shown.getAttribute("data-urgent"));
  const latest = Number(shown.getAttribute("data-newest"));
  document.title = count ? `(${count}) ${title}` : title;
  if (latest > newest && isOn("sound", false)) beep();
  newest = latest;
});

// print

const print = find("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
