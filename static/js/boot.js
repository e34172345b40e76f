// Brings the islands of a page to life: loads their module once the browser is idle, and hands each island to its own function.
// An island that cannot be brought to life stays as the server wrote it.

const version = new URL(import.meta.url).search;

async function start() {
  const islands = document.querySelectorAll('leptos-island');
  if (islands.length === 0) return;
  const module = await import(`/static/pkg/bevis.js${version}`);
  await module.default({ module_or_path: `/static/pkg/bevis_bg.wasm${version}` });
  module.hydrate();
  for (const island of islands) {
    const bringToLife = module[island.dataset.component];
    if (bringToLife) await bringToLife(island);
  }
}

const soon = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
soon(() => start().catch((reason) => console.warn('Islands stay as they are:', reason)));
