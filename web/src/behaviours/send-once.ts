// A form that changes something is sent once: the pressed button says that it is busy, a second press does nothing.
// The server would count a second sending once anyway (the hidden field `cle`); this is for the person waiting.
//
// `<body data-busy="Envoi en cours…">` gives the words. `<form data-again>` opts out (downloads).

const BUSY = "aria-busy";

export function sendOnce(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || "again" in form.dataset) return;
    if (form.hasAttribute(BUSY)) {
      event.preventDefault();
      return;
    }
    // Another listener may still refuse; only what really leaves is busy. The button keeps its name and value in what
    // is sent because it is marked, not disabled, before the browser has read the form.
    if (event.defaultPrevented) return;
    form.setAttribute(BUSY, "true");
    const button = event.submitter;
    if (button instanceof HTMLButtonElement) markBusy(button, page.body.dataset.busy);
  });

  // Coming back with the browser's own button shows the page as it was left: make it usable again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const busy of page.querySelectorAll(`form[${BUSY}]`)) busy.removeAttribute(BUSY);
    for (const button of page.querySelectorAll<HTMLButtonElement>(`button[${BUSY}]`)) markReady(button);
  });
}

const words = new WeakMap<HTMLButtonElement, Node[]>();

function markBusy(button: HTMLButtonElement, text: string | undefined): void {
  button.setAttribute(BUSY, "true");
  if (!text) return;
  // The width stays, so that nothing moves under the finger.
  button.style.minInlineSize = `${button.offsetWidth}px`;
  words.set(button, [...button.childNodes]);
  button.replaceChildren(text);
}

function markReady(button: HTMLButtonElement): void {
  button.removeAttribute(BUSY);
  button.style.minInlineSize = "";
  const before = words.get(button);
  if (before) button.replaceChildren(...before);
}
