"use strict";
// The picture of the path is rendered by the server, once a second; everything in it is escaped there.
(() => {
  const path = document.getElementById("path");
  if (!path || !path.dataset.stream) {
    return;
  }
  const stale = document.getElementById("stale");
  let last = Date.now();
  const stream = new EventSource(path.dataset.stream);
  stream.addEventListener("path", (event) => {
    last = Date.now();
    if (!path.contains(document.activeElement)) {
      path.innerHTML = event.data;
    }
  });
  setInterval(() => {
    stale.hidden = Date.now() - last < 5000;
  }, 1000);
})();
