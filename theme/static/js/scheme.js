// The choice of colours in the footer shows what holds (js/early/scheme.js), and follows other pages that are open.
{
  const { dataset } = document.documentElement;

  const show = (scheme) => {
    dataset.scheme = scheme || "device";
    for (const each of document.querySelectorAll(".scheme input")) each.checked = each.value === dataset.scheme;
  };

  show(dataset.scheme);
  addEventListener("storage", ({ key, newValue }) => key === "scheme" && show(newValue));
  addEventListener("pageshow", ({ persisted }) => persisted && show(localStorage.scheme));
}
