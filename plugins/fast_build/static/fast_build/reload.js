// Only in the preview: reload when the next edition is whole; show what is wrong with a newer attempt until it is mended.
let shown = null;
let panel = null;

function tell(problem) {
  panel?.remove();
  panel = null;
  if (!problem) return;
  panel = document.createElement('pre');
  panel.setAttribute('role', 'alert');
  panel.style.cssText =
    'position:fixed;inset:auto 0 0;margin:0;max-block-size:60vh;overflow:auto;padding:1rem;z-index:9;' +
    'background:#7a1420;color:#fff;font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap';
  panel.textContent = problem;
  document.body.append(panel);
}

new EventSource('/_preview/events').onmessage = (message) => {
  const { edition, problem } = JSON.parse(message.data);
  if (shown !== null && edition !== shown && !problem) location.reload();
  else tell(problem);
  shown = edition;
};
