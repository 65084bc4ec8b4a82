/** Where the rash is: a figure to tap, and the same as a list of fields for keyboard and screen reader. */

import { looks } from "../dialogs.js";
import { byId, freshId, h, s } from "../dom.js";
import { t } from "../words.js";
import { FACE, shapeOf } from "./body_shapes.js";
import { fold } from "./folds.js";
import { toneChooser } from "./tone.js";

/**
 * @typedef {{id: string, title: string, view: string, percent: number}} Area
 * @typedef {{id: string, title: string}} Level
 */

/**
 * @param {import("../api.js").Reply} reply
 * @param {(body: Record<string, any>, text: string) => void} answer
 * @returns {HTMLElement | null}
 */
export function bodyMap(reply, answer) {
  /** @type {Area[]} */
  const areas = reply.data.areas;
  /** @type {Level[]} */
  const levels = reply.data.levels;
  if (!areas?.length || !levels?.length) return null;
  return new BodyMap(areas, levels, reply, answer).form;
}

class BodyMap {
  /**
   * @param {Area[]} areas
   * @param {Level[]} levels
   * @param {import("../api.js").Reply} reply
   * @param {(body: Record<string, any>, text: string) => void} answer
   */
  constructor(areas, levels, reply, answer) {
    this.areas = areas;
    this.levels = levels;
    /** @type {Map<string, string>} area id to level id */
    this.chosen = new Map();
    /** @type {Map<string, Element>} */
    this.shapes = new Map();
    /** @type {Map<string, HTMLSelectElement>} */
    this.fields = new Map();
    this.told = h("p", { class: "told", role: "status" }, t("mapNothing"));
    this.problem = h("p", { class: "problem", role: "alert" });
    this.form = h(
      "form",
      { class: "body-map", novalidate: true },
      h("p", { class: "hint", "aria-hidden": "true" }, t("mapHow")),
      ...this.#views(),
      fold(t("looks"), looks(JSON.parse(byId("facts").textContent))),
      h("h3", {}, t("mapChosen")),
      this.told,
      this.problem,
      h(
        "div",
        { class: "choices" },
        h("button", { class: "primary" }, t("done")),
        ...reply.choices.map(({ id, title }) =>
          h("button", { type: "button", onclick: () => answer({ choice: id }, title) }, title),
        ),
      ),
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.chosen.size > 0) answer({ areas: Object.fromEntries(this.chosen) }, this.#inWords());
      else this.problem.textContent = t("mapNone_chosen");
    });
  }

  /** Both figures, on a narrow screen one at a time; then the list, before what only concerns the figures. */
  #views() {
    const name = freshId("view");
    const figures = h("div", { class: "figures", "data-view": "front", "aria-hidden": "true" }, this.#figure("front"), this.#figure("back"));
    const turn = (/** @type {string} */ view) =>
      h(
        "label",
        {},
        h("input", { type: "radio", name, value: view, checked: view === "front", tabindex: -1, onchange: () => (figures.dataset.view = view) }),
        h("span", {}, t(view === "front" ? "mapFront" : "mapBack")),
      );
    // For the pointer only: whoever uses keyboard or screen reader has the list.
    const turns = h("div", { class: "turn", "aria-hidden": "true" }, turn("front"), turn("back"));
    return [turns, figures, fold(t("mapList"), [this.#list("front"), this.#list("back")]), toneChooser(figures)];
  }

  /** @param {string} view */
  #figure(view) {
    const drawing = s("svg", { viewBox: "0 0 200 440", class: `figure ${view}`, focusable: "false" }, patterns(view));
    for (const area of this.areas.filter((one) => one.view === view)) {
      const shape = shapeOf(area.id, view);
      if (!shape) continue;
      const transform = shape.mirrored ? "translate(200 0) scale(-1 1)" : null;
      const drawn = s("path", { d: shape.path, class: "area", transform }, s("title", {}, area.title));
      const tap = s("path", { d: shape.path, class: "tap", transform, onclick: () => this.#next(area.id) });
      drawing.append(drawn, tap);
      this.shapes.set(area.id, drawn);
    }
    if (view === "front") drawing.append(s("path", { d: FACE, class: "mark" }));
    const sides = view === "front" ? ["mapYourRight", "mapYourLeft"] : ["mapYourLeft", "mapYourRight"];
    return h(
      "figure",
      { class: view },
      h("figcaption", {}, t(view === "front" ? "mapFront" : "mapBack")),
      drawing,
      h("div", { class: "sides" }, h("span", {}, t(sides[0])), h("span", {}, t(sides[1]))),
    );
  }

  /** @param {string} view */
  #list(view) {
    const rows = this.areas
      .filter((area) => area.view === view)
      .map((area) => {
        const id = freshId("area");
        const options = [h("option", { value: "" }, t("mapNone")), ...this.levels.map((level) => h("option", { value: level.id }, level.title))];
        const field = h("select", { id, onchange: () => this.#set(area.id, field.value) }, ...options);
        this.fields.set(area.id, field);
        return h("div", { class: "row" }, h("label", { for: id }, area.title), field);
      });
    return h("fieldset", {}, h("legend", {}, t(view === "front" ? "mapFront" : "mapBack")), ...rows);
  }

  /** One more tap on an area: none, then each level, then none again. @param {string} area */
  #next(area) {
    const order = ["", ...this.levels.map((level) => level.id)];
    this.#set(area, order[(order.indexOf(this.chosen.get(area) ?? "") + 1) % order.length]);
  }

  /** @param {string} area @param {string} level */
  #set(area, level) {
    if (level) this.chosen.set(area, level);
    else this.chosen.delete(area);
    this.shapes.get(area)?.setAttribute("class", level ? `area level-${this.levels.findIndex(({ id }) => id === level)}` : "area");
    const field = this.fields.get(area);
    if (field) field.value = level;
    this.problem.textContent = "";
    this.told.textContent = this.chosen.size > 0 ? `${this.#inWords()}. ${this.#inPalms()}` : t("mapNothing");
  }

  #inWords() {
    return this.areas
      .filter((area) => this.chosen.has(area.id))
      .map((area) => `${area.title}: ${this.levels.find(({ id }) => id === this.chosen.get(area.id))?.title.toLowerCase()}`)
      .join("; ");
  }

  /** The extent in palms, one for each percent of the skin; nothing where the shares are not known. */
  #inPalms() {
    /** @type {Record<string, number>} */
    const shares = JSON.parse(byId("facts").textContent).coverage ?? {};
    let percent = 0;
    for (const area of this.areas) {
      const level = this.chosen.get(area.id);
      if (level) percent += area.percent * (shares[level] ?? NaN);
    }
    if (Number.isNaN(percent)) return "";
    return percent < 0.75 ? t("mapLess") : t("mapTotal", { count: Math.round(percent) });
  }
}

/** Fillings that differ in pattern as well as in colour. @param {string} view */
function patterns(view) {
  return s(
    "defs",
    {},
    s("pattern", { id: `spots-${view}`, width: 9, height: 9, patternUnits: "userSpaceOnUse" }, s("rect", { width: 9, height: 9, class: "ground" }), s("circle", { cx: 4.5, cy: 4.5, r: 2.2, class: "ink" })),
    s("pattern", { id: `half-${view}`, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 8, height: 8, class: "ground" }), s("rect", { width: 4, height: 8, class: "ink" })),
  );
}
