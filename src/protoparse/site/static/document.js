// Brings a point's page into view beside the agenda, and leaves the reader where she is in it.
// Everything works without this file: the links then lead to the pages as any link within a page.
(() => {
  addEventListener("DOMContentLoaded", () => {
    const pages = document.querySelector(".sheets");
    if (!pages) return;
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.pageref");
      if (!link || pages.scrollHeight <= pages.clientHeight) return;
      const sheet = document.getElementById(link.hash.slice(1));
      if (!sheet) return;
      event.preventDefault();
      pages.scrollTop += sheet.getBoundingClientRect().top - pages.getBoundingClientRect().top - 8;
    });
  });
})();
