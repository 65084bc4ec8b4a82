// Improves pages that work without it: shows times in the coach's own time zone, also in parts that arrive later; brings the
// current entry of the navigation into sight.

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

// On a phone the navigation is one row that moves sideways: show where we are.
const here = document.querySelector(".top nav a[aria-current]");
const row = here?.closest("ul");
if (here instanceof HTMLElement && row) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
