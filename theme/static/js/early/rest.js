// The other scripts serve the reader's hand, and come when it first moves: nothing stands in the way of the first view.
{
  const { dataset } = document.currentScript;
  const signs = ["pointermove", "pointerdown", "keydown", "focusin", "scroll", "selectionchange"];
  const ask = () => {
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", ask);
    for (const sign of signs) removeEventListener(sign, ask, true);
    const script = Object.assign(document.createElement("script"), { src: dataset.script });
    Object.assign(script.dataset, dataset);
    document.head.append(script);
  };
  for (const sign of signs) addEventListener(sign, ask, { capture: true, passive: true });
}
