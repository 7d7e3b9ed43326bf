// <undo-countdown seconds="10"> around the undo form of a notice: counts down beside the button and takes both away at
// the end. Stops while the pointer or the focus is on it. What was done stays in the bin afterwards.

class UndoCountdown extends HTMLElement {
  #left = 0;
  #timer = 0;
  #shown: HTMLElement | null = null;
  #held = new Set<string>();

  connectedCallback(): void {
    this.#left = Number(this.getAttribute("seconds")) || 10;
    this.#shown = document.createElement("span");
    this.#shown.className = "undo__left";
    // Read once with the button; a voice that counts every second would cover everything else.
    this.#shown.setAttribute("aria-hidden", "true");
    this.append(this.#shown);
    this.#show();
    this.addEventListener("pointerenter", () => this.#held.add("pointer"));
    this.addEventListener("pointerleave", () => this.#held.delete("pointer"));
    this.addEventListener("focusin", () => this.#held.add("focus"));
    this.addEventListener("focusout", () => this.#held.delete("focus"));
    this.#timer = window.setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer);
  }

  #tick(): void {
    if (document.hidden || this.#held.size > 0 || this.querySelector("form[aria-busy]")) return;
    this.#left -= 1;
    if (this.#left <= 0) this.remove();
    else this.#show();
  }

  #show(): void {
    if (this.#shown) this.#shown.textContent = `${this.#left}\u00a0s`;
  }
}

customElements.define("undo-countdown", UndoCountdown);
