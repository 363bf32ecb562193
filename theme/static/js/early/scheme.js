// Before the first paint: the colours that the reader has chosen. That they are named tells the styles that scripts run.
// Another choice, in the footer, holds at once and is kept on this device alone.
{
  const { dataset } = document.documentElement;
  try {
    dataset.scheme = localStorage.scheme || "device";
  } catch {
    dataset.scheme = "device"; // storage is refused
  }
  addEventListener("change", ({ target: { name, value } }) => {
    if (name !== "scheme") return;
    dataset.scheme = value;
    try {
      localStorage.scheme = value;
    } catch {} // it holds for this page
  });
}
