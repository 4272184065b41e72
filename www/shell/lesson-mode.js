// Whether the page is opened for a lesson: `?lesson`, `?lesson=03-fan-out`. The rest is in www/lesson/, loaded then.

/** @param {HTMLElement} host */
export function isLesson(host) {
  return host.hasAttribute("page") && new URLSearchParams(location.search).has("lesson");
}
