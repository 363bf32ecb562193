// The choice of colours in the footer, remembered on this device alone; other pages that are open follow.
{
  const { dataset } = document.documentElement;
  const choices = document.querySelectorAll(".scheme input");

  const show = (scheme) => {
    dataset.scheme = scheme || "device";
    for (const each of choices) each.checked = each.value === dataset.scheme;
  };

  const keep = (scheme) => {
    show(scheme);
    try {
      localStorage.scheme = scheme;
    } catch {} // it holds for this page
  };

  show(dataset.scheme);
  for (const each of choices) each.addEventListener("change", () => keep(each.value));
  addEventListener("storage", ({ key, newValue }) => key === "scheme" && show(newValue));
  addEventListener("pageshow", ({ persisted }) => persisted && show(localStorage.scheme));
}
