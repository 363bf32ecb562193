// Puts the converter on the page: its form, its words and its rates stand in a template that shows nothing by itself.
{
  const LANGUAGE = document.documentElement.lang || "en";
  const GROUP = new Intl.NumberFormat(LANGUAGE, { useGrouping: true })
    .formatToParts(1234567)
    .find(({ type }) => type === "group")?.value;
  const WAIT = 250; // milliseconds, so that a reader of the screen is not told each digit

  // A decimal as a whole number and how many of its digits stand behind the point: no sum is made in floating point.
  const decimal = (whole, fraction = "") => ({ digits: BigInt(whole + fraction), places: fraction.length });

  // What was typed as [whole, fraction], or undefined. Of "." and "," the last is the decimal mark, and the only one is,
  // too, unless the page's language groups by it and three digits follow.
  const parts = (text) => {
    const marks = text.match(/[.,]/g) ?? [];
    const last = marks.at(-1);
    const groups = marks.length === 1 && last === GROUP && /^[1-9]\d{0,2}.\d{3}$/.test(text);
    const point = new Set(marks).size === 2 || (marks.length === 1 && !groups) ? text.lastIndexOf(last) : text.length;
    const [whole, fraction] = [text.slice(0, point), text.slice(point + 1)];
    const isWhole = /^\d+$/.test(whole) || /^\d{1,3}([., '])\d{3}(?:\1\d{3})*$/.test(whole);
    if (!(isWhole || (whole === "" && fraction)) || !/^\d*$/.test(fraction)) return undefined;
    return [whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "") || "0", fraction.replace(/0+$/, "")];
  };

  // The amount, or the name of what is wrong with it.
  const read = (typed) => {
    const text = typed.trim().replace(/\s/g, " ").replace(/’/g, "'").replace(/^\+/, "");
    if (!text) return "empty";
    const found = parts(text.replace(/^[-−–] ?/, ""));
    if (!found) return "wrong";
    if (/^[-−–]/.test(text)) return "negative";
    return found[0].length > 12 || found[1].length > 6 ? "large" : decimal(...found);
  };

  // As many places as the tables of the page have: four digits that count, two places from a hundred on, half to even.
  const worth = (amount, from, to) => {
    const above = amount.digits * to.digits * 10n ** BigInt(from.places);
    const below = from.digits * 10n ** BigInt(amount.places + to.places);
    const size = above ? Math.floor(Math.log10(Number(above) / Number(below))) : 2;
    const places = Math.max(size >= 2 ? 2 : 4, 3 - size);
    const scaled = above * 10n ** BigInt(places);
    const [whole, rest] = [scaled / below, (scaled % below) * 2n];
    return { digits: whole + (rest > below || (rest === below && whole % 2n) ? 1n : 0n), places };
  };

  const shown = ({ digits, places }) => {
    const text = digits.toString().padStart(places + 1, "0");
    const whole = BigInt(text.slice(0, text.length - places)).toLocaleString(LANGUAGE);
    if (!places) return whole;
    const point = new Intl.NumberFormat(LANGUAGE).formatToParts(0.5).find(({ type }) => type === "decimal").value;
    return whole + point + text.slice(-places);
  };

  const start = (section) => {
    const form = section.querySelector("form");
    const { amount, from, to, result } = form.elements;
    const lines = [...section.querySelectorAll("[data-rate]")];
    const rates = new Map(lines.map(({ dataset }) => [dataset.code, decimal(...dataset.rate.split("."))]));
    rates.set("USD", decimal("1"));
    let timer;

    const show = () => {
      clearTimeout(timer);
      const given = read(amount.value);
      const isAmount = typeof given === "object";
      amount.setAttribute("aria-invalid", !isAmount && given !== "empty");
      result.value = isAmount
        ? `${shown(given)} ${from.value} = ${shown(worth(given, rates.get(from.value), rates.get(to.value)))} ${to.value}`
        : result.dataset[given];
      for (const line of lines) line.hidden = ![from.value, to.value].includes(line.dataset.code);
    };

    amount.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT);
    });
    form.addEventListener("change", show);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
    });
    form.querySelector("button").addEventListener("click", () => {
      [from.value, to.value] = [to.value, from.value];
      show();
    });
    show();
    return rates.size > 1;
  };

  for (const source of document.querySelectorAll(".converter-source")) {
    const made = source.content.cloneNode(true);
    if (start(made.querySelector("section"))) source.replaceWith(made);
  }
}
