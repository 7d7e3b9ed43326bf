// Menus of the page head close with Escape, with a click elsewhere and when the focus leaves them.

const OPEN = "details.top__item[open]";

export function closeMenus(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of page.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  page.addEventListener("click", (event) => {
    for (const menu of page.querySelectorAll<HTMLDetailsElement>(`${OPEN}.who`)) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  page.addEventListener("focusout", (event) => {
    const menu = (event.target as Element).closest<HTMLDetailsElement>(`${OPEN}.who`);
    if (menu && event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}
