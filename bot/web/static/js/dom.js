/** Small helpers to build elements. Text is always set as text, never as markup. */

/** @typedef {Node | string | null | undefined | false} Child */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes] functions become listeners ("onclick"), booleans are set or left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Record<string, any>} attributes
 * @param {Child[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * The element with this id, which the page has.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Paragraphs and lists from plain text: an empty line parts paragraphs, lines that begin with "-" are a list.
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function prose(text) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  for (const line of text.split("\n").map((part) => part.trim()).filter(Boolean)) {
    const item = /^[-•*]\s+(.*)/.exec(line);
    const last = blocks.at(-1);
    if (!item) blocks.push(h("p", {}, line));
    else if (last?.tagName === "UL") last.append(h("li", {}, item[1]));
    else blocks.push(h("ul", {}, h("li", {}, item[1])));
  }
  return blocks;
}

let counter = 0;

/** @param {string} prefix @returns {string} an id that no other element has */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}
