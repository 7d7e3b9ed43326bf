// <passkey-door act="get | create" ask="/…" origin="https://…" gone="…" twice="…"> around a form with a hidden field
// `reponse`: its button first has the person's device answer the question that the server gives at `ask`, then sends the
// form with the answer in the field. The server says the rest in an ordinary page.
//
// The form is shown only where the browser has passkeys and the page was opened at `origin`; a paragraph beside the form
// is for everybody else and goes away then. `gone` says that the device gave no answer, `twice` that it has a key already.

type Described = { id: string; type: PublicKeyCredentialType };
type Question = {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  excludeCredentials?: Described[];
  allowCredentials?: Described[];
};

export class PasskeyDoor extends HTMLElement {
  #asking = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    const field = form?.elements.namedItem("reponse");
    if (!form || !(field instanceof HTMLInputElement) || !this.#offered()) return;
    this.querySelector(":scope > p")?.remove();
    for (const element of [this, form]) element.hidden = false;
    form.addEventListener("submit", (event) => {
      if (field.value !== "") return;
      event.preventDefault();
      void this.#ask(form, field, event.submitter);
    });
    // An answer serves once: whoever comes back here is asked anew.
    field.value = "";
    window.addEventListener("pageshow", () => (field.value = ""));
  }

  #offered(): boolean {
    return "PublicKeyCredential" in window && location.origin === this.getAttribute("origin");
  }

  async #ask(form: HTMLFormElement, field: HTMLInputElement, button: HTMLElement | null): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    button?.setAttribute("aria-busy", "true");
    this.querySelector(".error")?.remove();
    try {
      field.value = JSON.stringify(await this.#answer());
    } catch (error) {
      const twice = error instanceof DOMException && error.name === "InvalidStateError";
      this.#say(form, this.getAttribute(twice ? "twice" : "gone") ?? "");
    }
    button?.removeAttribute("aria-busy");
    this.#asking = false;
    if (field.value !== "") send(form, button);
  }

  async #answer(): Promise<unknown> {
    const asked = await fetch(this.getAttribute("ask") ?? "", { method: "POST" });
    if (!asked.ok) throw new Error(`the question was answered ${asked.status}`);
    const publicKey = read(((await asked.json()) as { publicKey: Question }).publicKey);
    const given =
      this.getAttribute("act") === "create"
        ? await navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })
        : await navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
    if (!(given instanceof PublicKeyCredential)) throw new Error("no key was given");
    return written(given);
  }

  #say(form: HTMLFormElement, text: string): void {
    const error = document.createElement("p");
    error.className = "error";
    error.setAttribute("role", "alert");
    error.textContent = text;
    form.append(error);
  }
}

// The browser would rather have bytes where JSON has base64url.
function read(question: Question): unknown {
  const described = (keys: Described[] = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));
  return {
    ...question,
    challenge: bytes(question.challenge),
    ...(question.user && { user: { ...question.user, id: bytes(question.user.id) } }),
    excludeCredentials: described(question.excludeCredentials),
    allowCredentials: described(question.allowCredentials),
  };
}

function written(given: PublicKeyCredential): unknown {
  const { response } = given;
  const common = { id: given.id, rawId: text(given.rawId), type: given.type };
  const clientDataJSON = text(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    const { credProps } = given.getClientExtensionResults();
    const attestationObject = text(response.attestationObject);
    return { ...common, response: { clientDataJSON, attestationObject }, extensions: credProps ? { credProps } : {} };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    ...common,
    response: {
      clientDataJSON,
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
    extensions: {},
  };
}

function bytes(base64url: string): Uint8Array {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// As if the button were pressed again, so that the form says that it is busy; older browsers send it without a word.
function send(form: HTMLFormElement, button: HTMLElement | null): void {
  if ("requestSubmit" in form) form.requestSubmit(button);
  else (form as HTMLFormElement).submit();
}

customElements.define("passkey-door", PasskeyDoor);
