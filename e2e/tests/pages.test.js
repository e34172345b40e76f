// Every page, as whoever has most to see on it, in light and dark, on a desktop and a phone, with and without JavaScript:
// it passes axe, stays within its width, breaks no rule of the content security policy, and weighs little.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { faultsOf, gotoWithoutScripts } from '../axe.js';
import { launch, login, open, state } from '../browser.js';

let browser;
let viewer;
let pages;
let visits;

/** The first address that a selector finds on a page. */
async function first(page, path, selector) {
  await page.goto(path);
  return page.locator(selector).first().getAttribute('href');
}

before(async () => {
  browser = await launch();
  viewer = await state(browser, 'viewer');
  const officer = await state(browser, 'security officer');
  const page = await open(browser, { storageState: officer });
  const finding = await first(page, '/findings', 'a[href^="/findings/"]');
  const cluster = await first(page, '/clusters', 'a[href^="/clusters/"]');
  const object = await first(page, `${finding}/objects`, 'main a[href^="/objects/"]');
  const acceptance = await first(page, '/acceptances', 'main table a[href^="/acceptances/"]');
  await page.context().close();
  const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19) + 'Z';
  pages = {
    overview: '/', controls: '/controls', control: '/controls/A.8.13', findings: '/findings', finding,
    clusters: '/clusters', cluster, missing: '/nothing-here',
    trends: '/trends', compare: `/compare?from=${ago(20)}`, coverage: '/coverage', access: `${cluster}/access`,
    objects: `${finding}/objects`, object, checks: '/checks', check: '/checks/rbac.no_wildcards',
    groups: '/findings?group=check', preferences: '/preferences',
    'past overview': `/?as_of=${ago(10)}`, 'past findings': `/findings?as_of=${ago(10)}`,
  };
  const officers = {
    'my work': '/my-work', 'findings to decide': '/findings?state=open', 'finding to decide': finding,
    acceptances: '/acceptances', acceptance, 'acceptance to ask for': `/acceptances/new?scope=finding&finding=${finding.split('/').pop()}`,
    'past acceptances': `/acceptances?as_of=${ago(1)}`, ledger: '/ledger', tokens: '/tokens', notifications: '/notifications',
    'saved views': '/views',
  };
  const admins = {
    people: '/people', 'nobody found': '/people?text=nobody-is-called-so',
    channels: '/notifications/channels', deliveries: '/notifications/log', 'dead letters': '/notifications/dead',
  };
  visits = [
    [viewer, pages], [officer, officers],
    [await state(browser, 'manager'), { packs: '/packs' }],
    [await state(browser, 'admin'), admins],
    [undefined, { 'log-in that failed': '/auth/callback?error=access_denied&state=none', 'logged out': '/auth/logged-out' }],
  ];
});

after(() => browser?.close());

const STATUS = { missing: 404, 'log-in that failed': 400 };

// Side by side: each keeps one page of the browser busy, and the server little.
describe('every page', { concurrency: 2 }, () => {
  for (const [name, goto] of [['with', (page, path) => page.goto(path)], ['without', gotoWithoutScripts]]) {
    test(`${name} JavaScript`, async () => {
      const faults = [];
      for (const [storageState, visited] of visits) {
        const page = await open(browser, { storageState });
        for (const [label, path] of Object.entries(visited)) {
          const answer = await goto(page, path);
          assert.equal(answer.status(), STATUS[label] ?? 200, path);
          await page.locator('h1').first().waitFor();
          faults.push(...await faultsOf(page, `${label} ${name} JavaScript`));
        }
        faults.push(...page.faults);
        await page.context().close();
      }
      assert.deepEqual(faults, []);
    });
  }
});

test('what a decision asks to be confirmed', async () => {
  const page = await open(browser);
  await login(page, 'engineer', '/findings?severity=medium&cluster=staging&state=open');
  await page.locator('[name=comment]').first().fill('Limits come with the new chart.');
  await page.locator('button[value=matching]').first().click();
  await page.locator('main button[value=matching]').waitFor();
  assert.deepEqual(await faultsOf(page, 'confirm'), []);
  await page.context().close();
});

test('a page weighs less than 60 kB and the islands less than 100 kB over the wire', async () => {
  const page = await open(browser, { storageState: viewer });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  const sizes = new Map();
  const urls = new Map();
  network.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(urls.get(requestId), encodedDataLength));
  for (const path of [pages.overview, pages.controls, pages.control, pages.findings]) {
    sizes.clear();
    await page.goto(path, { waitUntil: 'load' });
    await page.waitForTimeout(500);
    const of = (match) => [...sizes].filter(([url]) => url && match(new URL(url).pathname)).reduce((sum, [, size]) => sum + size, 0);
    const document = of((p) => p === path);
    const islands = of((p) => p.endsWith('.wasm') || p.endsWith('.js'));
    console.log(`${path}: page ${document} bytes, islands ${islands} bytes`);
    assert.ok(document > 0 && document < 60_000, `${path} is ${document} bytes`);
    assert.ok(islands < 100_000, `islands on ${path} are ${islands} bytes`);
  }
  await page.context().close();
});

test('an injected inline script does not run', async () => {
  const page = await open(browser, { storageState: viewer });
  await page.goto('/');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await page.context().close();
});

test('the keyboard reaches the content first, and every stop is visible', async () => {
  const page = await open(browser, { storageState: viewer });
  await page.goto('/findings');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /^#/, 'the first stop is the skip link');
  for (let i = 0; i < 30; i += 1) {
    await page.keyboard.press('Tab');
    const visible = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return true;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    });
    assert.ok(visible, 'focus is visible');
  }
  await page.context().close();
});

test('Danish is a click away, and stays', async () => {
  const page = await open(browser, { storageState: viewer });
  await page.goto('/controls');
  await page.locator('[lang=da], button[value=da], a[hreflang=da]').first().click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'da');
  await page.goto('/findings');
  assert.equal(await page.locator('html').getAttribute('lang'), 'da');
  await page.context().close();
});
