// After a refused form: the summary gets the focus, and its links lead into the fields themselves.

export function showErrors(page: Document): void {
  const summary = page.querySelector<HTMLElement>(".errors");
  summary?.focus();
  summary?.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    const field = link && page.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}
