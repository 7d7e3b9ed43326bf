// <signature-pad for="signature" label="…" clear="Effacer"> turns the hidden field of that name into a place to sign with
// a finger, a pen or a mouse. The field receives the strokes as the `d` of an SVG path in a frame of 600 by 200.
// Whoever cannot draw types their name in the field beside it: the server accepts either.

const FRAME = { width: 600, height: 200 };
// About forty seconds of writing; the server refuses more.
const LONGEST = 12_000;
const SVG = "http://www.w3.org/2000/svg";

class SignaturePad extends HTMLElement {
  #field: HTMLInputElement | null = null;
  #path = document.createElementNS(SVG, "path");
  #strokes = "";
  #last: string | null = null;

  connectedCallback(): void {
    const name = this.getAttribute("for") ?? "";
    const field = this.closest("form")?.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement)) return;
    this.#field = field;
    const pad = this.#pad();
    this.#write(field.value);
    this.append(pad, this.#clearButton());
    pad.addEventListener("pointerdown", (event) => this.#begin(event, pad));
    pad.addEventListener("pointermove", (event) => this.#draw(event, pad));
    for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => this.#end());
  }

  #pad(): SVGSVGElement {
    const pad = document.createElementNS(SVG, "svg");
    pad.setAttribute("viewBox", `0 0 ${FRAME.width} ${FRAME.height}`);
    pad.setAttribute("class", "signature__pad");
    pad.setAttribute("role", "img");
    pad.setAttribute("aria-label", this.getAttribute("label") ?? "");
    pad.append(this.#path);
    return pad;
  }

  #clearButton(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = this.getAttribute("clear") ?? "";
    button.addEventListener("click", () => this.#write(""));
    return button;
  }

  #begin(event: PointerEvent, pad: SVGSVGElement): void {
    if (event.button !== 0) return;
    pad.setPointerCapture(event.pointerId);
    this.#last = place(event, pad);
    // A stroke of no length still leaves a dot.
    this.#write(`${this.#strokes}M${this.#last}l0 0`);
    event.preventDefault();
  }

  #draw(event: PointerEvent, pad: SVGSVGElement): void {
    if (this.#last === null || this.#strokes.length > LONGEST) return;
    const here = place(event, pad);
    if (here === this.#last) return;
    this.#last = here;
    this.#write(`${this.#strokes}L${here}`);
  }

  #end(): void {
    if (this.#last === null) return;
    this.#last = null;
    this.#field?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #write(strokes: string): void {
    this.#strokes = strokes;
    this.#path.setAttribute("d", strokes);
    if (this.#field) this.#field.value = strokes;
  }
}

function place(event: PointerEvent, pad: SVGSVGElement): string {
  const box = pad.getBoundingClientRect();
  const along = (at: number, start: number, size: number, most: number): number =>
    Math.round(Math.min(Math.max((at - start) / size, 0), 1) * most);
  const x = along(event.clientX, box.left, box.width, FRAME.width);
  const y = along(event.clientY, box.top, box.height, FRAME.height);
  return `${x} ${y}`;
}

customElements.define("signature-pad", SignaturePad);
