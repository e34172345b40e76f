// Decisions from end to end: everything that a filter matches, undone within the minute; a risk that is accepted by
// somebody else; a token, shown once, with which the command line reads what the pages show.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { base, launch, login, open, shot } from '../browser.js';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const FILTER = 'severity=medium&cluster=staging';

test('everything that a filter matches is decided at once, after the number was said, and undone within the minute', async () => {
  const page = await open(browser);
  await login(page, 'engineer', `/findings?${FILTER}&state=open`);
  const count = Number(/\d+/.exec(await page.locator('.page-head').innerText())[0]);
  assert.ok(count > 1, 'the demo has such findings');
  await page.locator('[name=comment]').first().fill('Limits come with the new chart.');
  await page.locator('button[value=matching]').first().click();
  await page.locator('h1').waitFor();
  assert.match(await page.locator('main').innerText(), new RegExp(`\\b${count}\\b`), 'the number is said before');
  assert.equal(await page.locator('.side a[aria-current=page]').getAttribute('href'), '/findings', 'it is a page of findings');
  await shot(page, 'confirm');
  await page.locator('main button[value=matching]').click();
  await page.locator('form.undo button').waitFor();
  await shot(page, 'undo');
  await page.goto(`/findings?${FILTER}&state=acknowledged`);
  assert.match(await page.locator('.page-head').innerText(), new RegExp(`\\b${count}\\b`));
  await page.goto('/my-work');
  await page.locator('form.undo button').click();
  await page.goto(`/findings?${FILTER}&state=open`);
  assert.match(await page.locator('.page-head').innerText(), new RegExp(`\\b${count}\\b`), 'as before');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a risk is asked for by an engineer, accepted by an officer, and shown where it stands', async () => {
  const engineer = await open(browser);
  await login(engineer, 'engineer', `/findings?${FILTER}&state=open`);
  await engineer.locator('tbody a[href^="/findings/"]').first().click();
  const finding = new URL(engineer.url()).pathname;
  const link = 'a[href*="/acceptances/new?scope=finding"]';
  await engineer.locator(`details:has(${link}) > summary`).click();
  await engineer.locator(link).click();
  await engineer.locator('[name=reason]').fill('The batch job needs what it needs.');
  await engineer.locator('[name=compensating_control]').fill('Its node runs nothing else.');
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await engineer.locator('[name=expires_at]').fill(`${day}T12:00`);
  await shot(engineer, 'acceptance-ask');
  await engineer.locator('form.ask button[type=submit]').click();
  await engineer.waitForURL(/\/acceptances\/[0-9a-f-]{36}/);
  const acceptance = new URL(engineer.url()).pathname;
  assert.equal(await engineer.locator(`form[action="${acceptance}/approve"]`).count(), 0, 'nobody approves their own');

  const officer = await open(browser);
  await login(officer, 'security officer', '/my-work');
  await officer.locator(`a[href="${acceptance}"]`).click();
  await shot(officer, 'acceptance-to-approve');
  await officer.locator(`form[action="${acceptance}/approve"] button, button[formaction="${acceptance}/approve"]`).first().click();
  await officer.goto(finding);
  await shot(officer, 'finding-accepted');
  assert.equal(await officer.locator(`a[href="${acceptance}"]`).count() > 0, true, 'the finding leads to it');
  assert.equal(await officer.locator('form.decide button[value=withdraw]').count(), 0, 'nobody acknowledged it');
  await officer.goto('/my-work');
  assert.equal(await officer.locator(`a[href="${acceptance}"]`).count(), 0, 'it waits no longer');
  assert.deepEqual([...engineer.faults, ...officer.faults], []);
  await engineer.context().close();
  await officer.context().close();
});

test('a token is shown once, and the command line reads with it what the pages show', async (t) => {
  const page = await open(browser);
  await login(page, 'engineer', '/tokens');
  await page.locator('[name=name]').fill('command line');
  await page.locator('form[action="/tokens"] button.primary').click();
  const secret = await page.locator('.token-made code').first().innerText();
  assert.match(secret, /^bevis_api_/);
  await page.goto('/tokens');
  assert.ok(!(await page.content()).includes(secret), 'once');
  await page.goto('/findings?severity=critical');
  const count = Number(/\d+/.exec(await page.locator('.page-head').innerText())[0]);
  await page.context().close();
  const bevis = process.env.BEVIS_BIN;
  if (!bevis) return t.skip('BEVIS_BIN is not set');
  const env = { ...process.env, BEVIS_URL: base, BEVIS_TOKEN: secret };
  const listed = JSON.parse(execFileSync(bevis, ['findings', 'list', '--severity', 'critical', '--json'], { encoding: 'utf8', env }));
  assert.ok(Math.abs(listed.findings.length - count) <= 5, `${listed.findings.length} and ${count}: the fleet goes on living`);
  assert.throws(() => execFileSync(bevis, ['findings', 'ack', listed.findings[0].id, '--comment', 'x'], { env, stdio: 'pipe' }),
    (error) => error.status === 3, 'a token that reads does not decide');
});
