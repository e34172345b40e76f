// The only script that pages name. It closes menus that were left open, and wakes the islands of a page that has any.
// Without it every page still works; an island that cannot be woken stays as the server wrote it.

const version = new URL(import.meta.url).search;

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary")?.focus();
});

// Single keys are shortcuts where the reader has not switched them off, and while nothing is typed or chosen by letters.
const typed = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(typed)) return;
  const field = document.documentElement.dataset.shortcuts && document.querySelector("[aria-keyshortcuts='/']");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// The rows of a list, while the focus is in it: j and k move, x selects, with Shift up to here, a selects all, Escape none.
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("[data-keys]");
  if (!list || !document.documentElement.dataset.shortcuts || event.target.closest(typed)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const boxes = [...list.querySelectorAll("input[name=finding]")];
  const here = boxes.indexOf(event.target.closest("tr")?.querySelector("input[name=finding]"));
  const tick = (checked) => {
    for (const box of boxes) box.checked = checked;
    // The button tells the number of those selected.
    document.querySelectorAll(".select-tools button")[checked ? 0 : 1]?.click();
  };
  const act = {
    j: () => boxes[Math.min(here + 1, boxes.length - 1)]?.focus(),
    k: () => boxes[Math.max(here - 1, 0)]?.focus(),
    x: () => boxes[here]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey })),
    a: () => tick(true),
    escape: () => tick(false),
    "?": () => {
      const help = document.querySelector(".keys");
      help.open = true;
      help.querySelector("summary").focus();
    },
  }[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

async function wake() {
  const islands = document.querySelectorAll("leptos-island");
  if (islands.length === 0) return;
  const code = await import(`/static/pkg/bevis.js${version}`);
  await code.default({ module_or_path: `/static/pkg/bevis_bg.wasm${version}` });
  code.hydrate();
  for (const island of islands) code[island.dataset.component]?.(island);
}

const soon = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
soon(() => wake().catch((reason) => console.info("The page works without its islands:", reason)));
