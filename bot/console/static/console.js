// Improves pages that work without it: shows times in the coach's own time zone, also in parts that arrive later.

const format = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** @param {ParentNode} part */
function localise(part) {
  for (const element of part.querySelectorAll("time[data-local]")) {
    const moment = new Date(element.getAttribute("datetime") ?? "");
    element.setAttribute("title", element.textContent ?? "");
    element.textContent = format.format(moment);
    element.removeAttribute("data-local");
  }
}

localise(document);
document.addEventListener("htmx:afterSettle", () => localise(document));
