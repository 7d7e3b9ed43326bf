// <draft-keep key="offre-nouvelle"> inside a form keeps what is typed in this tab until it is sent for good, and puts it
// back after a lost page, a lost connection or a new sign-in. What the server shows wins over what was kept.
//
// A draft is forgotten when the form sent last was its own and the page says "done" (.notice--done). `restored="…"` is the sentence
// shown when something came back, `forget="…"` the button that empties it.
//
// Passwords, files and hidden fields are never kept. The draft stays in the browser's tab and goes with it.

const PREFIX = "brouillon:";
const SENT = "brouillon-envoye";
const SKIPPED = ["hidden", "password", "file", "submit", "button", "reset"];

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Draft = Record<string, string[]>;

// Private windows and full disks may refuse: then nothing is kept, and the form works as without this.
const store = {
  read(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string | null): void {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      return;
    }
  },
};

function forgetWhatWasDone(): void {
  const sent = store.read(SENT);
  if (sent && document.querySelector(".notice--done")) {
    store.write(PREFIX + sent, null);
    store.write(SENT, null);
  }
}

function controls(form: HTMLFormElement): Control[] {
  const kept = (element: Element): element is Control =>
    (element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement) &&
    element.name !== "" &&
    !SKIPPED.includes(element.type);
  return [...form.elements].filter(kept);
}

function isMark(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox");
}

function written(form: HTMLFormElement): Draft {
  const draft: Draft = {};
  for (const control of controls(form)) {
    const values = (draft[control.name] ??= []);
    if (!isMark(control) || control.checked) values.push(control.value);
  }
  return draft;
}

class DraftKeep extends HTMLElement {
  connectedCallback(): void {
    const form = this.closest("form");
    const key = this.getAttribute("key");
    if (!form || !key) return;
    const asShown = JSON.stringify(written(form));
    // A page that shows errors comes back with everything that was typed.
    if (!document.querySelector(".errors")) this.#restore(form, key);
    let timer = 0;
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const now = JSON.stringify(written(form));
        store.write(PREFIX + key, now === asShown ? null : now);
      }, 400);
    });
    form.addEventListener("submit", () => {
      window.clearTimeout(timer);
      store.write(PREFIX + key, JSON.stringify(written(form)));
    });
  }

  #restore(form: HTMLFormElement, key: string): void {
    const kept = store.read(PREFIX + key);
    if (!kept) return;
    let changed = false;
    const draft = readDraft(kept);
    for (const control of controls(form)) {
      const values = draft[control.name];
      if (!values) continue;
      if (isMark(control)) {
        const checked = values.includes(control.value);
        changed ||= checked !== control.checked;
        control.checked = checked;
      } else if (values[0] !== undefined && values[0] !== control.value && isAsGiven(control)) {
        control.value = values[0];
        changed = true;
      }
    }
    if (!changed) return;
    this.#say(form, key);
    form.dispatchEvent(new Event("change"));
  }

  #say(form: HTMLFormElement, key: string): void {
    const said = document.createElement("p");
    said.className = "hint";
    said.setAttribute("role", "status");
    said.textContent = this.getAttribute("restored") ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = this.getAttribute("forget") ?? "";
    button.addEventListener("click", () => {
      store.write(PREFIX + key, null);
      form.reset();
      said.remove();
      form.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
    });
    said.append(" ", button);
    this.append(said);
  }
}

function readDraft(kept: string): Draft {
  try {
    return JSON.parse(kept) as Draft;
  } catch {
    return {};
  }
}

// Nothing was typed into it since the page was loaded.
function isAsGiven(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return true;
  return control.value === control.defaultValue;
}

// "Done" is about the form that was sent last: signing in again in between must not empty the draft.
document.addEventListener("submit", (event) => {
  const keeper = (event.target as Element).querySelector("draft-keep");
  store.write(SENT, keeper?.getAttribute("key") ?? null);
});

forgetWhatWasDone();
customElements.define("draft-keep", DraftKeep);
