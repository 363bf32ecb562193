// Before the first paint: the colours that the reader has chosen. That they are named tells the styles that scripts run.
{
  let scheme;
  try {
    scheme = localStorage.scheme;
  } catch {} // storage is refused
  document.documentElement.dataset.scheme = scheme || "device";
}
