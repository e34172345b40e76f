// Every page, as a viewer, or as a security officer or an administrator where only those see it, in light and dark, on a desktop and a phone, with and without JavaScript:
// it passes axe, stays within its width, breaks no rule of the content security policy, and weighs little.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { DESKTOP, PHONE, launch, open, shot, state } from '../browser.js';

let browser;
let viewer;
let officer;
let administrator;
let pages;
let officers;

before(async () => {
  browser = await launch();
  viewer = await state(browser, 'viewer');
  const page = await open(browser, { storageState: viewer });
  await page.goto('/findings');
  const finding = await page.locator('a[href^="/findings/"]').first().getAttribute('href');
  await page.goto('/clusters');
  const cluster = await page.locator('a[href^="/clusters/"]').first().getAttribute('href');
  await page.goto(`${finding}/objects`);
  const object = await page.locator('main a[href^="/objects/"]').first().getAttribute('href');
  await page.context().close();
  officer = await state(browser, 'security officer');
  const desk = await open(browser, { storageState: officer });
  await desk.goto('/acceptances');
  const acceptance = await desk.locator('main table a[href^="/acceptances/"]').first().getAttribute('href');
  await desk.context().close();
  administrator = await state(browser, 'administrator');
  const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19) + 'Z';
  pages = {
    overview: '/', controls: '/controls', control: '/controls/A.8.13', findings: '/findings', finding,
    clusters: '/clusters', cluster, packs: '/packs', missing: '/nothing-here',
    trends: '/trends', compare: `/compare?from=${ago(20)}`, coverage: '/coverage', access: `${cluster}/access`,
    preferences: '/preferences', objects: `${finding}/objects`, object, check: '/checks/rbac.no_wildcards',
    'past overview': `/?as_of=${ago(10)}`, 'past findings': `/findings?as_of=${ago(10)}`,
  };
  officers = {
    'my work': '/my-work', 'findings to decide': '/findings?state=open', 'finding to decide': finding,
    acceptances: '/acceptances', acceptance, 'acceptance to ask for': `/acceptances/new?scope=finding&finding=${finding.split('/').pop()}`,
    'past acceptances': `/acceptances?as_of=${ago(1)}`, ledger: '/ledger', tokens: '/tokens', notifications: '/notifications',
  };
});

after(() => browser?.close());

/** Every page, with who looks at it. */
const visits = () => [[viewer, pages], [officer, officers], [administrator, { people: '/people', 'nobody found': '/people?text=nobody-is-called-so' }]];

// Colours are the same on every width: a phone in the dark has nothing for axe that the three others have not.
async function looksRight(page, path, colours) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${path} is ${wide} px wider than the screen`);
  if (!colours) return;
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`);
  assert.deepEqual(told, [], `axe on ${path}`);
}

for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark']) {
    for (const javaScriptEnabled of [true, false]) {
      const name = `${size}, ${colorScheme}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`;
      test(`pages: ${name}`, async () => {
        // axe itself is a script: without JavaScript the same markup is looked at in a context that has it.
        for (const [storageState, visited] of visits()) {
          const page = await open(browser, { storageState, viewport, colorScheme, javaScriptEnabled });
          for (const [label, path] of Object.entries(visited)) {
            const answer = await page.goto(path);
            assert.equal(answer.status(), label === 'missing' ? 404 : 200, path);
            await page.locator('h1').first().waitFor();
            await shot(page, `${label}-${size}-${colorScheme}${javaScriptEnabled ? '' : '-nojs'}`);
            if (javaScriptEnabled) await looksRight(page, path, size === 'desktop' || colorScheme === 'light');
          }
          assert.deepEqual(page.faults, []);
          await page.context().close();
        }
      });
    }
  }
}

test('without JavaScript the markup passes axe too', async () => {
  for (const [storageState, visited] of visits()) {
    const plain = await open(browser, { storageState, javaScriptEnabled: false });
    for (const path of Object.values(visited)) {
      await plain.goto(path);
      const html = await plain.content();
      const page = await open(browser, { storageState });
      await page.route('**/*', (route) => (route.request().resourceType() === 'script' ? route.abort() : route.continue()));
      await page.goto(path);
      await page.evaluate((markup) => { document.documentElement.innerHTML = new DOMParser().parseFromString(markup, 'text/html').documentElement.innerHTML; }, html)
        .catch(() => {});
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      assert.deepEqual(violations.map((v) => v.id), [], path);
      await page.context().close();
    }
    await plain.context().close();
  }
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
