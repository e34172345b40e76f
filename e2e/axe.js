// What axe finds on a page, on a desktop and a phone, in light and dark, from one loading of the page.

import AxeBuilder from '@axe-core/playwright';
import { DESKTOP, PHONE, shot } from './browser.js';

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// Another scheme changes colours alone; everything else that axe asks is of the markup and of the width.
const COLOURS = ['color-contrast', 'link-in-text-block'];

async function violations(axe, where) {
  const { violations } = await axe.analyze();
  return violations.map((v) => `${where}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`);
}

/** What is wrong with the page as it is loaded now, whatever the screen and the scheme: axe's findings, and too much width. */
export async function faultsOf(page, label) {
  const faults = [];
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const where = `${label}, ${size}, ${colorScheme}`;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) faults.push(`${where}: ${wide} px wider than the screen`);
      await shot(page, where.replaceAll(', ', '-'));
      const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
      faults.push(...await violations(colorScheme === 'light' ? axe.withTags(ALL) : axe.withRules(COLOURS), where));
    }
  }
  return faults;
}

/**
 * Loads a page whose scripts do not run. axe is a script itself: they are let in once the page stands, when its own have
 * been passed over.
 */
export async function gotoWithoutScripts(page, path) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setScriptExecutionDisabled', { value: true });
  const answer = await page.goto(path);
  await browser.send('Emulation.setScriptExecutionDisabled', { value: false });
  await browser.detach();
  return answer;
}
