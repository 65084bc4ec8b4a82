/**
 * Puts the guide on a page of another site: a button, and the chat in a frame.
 *
 *   <script src="https://guide.example/widget.js" data-title="Rash guide" data-color="#17565a"
 *           data-position="right" data-lang="en" data-label="Ask about a rash" defer></script>
 *
 * It needs no style of the page and gives it none, adds nothing but one element, and works where the page's own policy
 * allows scripts and frames from our origin.
 */
(() => {
  // Tag managers and templates may both bring the line.
  if (document.querySelector("rash-guide")) return;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(script.src).origin;
  const { title = "Rash guide", color = "#17565a", position = "right", lang = document.documentElement.lang || "en", open = "" } = script.dataset;
  const label = script.dataset.label || (lang.startsWith("es") ? "¿Sarpullido? Pregunte" : "Rash? Ask the guide");
  const closeLabel = lang.startsWith("es") ? "Cerrar" : "Close";
  const elsewhere = lang.startsWith("es") ? "El chat no se puede mostrar aquí. Ábralo en su propia página." : "The chat can't be shown here. Open it on its own page.";
  const paint = /^#[0-9a-f]{6}$/i.test(color) ? color : "#17565a";

  const address = new URL("/chat", home);
  address.search = String(new URLSearchParams({ host: location.origin, lang: lang.slice(0, 2), title, color: paint }));

  const side = position === "left" ? "left" : "right";
  const style = `
    :host { all: initial !important; position: fixed !important; z-index: 2147483000 !important; bottom: 0 !important; ${side}: 0 !important; display: block !important; }
    * { box-sizing: border-box; font: 600 18px/1.3 system-ui, sans-serif; }
    button { min-height: 48px; padding: 10px 20px; border: 2px solid #fff; border-radius: 28px; background: ${paint}; color: ${ink(paint)}; cursor: pointer; }
    button:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; box-shadow: 0 0 0 6px #fff; }
    .launch { margin: 16px; box-shadow: 0 3px 14px rgb(0 0 0 / 30%); }
    .panel { position: fixed; bottom: 16px; ${side}: 16px; width: min(440px, calc(100vw - 32px)); height: min(760px, calc(100dvh - 32px)); display: flex; flex-direction: column; background: #fffdfa; border: 2px solid #5d5244; border-radius: 14px; overflow: hidden; box-shadow: 0 8px 36px rgb(0 0 0 / 35%); }
    .panel[hidden] { display: none; }
    .top { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 6px 8px 6px 16px; background: ${paint}; color: ${ink(paint)}; }
    .top button { border-color: currentcolor; padding: 4px 16px; min-height: 44px; }
    .elsewhere { margin: 16px; padding: 12px 0; color: #0f5257; }
    .elsewhere[hidden] { display: none; }
    iframe { flex: 1; width: 100%; border: 0; background: #f7f2ea; color-scheme: light dark; }
    @media (max-width: 600px) { .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; } }
    @media print { :host { display: none !important; } }
  `;

  const place = document.createElement("rash-guide");
  const root = place.attachShadow({ mode: "open" });
  // A sheet made by script is allowed where the page's policy forbids styles in the text.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const launcher = make("button", { type: "button", class: "launch", "aria-expanded": "false", "aria-haspopup": "dialog" }, label);
  const panel = make("div", { class: "panel", role: "dialog", "aria-label": title, hidden: "" });
  const closer = make("button", { type: "button" }, closeLabel);
  const top = make("div", { class: "top" });
  top.append(make("span", {}, title), closer);
  const link = make("a", { class: "elsewhere", href: String(new URL(`/chat?lang=${lang.slice(0, 2)}`, home)), target: "_blank", rel: "noopener", hidden: "" }, elsewhere);
  panel.append(top, link);
  root.append(launcher, panel);
  /** @type {HTMLIFrameElement | null} made on first use, so that a page pays only for what its visitor opens */
  let frame = null;
  /** @type {number | undefined} */
  let patience;

  launcher.addEventListener("click", show);
  closer.addEventListener("click", hide);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame?.contentWindow) return;
    if (event.data?.type === "rash-guide:close") hide();
    if (event.data?.type === "rash-guide:ready") {
      clearTimeout(patience);
      link.hidden = true;
    }
  });
  // A line in the head without "defer" comes before the body.
  (document.body ?? document.documentElement).append(place);
  // Above all else of the page, and out of reach of what its styles do to the elements around.
  place.popover = "manual";
  place.showPopover?.();
  if (open === "wide" && matchMedia("(min-width: 1100px) and (min-height: 600px)").matches) unfold();

  function unfold() {
    if (!frame) {
      // A frame that is refused, or that the network doesn't bring, tells nobody.
      patience = setTimeout(() => (link.hidden = false), 8000);
      frame = document.createElement("iframe");
      frame.title = title;
      frame.src = String(address);
      frame.allow = "clipboard-write";
      panel.append(frame);
    }
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
  }

  function show() {
    unfold();
    frame?.focus();
    frame?.contentWindow?.postMessage({ type: "rash-guide:opened" }, home);
  }

  function hide() {
    panel.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  /** @param {string} tag @param {Record<string, string>} attributes @param {string} [text] */
  function make(tag, attributes, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  /** Black or white, whichever is read better on a colour. @param {string} ground "#rrggbb" */
  function ink(ground) {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = parseInt(ground.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff";
  }
})();
