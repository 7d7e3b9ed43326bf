// <quantity-preview count="nombre" unit="unite" grams="kg:1000 carton:12000" exact="kg" about="soit environ {kg} kg"
//   same="soit {kg} kg"> says beside a count and its unit what they weigh, from factors the server gives. It only
// previews: the server computes the figure that is kept.

class QuantityPreview extends HTMLElement {
  #grams = new Map<string, number>();
  #output = document.createElement("output");

  connectedCallback(): void {
    const form = this.closest("form");
    if (!form) return;
    for (const pair of this.#words("grams")) {
      const at = pair.lastIndexOf(":");
      const grams = Number(pair.slice(at + 1));
      if (at > 0 && grams > 0) this.#grams.set(pair.slice(0, at), grams);
    }
    this.#output.className = "preview";
    this.append(this.#output);
    const show = (): void => this.#show(new FormData(form));
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  }

  #words(attribute: string): string[] {
    return (this.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean);
  }

  #show(form: FormData): void {
    const unit = String(form.get(this.getAttribute("unit") ?? "") ?? "");
    const typed = String(form.get(this.getAttribute("count") ?? "") ?? "");
    const count = Number(typed.replace(/\s/g, "").replace(",", "."));
    const grams = this.#grams.get(unit);
    const said = this.getAttribute(this.#words("exact").includes(unit) ? "same" : "about") ?? "{kg} kg";
    const known = grams !== undefined && typed.trim() !== "" && Number.isFinite(count) && count > 0;
    const text = known ? said.replace("{kg}", kilograms(count * grams)) : "";
    if (this.#output.textContent !== text) this.#output.textContent = text;
  }
}

function kilograms(grams: number): string {
  const digits = grams < 10_000 ? 1 : 0;
  return (grams / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
}

customElements.define("quantity-preview", QuantityPreview);
