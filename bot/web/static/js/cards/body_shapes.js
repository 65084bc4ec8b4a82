/**
 * The figure of the body map: one half drawn by hand, the other its mirror image. 200 by 440 units for each view.
 * A shape's name is that of the body area without its side and view. No colour of skin is meant.
 */

/** Eyes and mouth, so that the front is known at a glance. */
export const FACE = "M90 32h1M109 32h1M94 50h12";

/** @type {Record<string, string>} areas in the middle of the front */
const MIDDLE_FRONT = {
  face: "M100 8C117 8 124 20 124 35C124 52 112 64 100 64C88 64 76 52 76 35C76 20 83 8 100 8Z",
  neck: "M89 62Q100 70 111 62L112 78Q100 84 88 78Z",
  chest: "M86 80Q100 88 114 80Q136 84 144 94L139 142Q100 152 61 142L56 94Q64 84 86 80Z",
  belly: "M61 146Q100 156 139 146L136 176Q138 192 141 204Q100 214 59 204Q62 192 64 176Z",
  groin: "M80 212Q100 217 120 212L107 236Q100 241 93 236Z",
};

/** @type {Record<string, string>} areas in the middle of the back */
const MIDDLE_BACK = {
  scalp: MIDDLE_FRONT.face,
  neck: MIDDLE_FRONT.neck,
  upper_back: MIDDLE_FRONT.chest,
  lower_back: "M61 146Q100 156 139 146L136 176Q138 188 140 198Q100 206 60 198Q62 188 64 176Z",
};

/** @type {Record<string, string>} areas on the left of the picture */
const SIDE = {
  upper_arm: "M52 95Q40 100 37 116L31 160Q39 168 49 164L56 128Z",
  forearm: "M30 165Q39 172 48 168L38 218Q31 222 24 218Z",
  hand: "M23 222Q31 226 38 222Q42 234 38 246Q33 258 25 256Q17 252 18 240Z",
  lower_leg: "M66 322Q80 327 93 322Q96 350 90 396Q82 400 74 396Q64 350 66 322Z",
  foot: "M74 400Q82 404 90 400L92 418Q92 430 80 430Q64 430 66 422Z",
};

/** @type {Record<string, string>} */
const SIDE_FRONT = { ...SIDE, thigh: "M58 209L77 213L97 244Q99 288 93 318Q80 323 66 318Q56 262 58 209Z" };

/** @type {Record<string, string>} */
const SIDE_BACK = {
  ...SIDE,
  buttock: "M60 202Q80 207 98 207L98 240Q78 250 58 238Q57 218 60 202Z",
  thigh: "M58 243Q78 254 98 245Q99 288 93 318Q80 323 66 318Q58 284 58 243Z",
};

/**
 * @typedef {{path: string, mirrored: boolean}} Shape
 * @param {string} id of a body area, such as "left_thigh_front"
 * @param {string} view "front" or "back"
 * @returns {Shape | null}
 */
export function shapeOf(id, view) {
  const [, side, name] = /^(left_|right_)?(.*?)(?:_front|_back)?$/.exec(trunk(id)) ?? [];
  if (!side) {
    const path = (view === "front" ? MIDDLE_FRONT : MIDDLE_BACK)[name];
    return path ? { path, mirrored: false } : null;
  }
  const path = (view === "front" ? SIDE_FRONT : SIDE_BACK)[name];
  // From the front, the patient's left is on the right of the picture.
  return path ? { path, mirrored: (side === "left_") === (view === "front") } : null;
}

/** "upper_back" ends like a view but is an area. @param {string} id */
function trunk(id) {
  return id === "upper_back" || id === "lower_back" ? `${id}_back` : id;
}
