// What people come for: an engineer acknowledges, a viewer cannot, a manager takes a pack home and verifies it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { base, launch, login, open, shot, state } from '../browser.js';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const javaScriptEnabled of [true, false]) {
  test(`an engineer acknowledges a selection ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await open(browser, { javaScriptEnabled });
    await login(page, 'engineer', '/findings?state=open');
    assert.equal(new URL(page.url()).pathname, '/findings', 'log-in returns to the page asked for');
    const boxes = page.locator('tbody input[type=checkbox]');
    assert.ok(await boxes.count() >= 2, 'the demo has open findings');
    const path = await page.locator('tbody tr').filter({ has: page.locator('input[type=checkbox]') }).first().locator('a[href^="/findings/"]').first().getAttribute('href');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    const comment = `Looked at, ticket ${javaScriptEnabled ? 'OPS-1' : 'OPS-2'} <b>not bold</b>`;
    await page.locator('[name=comment]').first().fill(comment);
    await page.locator('button[name=kind][value=acknowledge], form:has([name=comment]) button[type=submit]').first().click();
    await page.goto(path);
    await page.getByText(comment).waitFor();
    await shot(page, `acknowledged-${javaScriptEnabled ? 'js' : 'nojs'}`);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test('a viewer is offered no decision, and a hand-made request is refused', async () => {
  const page = await open(browser);
  await login(page, 'viewer', '/findings');
  assert.equal(await page.locator('[name=comment]').count(), 0);
  const href = await page.locator('a[href^="/findings/"]').first().getAttribute('href');
  const answer = await page.evaluate(async (id) => {
    const made = await fetch('/api/v1/decisions', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'acknowledge', findings: [id], comment: 'let me' }),
    });
    return made.status;
  }, href.split('/').pop());
  assert.equal(answer, 403);
  await page.context().close();
});

test('somebody without a role is told which groups were seen', async () => {
  const page = await open(browser);
  await page.goto('/');
  const start = page.locator('form[action^="/auth/login"] button, a[href^="/auth/login"]');
  if (new URL(page.url()).origin === new URL(base).origin && await start.count()) await start.first().click();
  await page.getByRole('button', { name: /no role|no access|guest/i }).first().click();
  await page.waitForURL((url) => url.origin === new URL(base).origin);
  await shot(page, 'no-role');
  assert.match(await page.locator('main').innerText(), /group/i);
  const answer = await page.request.get('/api/v1/findings');
  assert.equal(answer.status(), 401);
  await page.context().close();
});

test('a manager makes a pack, and its verification names a changed file', { timeout: 180_000 }, async (t) => {
  const page = await open(browser);
  await login(page, 'manager', '/packs');
  await page.locator('main form[action^="/packs"] button[type=submit]').first().click();
  const download = page.locator('a[href$="/archive"], a[download]').first();
  for (let i = 0; i < 90 && await download.count() === 0; i += 1) {
    await page.waitForTimeout(1000);
    await page.goto('/packs');
  }
  await shot(page, 'packs-ready');
  const waiting = page.waitForEvent('download');
  await download.click();
  const folder = mkdtempSync(join(tmpdir(), 'bevis-pack-'));
  const file = join(folder, 'pack.zip');
  await (await waiting).saveAs(file);
  await page.context().close();

  const bevis = process.env.BEVIS_BIN;
  if (!bevis) return t.skip('BEVIS_BIN is not set');
  const good = execFileSync(bevis, ['verify', file], { encoding: 'utf8' });
  t.diagnostic(good);
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 3)] ^= 1;
  writeFileSync(join(folder, 'changed.zip'), bytes);
  assert.throws(() => execFileSync(bevis, ['verify', join(folder, 'changed.zip')], { encoding: 'utf8', stdio: 'pipe' }));
});

test('log-out ends the session', async () => {
  const saved = await state(browser, 'auditor');
  const page = await open(browser, { storageState: saved });
  await page.goto('/');
  await page.locator('summary').filter({ hasText: 'Birgit' }).click();
  await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/auth/logout')),
    page.locator('form[action="/auth/logout"] button').first().click(),
  ]);
  const old = await open(browser, { storageState: saved });
  const answer = await old.request.get('/api/v1/overview');
  assert.equal(answer.status(), 401);
  await page.context().close();
  await old.context().close();
});

test('select all, and live progress, work where there is JavaScript', async () => {
  const page = await open(browser);
  await login(page, 'engineer', '/findings');
  const all = page.getByRole('button', { name: 'Select all on this page' });
  await all.waitFor();
  await all.click();
  await page.waitForFunction(() => {
    const boxes = [...document.querySelectorAll('tbody input[type=checkbox]')];
    return boxes.length > 0 && boxes.every((box) => box.checked);
  });
  // The demo reads its clusters every minute.
  await page.goto('/clusters');
  await page.locator('.progress-ended').waitFor({ state: 'visible', timeout: 150_000 });
  assert.match(await page.locator('.progress-ended').innerText(), /New readings have arrived/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
