/* Draws the figures of a page with Plotly, one after another so that the page stays responsive. */
(function () {
  "use strict";
  var options = { displayModeBar: false, responsive: true };

  function draw(place) {
    var content = JSON.parse(document.getElementById(place.id + "-data").textContent);
    return Plotly.newPlot(place, content.data, content.layout, options);
  }

  function drawNext(waiting) {
    var place = waiting.shift();
    if (!place) { return; }
    draw(place).then(function () {
      place.setAttribute("data-drawn", "");
      window.setTimeout(drawNext, 0, waiting);
    });
  }

  /* The cue under a table is shown only where the table really is wider than its frame. */
  function showCues() {
    document.querySelectorAll(".table-frame").forEach(function (frame) {
      var fits = frame.scrollWidth <= frame.clientWidth + 1;
      frame.classList.toggle("fits", fits);
      frame.classList.toggle("overflows", !fits);
    });
  }

  drawNext(Array.prototype.slice.call(document.querySelectorAll(".plot")));
  showCues();
  window.addEventListener("resize", showCues);
}());
