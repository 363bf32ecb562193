// The strip shows what latest.json has newer than the page; else all stays as it is. Nobody is asked where its
// rates are of the reader's own day, as nothing newer is in force, or the front page says that it is not an hour old.
{
  const { latest, built } = document.currentScript.dataset;

  const span = (name, ...inside) => {
    const made = document.createElement("span");
    made.className = name;
    made.append(...inside);
    return made;
  };
  const part = (name, ...inside) => (inside[0] ? [span(`ticker__${name}`, ...inside), " "] : []);

  const show = (item, line) => {
    const seen = line.change_text && span("", `${line.change_glyph} ${line.change_text}`);
    if (seen) seen.ariaHidden = "true";
    item.className = `ticker__item ${line.classes} ${item.className.match(/of-\w+|$/)[0]}`;
    item.replaceChildren(
      ...part("pair", line.pair),
      ...part("value", line.value),
      ...part("change", seen, span("visually-hidden", line.change_words), ` ${line.change_note}`),
      ...part("state", line.state_words),
      ...part("note", line.effective_words + line.note),
    );
  };

  const refresh = async () => {
    const { rates, title } = await (await fetch(latest, { cache: "no-cache" })).json();
    for (const { currency, effective_date, shown } of rates) {
      const items = document.querySelectorAll(`.ticker [data-code=${currency}]`);
      if (!(effective_date > items[0]?.dataset.date)) continue;
      for (const item of items) show(item, shown);
      document.querySelector(".ticker__title a").textContent = title;
    }
  };

  const today = new Date().toLocaleDateString("sv"); // 2026-09-29
  const dated = document.querySelectorAll(".ticker__item:not(.is-fixed)");
  const young = Date.now() - Date.parse(built) < 36e5;
  if (!young && [...dated].some((item) => item.dataset.date < today)) {
    const ask = () => refresh().catch(() => {}); // else the dated rates stand
    document.readyState === "complete" ? ask() : addEventListener("load", ask); // after the lead picture
  }
}
