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
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.matches("form.filters")) return;
    for (const [name, value] of Object.entries(event.detail.parameters)) if (value === "") delete event.detail.parameters[name];
  });
  document.addEventListener("htmx:sendError", (event) => {
    const note = document.createElement("div");
    note.className = "note bad";
    note.setAttribute("role", "alert");
    note.append(Object.assign(document.createElement("p"), { textContent: "The server was not reached, so this is not what was asked for. Try again." }));
    event.detail.target.prepend(note);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });
})();
