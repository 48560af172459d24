"use strict";
// Follows a list: asks for what is new while somebody looks at it, tells how much came, and keeps the list bounded.
// The row with data-live fetches (htmx swaps it for the new rows and the next such row); this script says when.
(function () {
  const everyMilliseconds = 5000;
  const rowsMax = 200;
  let isPaused = false;

  const follower = () => document.querySelector("[data-live]");
  const bar = () => document.querySelector("[data-live-bar]");

  function ask() {
    const row = follower();
    if (row && !isPaused && !document.hidden) {
      window.htmx.trigger(row, "live");
    }
  }

  function show(text) {
    const status = bar() && bar().querySelector("[role=status]");
    if (status) {
      status.textContent = text;
    }
  }

  function start() {
    const found = bar();
    if (!found || !follower()) {
      return;
    }
    const button = found.querySelector("button");
    found.removeAttribute("hidden");
    button.addEventListener("click", () => {
      isPaused = !isPaused;
      button.textContent = isPaused ? "Follow" : "Pause";
      show(isPaused ? "Paused." : "Following new calls.");
      ask();
    });
    show("Following new calls.");
    window.setInterval(ask, everyMilliseconds);
    document.addEventListener("visibilitychange", ask);
  }

  document.addEventListener("htmx:afterSwap", () => {
    const row = follower();
    if (!row) {
      return;
    }
    const came = Number(row.dataset.live);
    if (came > 0) {
      show((came === 1 ? "1 new call" : came + " new calls") + ".");
    }
    const rows = row.parentElement.rows;
    while (rows.length > rowsMax) {
      rows[rows.length - 1].remove();
    }
  });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
