// What axe finds on a page, on a desktop and a phone, in light and dark, from one loading of the page.

import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import { DESKTOP, PHONE, shot } from './browser.js';

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// Another scheme changes colours alone; everything else that axe asks is of the markup and of the width.
const COLOURS = ['color-contrast', 'link-in-text-block'];

async function expectNothing(axe, where) {
  const { violations } = await axe.analyze();
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`);
  assert.deepEqual(told, [], `axe on ${where}`);
}

/** The page, as it is loaded now, passes axe and stays within its width, whatever the screen and the scheme. */
export async function looksRight(page, label) {
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const where = `${label}, ${size}, ${colorScheme}`;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${where} is ${wide} px wider than the screen`);
      await shot(page, where.replaceAll(', ', '-'));
      const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
      await expectNothing(colorScheme === 'light' ? axe.withTags(ALL) : axe.withRules(COLOURS), where);
    }
  }
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
