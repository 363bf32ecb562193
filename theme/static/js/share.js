// To pass a story on: by the device's own sheet, or by a link to it or to a passage of it. Such a link names the first
// and the last words (a text fragment), so that paragraphs need no ids and it still leads there when others are added.
{
  const share = document.querySelector(".share");
  const [copy, sheet, told, passage] = [".share-copy", ".share-sheet", ".share-told", ".passage"].map((name) =>
    share?.querySelector(name),
  );
  const address = location.href.split("#")[0];

  const tell = (words) => {
    told.textContent = "";
    setTimeout(() => (told.textContent = words), 50); // said again if it is the same
  };
  const write = async (link) => {
    await navigator.clipboard.writeText(link);
    tell(copy.dataset.done);
  };

  const block = (node) =>
    (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(
      ".prose :is(p, li, h2, h3, h4, td, th, dt, dd, figcaption)",
    );
  const encoded = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");

  const chosen = () => {
    const selection = getSelection();
    if (selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    const first = block(range.startContainer);
    const last = range.endOffset ? block(range.endContainer) : first; // three clicks reach to the next one's beginning
    return first && last ? [first, last] : [];
  };

  const fragment = (first, last) => {
    const [start, end] = [first, last].map((each) => each.innerText.trim().split(/\s+/));
    const whole = first === last && start.length < 11;
    return `#:~:text=${whole ? encoded(start) : `${encoded(start.slice(0, 5))},${encoded(end.slice(-5))}`}`;
  };

  const offer = () => {
    const [, last] = chosen();
    const part = last?.closest(".prose > *");
    if (part && part.nextElementSibling !== passage) part.after(passage); // what moves under a press is not clicked
    if (last || document.activeElement !== passage) passage.hidden = !last;
  };

  if (share && navigator.clipboard) {
    copy.classList.add("can");
    copy.addEventListener("click", () => write(address));
    passage.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay marked
    passage.addEventListener("click", () => chosen().length && write(address + fragment(...chosen())));
    document.addEventListener("selectionchange", offer);
  }
  if (share && navigator.share) {
    sheet.classList.add("can");
    sheet.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  }
}
