import { readdirSync, readFileSync } from 'node:fs';
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
} from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';

// Goal: a server that dies under an operator's hands costs nothing that was typed.
// Method: the API's process itself is killed while an answer is half written; `npm start` brings it back, as in daily life.

const ENGLISH = {
  locale: 'en-US',
  customer: 'Outage',
  question: 'I want to talk to a human',
  begun: 'Your parcel ',
  ended: 'left today',
  later: 'Are you still there?',
  unsure: /The server did not answer/,
  reconnecting: /Reconnecting/,
};

const PERSIAN: typeof ENGLISH = {
  locale: 'fa-IR',
  customer: 'قطعی',
  question: 'می‌خواهم با پشتیبان صحبت کنم',
  begun: 'بسته‌ی شما ',
  ended: 'امروز فرستاده شد',
  later: 'هنوز هستید؟',
  unsure: /کارساز پاسخ نداد/,
  reconnecting: /در حال اتصال دوباره/,
};

let stack: PanelStack;
let peyk: PeykProcess;
let browser: Browser;

describe.skipIf(isBrowserMissing)('an operator whose server dies', () => {
  beforeAll(async () => {
    stack = await openPanelHouse({ DEBOUNCE_MS: '200' });
    ({ peyk, browser } = stack);
  });

  afterAll(async () => {
    await stack?.close();
  });

  it.each([ENGLISH, PERSIAN])('keeps the text, is told, and goes on ($locale)', async (words) => {
    const context = await browser.newContext({ locale: words.locale, viewport: { width: 1440, height: 860 } });
    const page = await context.newPage();
    await enter(page);
    const token = await signIn();
    await simulate(token, words.customer, words.question);
    await page.goto(`${peyk.url}/admin/#/conversations`);
    await page.locator('a[data-conversation]', { hasText: words.customer }).click();
    await page.getByText(words.question).last().waitFor();
    const field = page.locator('section textarea:not([aria-hidden])');
    await field.click();
    await page.keyboard.type(words.begun);

    process.kill(childOf(peyk.pid, 'src/api.ts'), 'SIGKILL');
    await page.keyboard.type(words.ended);
    await page.keyboard.press('Enter');
    await page.getByText(words.unsure).waitFor();
    expect(await field.inputValue()).toBe(words.begun + words.ended);
    await page.getByText(words.reconnecting).waitFor();
    await page.screenshot({ path: join(PICTURES, `outage-${words.locale}.png`) });

    await page.getByText(words.reconnecting).waitFor({ state: 'hidden', timeout: 60_000 });
    await simulate(token, words.customer, words.later);
    await page.locator('[data-direction="in"]', { hasText: words.later }).waitFor();
    expect(await field.inputValue()).toBe(words.begun + words.ended);
    await field.press('Enter');
    const answers = page.locator('[data-direction="out"]', { hasText: words.begun + words.ended });
    await answers.first().waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await answers.count()).toBe(1);
    await context.close();
  });
});

async function enter(page: Page): Promise<void> {
  await page.goto(`${peyk.url}/admin`);
  await logIn(page);
  await page.locator('input[name=password]').waitFor({ state: 'detached' });
}

async function post(path: string, body: object, token?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(peyk.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.ok, `${path}: ${response.status}`).toBe(true);
  return response;
}

async function signIn(): Promise<string> {
  const response = await post('/auth/login', { username: 'admin', password: PASSWORD });
  return ((await response.json()) as { access_token: string }).access_token;
}

const simulate = (token: string, conversation: string, text: string) =>
  post('/api/simulator/messages', { conversation, text }, token);

/** The process below `parent` whose command line ends with that file. */
function childOf(parent: number, file: string): number {
  const isChild = (pid: string) => {
    try {
      const [, ppid] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return Number(ppid) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file);
    } catch {
      // It ended while we looked.
      return false;
    }
  };
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name));
  if (found.length !== 1) throw new Error(`${found.length} processes run ${file} below ${parent}`);
  return Number(found[0]);
}
