// The search: Pagefind's engine and the newest parts of the index are asked for when a reader searches; earlier parts
// when there are many and the reader wants them. What is looked for stands in the address.
{
  const AT_ONCE = 6; // parts of the index
  const SHOWN = 10; // results
  const search = document.querySelector(".search");
  const { folder } = search.dataset;
  const form = search.querySelector("form");
  const [status, list, more, earlier] = ["status", "results", "more", "earlier"].map((name) => search.querySelector(`.search-${name}`));
  let engine; // a promise of Pagefind, for one language
  let spoken = ""; // that language
  let left = 0; // parts that are not searched yet
  let results = []; // those that are not shown yet
  let turn = 0; // counts the searches, as an older one may end later

  const tell = (name, count) => {
    status.textContent = name && status.dataset[name].replace("{count}", count);
  };
  const part = (number) => new URL(`${folder}${spoken}/${number}/`, location).pathname;
  const merge = async (pagefind, count) => {
    const next = Array.from({ length: Math.min(count, left) }, (_, place) => left - place);
    left -= next.length;
    await Promise.all(next.map((number) => pagefind.mergeIndex(part(number))));
    return pagefind;
  };
  const open = async () => {
    const chosen = form.elements.language.selectedOptions[0];
    spoken = chosen.value;
    left = Number(chosen.dataset.parts);
    const pagefind = await import(`${folder}pagefind.js`);
    await pagefind.options({ basePath: part(left), noWorker: true }); // a worker would have a policy of its own
    await pagefind.init();
    left -= 1;
    return merge(pagefind, AT_ONCE - 1);
  };

  const made = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside);
    return element;
  };
  const marked = (excerpt) =>
    excerpt.split(/<\/?mark>/).map((text, place) => {
      const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      return place % 2 ? made("mark", "", plain) : plain;
    });
  const item = ({ url, meta, filters, excerpt }) => {
    const link = made("a", "", meta.title);
    link.href = url;
    const about = [meta.day, ...(filters.section ?? []), ...(filters.country ?? [])].filter(Boolean);
    return made("li", "story", made("h2", "story-title", link), made("p", "story-meta", about.join(" · ")), made("p", "story-standfirst", ...marked(excerpt)));
  };

  const show = async () => {
    const mine = turn;
    const batch = await Promise.all(results.splice(0, SHOWN).map((result) => result.data()));
    if (mine !== turn) return [];
    const items = batch.map(item);
    list.append(...items);
    more.hidden = !results.length;
    earlier.hidden = !left;
    return items;
  };
  const ask = async () => {
    const mine = ++turn;
    const asked = new FormData(form);
    const words = asked.get("q").trim();
    const filters = Object.fromEntries(["country", "section"].filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]));
    list.replaceChildren();
    more.hidden = earlier.hidden = true;
    if (!words && !Object.keys(filters).length) return tell("empty");
    tell("wait");
    try {
      engine ??= open();
      const found = await (await engine).search(words || null, { filters });
      if (mine !== turn) return;
      results = found.results;
      await show();
      if (mine === turn) tell(list.children.length ? "found" : "none", found.results.length + list.children.length);
    } catch {
      engine = undefined;
      if (mine === turn) tell("failed");
    }
  };

  const query = () => new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !(name === "language" && !form.elements.language.selectedIndex)));
  const fill = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "country", "section", "language"]) {
      const field = form.elements[name];
      if (field) field.value = asked.get(name) ?? "";
      if (field?.selectedIndex === -1) field.selectedIndex = 0;
    }
    if (asked.size) ask();
    else {
      turn += 1;
      list.replaceChildren();
      more.hidden = earlier.hidden = true;
      tell("");
    }
  };

  form.addEventListener("submit", (event) => {
    if (engine && form.elements.language.value !== spoken) return; // another program: the page is asked for anew
    event.preventDefault();
    history.pushState(null, "", `?${query()}`);
    ask();
  });
  more.addEventListener("click", async () => (await show())[0]?.querySelector("a").focus());
  earlier.addEventListener("click", async () => {
    await merge(await engine, AT_ONCE);
    await ask();
    form.elements.q.focus();
  });
  addEventListener("popstate", fill);
  search.querySelector(".search-without").remove();
  form.hidden = false;
  fill();
}
