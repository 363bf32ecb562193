// Marks a story that was updated after the reader had read it. When that was is known on this device alone.
{
  const MOST = 200; // stories
  let read = {};
  try {
    read = JSON.parse(localStorage.read);
  } catch {} // nothing is kept yet, or nothing can be

  for (const mark of document.querySelectorAll(".since")) {
    const { pathname } = mark.closest(".story")?.querySelector(".story-title a") ?? location;
    mark.toggleAttribute("data-new", read[pathname] < Date.parse(mark.dataset.updated));
  }

  if (document.querySelector("main > .article-page")) {
    const { [location.pathname]: _, ...others } = read;
    const kept = Object.entries(others).slice(1 - MOST);
    try {
      localStorage.read = JSON.stringify({ ...Object.fromEntries(kept), [location.pathname]: Date.now() });
    } catch {} // storage is refused
  }
}
