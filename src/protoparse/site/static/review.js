// Keys for the review, and word of what is being read. Everything works without this file.
(() => {
  const links = { j: "fram", k: "bak", "ä": "andra", e: "andra", h: "hantera" };
  const verdicts = { r: "ratt", f: "fel" };
  const writes = (target) => target.closest("input, textarea, select, [contenteditable]");
  let sent = false;

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || writes(event.target)) return;
    const key = event.key.toLowerCase();
    const at = document.getElementById(links[key] || verdicts[key] || (key === "?" ? "hjalp" : ""));
    if (!at) return;
    event.preventDefault();
    if (key === "?") {
      at.open = !at.open;
      at.querySelector("summary").focus();
    } else if (!sent) {
      at.click();
    }
  });

  // A form is sent once, and says what it waits for.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent) return event.preventDefault();
    sent = true;
    const words = event.submitter && event.submitter.dataset.wait;
    if (words) {
      event.submitter.textContent = words;
      const news = document.getElementById("lage");
      if (news) news.textContent = words;
    }
  });
  addEventListener("pageshow", () => { sent = false; });

  const news = document.getElementById("lage");
  const path = location.pathname.replace(/\/-\/granska.*$/, "/-/granska/lage.json");
  const line = (words, looks) => {
    const made = document.createElement("p");
    made.className = `notice ${looks}`;
    made.textContent = words;
    return made;
  };
  let heard = null;
  const ask = async () => {
    const answer = await fetch(path, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) return;
    const said = await answer.json();
    const fresh = heard === null ? [] : said.told.slice(-Math.max(0, said.count - heard) || said.told.length);
    if (heard !== null && said.count > heard) {
      news.replaceChildren(...fresh.map((one) => line(`${one.label}: ${one.message}`, one.status === "applied" ? "good" : "")));
    }
    heard = said.count;
    const busy = news.querySelector("[data-busy]");
    if (busy) busy.remove();
    if (said.busy.length) {
      const more = line(`Läser om ${said.busy.join(", ")} …`, "quiet");
      more.dataset.busy = "";
      news.append(more);
      setTimeout(ask, 1500);
    }
  };
  if (news && news.querySelector("[data-busy]")) ask();
})();
