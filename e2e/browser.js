// One Chromium for a test file, and pages that remember what went wrong in them.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export const base = process.env.BEVIS_URL ?? 'http://localhost:8080';
export const shots = process.env.BEVIS_SCREENSHOTS;
export const DESKTOP = { width: 1440, height: 1000 };
export const PHONE = { width: 390, height: 844 };

const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM.find((path) => path && existsSync(path)), args: FLAGS });
}

/** A page in a context of its own; `page.faults` collects console errors, CSP violations and failed requests. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({
    baseURL: base, viewport: DESKTOP, colorScheme: 'light', locale: 'en-GB', timezoneId: 'Europe/Copenhagen', ...options,
  });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    const expected = /Failed to load resource: the server responded with a status of 4\d\d/;
    if (message.type() === 'error' && !expected.test(message.text())) page.faults.push(`console: ${message.text()}`);
  });
  return page;
}

/** Logs a person in through the provider's own page, as they would. */
export async function login(page, person, path = '/') {
  await page.goto(path);
  const start = page.locator('form[action^="/auth/login"] button, a[href^="/auth/login"]');
  if (new URL(page.url()).origin === new URL(base).origin && await start.count()) await start.first().click();
  await page.getByRole('button', { name: new RegExp(person, 'i') }).first().click();
  await page.waitForURL((url) => url.origin === new URL(base).origin && !url.pathname.startsWith('/auth/'));
}

/** A context's cookies, to give to another context without logging in again. */
export async function state(browser, person) {
  const page = await open(browser);
  await login(page, person);
  const saved = await page.context().storageState();
  await page.context().close();
  return saved;
}

export async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}
