import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isBrowserMissing,
  logIn,
  openPanelHouse,
  PASSWORD,
  type PanelStack,
  PICTURES,
  watchFaults,
} from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';

// Goal: a shop owner's first five minutes, with nothing replaced: the real start, a real browser, a real workflow.
// Method: log in, write as a customer in the simulator, see the answer, take over and answer by hand; in both languages.

/** What every variant of the built-in answer to a wish to buy says. */
const ANSWER_EN = /A colleague confirms/;
const ANSWER_FA = /همکارم/;

let stack: PanelStack;
let peyk: PeykProcess;
let browser: Browser;

describe.skipIf(isBrowserMissing)('the panel', () => {
  beforeAll(async () => {
    stack = await openPanelHouse({ DEBOUNCE_MS: '200' });
    ({ peyk, browser } = stack);
  });

  afterAll(async () => {
    await stack?.close();
  });

  it('refuses a wrong password and says so', async () => {
    const page = await openPanel('en-US');
    await logIn(page, 'not the password');
    await expectText(page, /do not match|did not match|failed|wrong|incorrect|invalid/i);
    expect(await page.locator('input[name=password]').count()).toBe(1);
    await page.context().close();
  });

  it('leads from the login to a simulated message, its answer and a take-over', async () => {
    const page = await openPanel('en-US');
    const faults = watchFaults(page);
    await logIn(page, PASSWORD);
    await page.locator('[data-step=try][data-state=open] a').click();
    await page.getByLabel('Message of the customer').fill('Hello, I would like to buy the red shoes');
    await page.keyboard.press('Enter');
    await expectText(page, ANSWER_EN);
    await page.screenshot({ path: join(PICTURES, 'simulator-en.png') });

    await page.goto(`${peyk.url}/admin/#/`);
    await page.locator('[data-step=try][data-state=done]').waitFor();
    await page.goto(`${peyk.url}/admin/#/conversations`);
    await page.locator('a[data-conversation]').first().click();
    await expectText(page, ANSWER_EN);
    await expectText(page, /Temporal/);
    await page.getByRole('textbox').last().fill('A person here: size 42 is on its way.');
    await page.keyboard.press('Enter');
    await expectText(page, /size 42 is on its way/);
    await expect.poll(() => modeOfNewest()).toBe('human');
    await page.waitForTimeout(3000);
    await page.screenshot({ path: join(PICTURES, 'conversation-en.png') });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('stands in Persian from right to left and answers in Persian', async () => {
    const page = await openPanel('en-US');
    const faults = watchFaults(page);
    await logIn(page, PASSWORD);
    await page.getByRole('menuitem', { name: 'Inbox' }).waitFor();
    await chooseLanguage(page, 'فارسی');
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.goto(`${peyk.url}/admin/#/simulator`);
    await page.getByLabel('پیام مشتری').fill('سلام، می‌خوام این کفش رو بخرم');
    await page.keyboard.press('Enter');
    await expectText(page, ANSWER_FA);
    await page.screenshot({ path: join(PICTURES, 'simulator-fa.png') });
    await page.goto(`${peyk.url}/admin/#/conversations`);
    await page.locator('a[data-conversation]').first().click();
    await expectText(page, ANSWER_FA);
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(PICTURES, 'conversation-fa.png') });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

async function openPanel(locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1360, height: 860 } });
  const page = await context.newPage();
  await page.goto(`${peyk.url}/admin`);
  return page;
}

async function chooseLanguage(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: /English|فارسی/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name }).click();
  // The page's own policy forbids to evaluate a condition in it.
  await page.locator('html[dir=rtl]').waitFor({ state: 'attached' });
}

async function expectText(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

async function modeOfNewest(): Promise<string> {
  const login = await fetch(`${peyk.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD }),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const sort = encodeURIComponent('["createdAt","DESC"]');
  const list = await fetch(`${peyk.url}/api/conversations?sort=${sort}&range=[0,0]`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await list.json()) as { mode: string }[])[0]?.mode ?? '';
}
