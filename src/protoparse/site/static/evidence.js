// Brings the marked words into view, and lets the arrow keys walk through the page's evidence.
// Everything works without this file; it only saves scrolling.
(() => {
  const pages = document.getElementById("sidor");
  const center = () => {
    const mark = pages && pages.querySelector("rect.mark");
    if (!mark || pages.scrollHeight <= pages.clientHeight) return;
    const at = mark.getBoundingClientRect(), box = pages.getBoundingClientRect();
    pages.scrollTop += at.top - box.top - pages.clientHeight / 3;
  };
  addEventListener("DOMContentLoaded", center);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const to = { ArrowLeft: "forra", ArrowRight: "nasta" }[event.key];
    const link = to && document.getElementById(to);
    if (link) link.click();
  });
})();
