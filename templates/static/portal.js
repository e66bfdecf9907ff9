// Comfort on top of pages that work without it: local times beside UTC, and forms that submit as they change.
(() => {
  "use strict";
  const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
  const showLocal = (root) => {
    for (const time of root.querySelectorAll("time[datetime]:not([title])")) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) time.title = "Your time: " + local.format(at);
    }
  };
  showLocal(document);
  document.addEventListener("htmx:afterSwap", (event) => showLocal(event.detail.elt.parentElement || document));
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });
})();
