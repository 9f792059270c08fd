import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../support/axe.ts';
import { openPanelApi, type PanelApi } from '../support/panel-api.ts';
import {
  isBrowserMissing,
  logIn,
  openPanelHouse,
  type PanelStack,
  PICTURES,
  watchFaults,
} from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';

// Goal: an operator's day at the inbox, in both languages, with nothing replaced: real start, browser, workflow, feed.
// Method: customers write through the simulator; the operator reads, notes, takes over, answers, sorts and plans, mostly
// by keyboard; a second look at the API says what was really done.

const MAX_FIRST_LOAD_BYTES = 350 * 1024;

interface Words {
  locale: string;
  direction: 'ltr' | 'rtl';
  customer: string;
  question: string;
  note: string;
  canned: { shortcut: string; language: string; text: string };
  later: string;
  sendLater: string;
  saveTime: string;
  needsHuman: string;
  mine: string;
  assignedTo: string;
  labels: string;
  label: string;
  panel: string;
  closePanel: string;
  edited: string;
  search: string;
  keys: string;
  unread: RegExp;
  reconnecting: RegExp;
  unavailable: RegExp;
  tryAgain: string;
}

const ENGLISH: Words = {
  locale: 'en-US',
  direction: 'ltr',
  customer: 'Sara',
  question: 'I want to talk to a human',
  note: 'She is a regular customer',
  canned: { shortcut: 'hello', language: 'en', text: 'Hello! How can I help you?' },
  later: 'Your parcel left today.',
  sendLater: 'Send later',
  saveTime: 'Save time',
  needsHuman: 'Waiting for a person',
  mine: 'Mine',
  assignedTo: 'Assigned to',
  labels: 'Labels',
  label: 'VIP',
  panel: 'Customer and timers',
  closePanel: 'Back to the chat',
  edited: 'Edited',
  search: 'Search name, id or words',
  keys: 'Keys',
  unread: /unread message/,
  reconnecting: /Reconnecting/,
  unavailable: /cannot do this right now/,
  tryAgain: 'Try again',
};

const PERSIAN: Words = {
  locale: 'fa-IR',
  direction: 'rtl',
  customer: 'نگار',
  question: 'می‌خواهم با پشتیبان صحبت کنم',
  note: 'مشتری همیشگی است',
  canned: { shortcut: 'سلام', language: 'fa', text: 'سلام! چطور می‌توانم کمک کنم؟' },
  later: 'بسته‌ی شما امروز فرستاده شد.',
  sendLater: 'ارسال در زمان دیگر',
  saveTime: 'ثبت زمان',
  needsHuman: 'منتظر پشتیبان',
  mine: 'مال من',
  assignedTo: 'مسئول',
  labels: 'برچسب‌ها',
  label: 'ویژه',
  panel: 'مشتری و زمان‌بندی‌ها',
  closePanel: 'بازگشت به گفت‌وگو',
  edited: 'ویرایش‌شده',
  search: 'جست‌وجوی نام، شناسه یا متن',
  keys: 'کلیدها',
  unread: /پیام خوانده‌نشده/,
  reconnecting: /در حال اتصال دوباره/,
  unavailable: /کارساز اکنون نمی‌تواند/,
  tryAgain: 'تلاش دوباره',
};

let stack: PanelStack;
let peyk: PeykProcess;
let api: PanelApi;
let browser: Browser;

describe.skipIf(isBrowserMissing)('the inbox', () => {
  beforeAll(async () => {
    stack = await openPanelHouse({ DEBOUNCE_MS: '200' });
    ({ peyk, browser } = stack);
    api = openPanelApi(peyk.url);
  });

  afterAll(async () => {
    await stack?.close();
  });

  it('loads at most 350 kB of compressed JavaScript first', async () => {
    const page = await openPage(ENGLISH);
    const scripts = new Set<string>();
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.add(response.url());
    });
    await page.reload();
    await page.locator('input[name=password]').waitFor();
    // The browser may have let go of a body by now: the server has it.
    const sizeOf = async (url: string) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
    const total = (await Promise.all([...scripts].map(sizeOf))).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(MAX_FIRST_LOAD_BYTES);
    await page.context().close();
  });

  it('shows markup, scripts and links of a customer as the text that they are', async () => {
    const text = '<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3) <svg onload=alert(4)>';
    await api.post('/api/simulator/messages', { conversation: 'Mallory', text });
    const page = await openPage(ENGLISH);
    const faults = watchFaults(page);
    page.on('dialog', (dialog) => {
      faults.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await enter(page);
    await page.goto(`${peyk.url}/admin/#/conversations`);
    await row(page, 'Mallory').click();
    const said = page.locator('[data-direction="in"]', { hasText: text });
    await said.waitFor();
    expect(await said.locator('img, script, svg[onload], a').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  describe.each([ENGLISH, PERSIAN])('in $locale', (words) => {
    it('lets a day at the inbox be worked by keyboard', async () => {
      await api.post('/api/simulator/messages', { conversation: words.customer, text: words.question });
      await api.post('/api/canned-replies', words.canned);
      await api.post('/api/labels', { name: words.label, color: '#e11d48' });
      const page = await openPage(words);
      const faults = watchFaults(page);
      await enter(page);
      await page.goto(`${peyk.url}/admin/#/conversations`);
      await row(page, words.customer).getByLabel(words.unread).waitFor();

      await page.keyboard.press('/');
      await page.keyboard.type(words.customer);
      await expect.poll(() => page.locator('a[data-conversation]').count()).toBe(1);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: words.needsHuman }).click();
      await row(page, words.customer).waitFor();
      await press(page, 'j');
      await page.keyboard.press('Enter');
      await page.getByText(words.question).last().waitFor();
      expect(await page.locator('html').getAttribute('dir')).toBe(words.direction);
      await expect.poll(() => row(page, words.customer).getByLabel(words.unread).count()).toBe(0);

      await beginToWrite(page, 'n');
      await page.keyboard.type(words.note);
      await page.keyboard.press('Enter');
      await page.locator('[data-direction="note"]', { hasText: words.note }).waitFor();

      await beginToWrite(page, 'r');
      await page.keyboard.type(`/${words.canned.shortcut.slice(0, 2)}`);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.locator('[data-direction="out"]', { hasText: words.canned.text }).waitFor();

      await press(page, '?');
      await page.getByRole('dialog', { name: words.keys }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });

      const conversation = await conversationOf(words.customer);
      expect(conversation).toMatchObject({ mode: 'human', unreadCount: 0 });
      expect(await api.list('outbound-messages', { conversationId: conversation.id, q: words.note })).toEqual([]);
      await page.screenshot({ path: join(PICTURES, `inbox-${words.locale}.png`) });
      await expectAccessible(page);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('sorts, assigns, plans and brings back', async () => {
      const page = await openPage(words);
      const faults = watchFaults(page);
      await enter(page);
      const { id } = await conversationOf(words.customer);
      await page.goto(`${peyk.url}/admin/#/conversations/${id}/show`);

      await page.getByRole('combobox', { name: words.labels }).click();
      await page.getByRole('option', { name: words.label }).click();
      await expect.poll(async () => (await conversationOf(words.customer)).labels).toEqual([words.label]);
      await page.getByRole('combobox', { name: words.assignedTo }).click();
      await page.getByRole('option', { name: 'admin' }).click();
      await expect.poll(async () => (await conversationOf(words.customer)).assigneeName).toBe('admin');
      await page.getByRole('listbox').waitFor({ state: 'hidden' });

      await beginToWrite(page, 'r');
      await page.keyboard.type(words.later);
      await page.getByRole('button', { name: words.sendLater }).click();
      await page.getByRole('dialog', { name: words.sendLater }).waitFor();
      await page.screenshot({ path: join(PICTURES, `inbox-later-${words.locale}.png`) });
      await page.getByRole('button', { name: words.saveTime }).click();
      await expect.poll(() => pendingKinds(id)).toEqual(['send_later']);
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await composer(page).inputValue()).toBe('');

      await press(page, 's');
      await page.getByRole('menuitem').first().waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => pendingKinds(id)).toEqual(['send_later', 'snooze']);
      await page.getByRole('button', { name: words.mine }).click();
      await row(page, words.customer).waitFor({ state: 'hidden' });

      // The customer writes: it is back in the list by itself, through the live feed alone.
      await api.post('/api/simulator/messages', { conversation: words.customer, text: words.question });
      await row(page, words.customer).waitFor();
      await page.screenshot({ path: join(PICTURES, `inbox-sorted-${words.locale}.png`) });
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('shows list and chat as two screens on a phone', async () => {
      const page = await openPage(words, { width: 390, height: 800 });
      await enter(page);
      await page.goto(`${peyk.url}/admin/#/conversations`);
      await row(page, words.customer).click();
      await page.getByText(words.canned.text).last().waitFor();
      expect(await page.locator('a[data-conversation]').count()).toBe(0);

      // What the customer does to messages comes by the live feed.
      const { id: conversationId } = await conversationOf(words.customer);
      const [shops] = await api.list<MessageRow>('messages', {
        conversationId,
        direction: 'out',
        text: words.canned.text,
      });
      const [own] = await api.list<MessageRow>('messages', { conversationId, direction: 'in' });
      await api.post('/api/simulator/messages', { reaction: { messageId: shops?.id, emoji: '❤️' } });
      await api.post('/api/simulator/messages', { edit: { messageId: own?.id, text: words.later } });
      const bubble = (text: string) => page.locator('li', { has: page.getByText(text, { exact: true }) });
      await bubble(words.canned.text).locator('[data-reaction]').waitFor();
      await bubble(words.later).getByText(words.edited).waitFor();

      for (const close of [
        () => page.getByRole('button', { name: words.closePanel }).click(),
        () => page.keyboard.press('Escape'),
      ]) {
        await page.getByRole('button', { name: words.panel }).click();
        await page.getByRole('combobox', { name: words.labels }).waitFor();
        await close();
        await page.getByRole('combobox', { name: words.labels }).waitFor({ state: 'hidden' });
        await expect.poll(() => page.evaluate('document.activeElement.ariaLabel')).toBe(words.panel);
      }
      await page.screenshot({ path: join(PICTURES, `inbox-phone-${words.locale}.png`) });
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await page.goBack();
      await row(page, words.customer).waitFor();
      await expectAccessible(page);
      await page.context().close();
    });

    it('loses nothing that was typed while the server is away, and says what is wrong', async () => {
      const page = await openPage(words);
      await enter(page);
      const { id } = await conversationOf(words.customer);
      await page.goto(`${peyk.url}/admin/#/conversations/${id}/show`);
      await page.getByText(words.canned.text).last().waitFor();
      await page.route('**/api/chats/**', (route) => route.fulfill({ status: 503, body: '' }));
      await beginToWrite(page, 'r');
      const answer = `${words.later} 2`;
      await page.keyboard.type(answer);
      await page.keyboard.press('Enter');
      await page.getByText(words.unavailable).waitFor();
      await page.reload();
      await page.getByText(words.canned.text).last().waitFor();
      expect(await composer(page).inputValue()).toBe(answer);
      await page.keyboard.press('r');
      await composer(page).press('Enter');
      await page.getByText(words.unavailable).waitFor();
      await page.unroute('**/api/chats/**');
      await page.getByRole('button', { name: words.tryAgain }).click();
      await page.locator('[data-direction="out"]', { hasText: answer }).waitFor();
      await expect.poll(() => composer(page).inputValue()).toBe('');

      await page.context().close();
    });

    it('says when it is cut off from what happens, and catches up by itself', async () => {
      const page = await openPage(words);
      const cut: (() => Promise<void>)[] = [];
      await page.routeWebSocket(/\/ws\?/, (socket) => {
        socket.connectToServer();
        cut.push(() => socket.close());
      });
      await enter(page);
      const { id } = await conversationOf(words.customer);
      await page.goto(`${peyk.url}/admin/#/conversations/${id}/show`);
      await page.getByText(words.canned.text).last().waitFor();
      await expect.poll(() => cut.length).toBeGreaterThan(0);
      await page.route('**/api/live/ticket', (route) => route.abort());
      await Promise.all(cut.map((close) => close()));
      await page.getByText(words.reconnecting).waitFor();
      await page.screenshot({ path: join(PICTURES, `inbox-away-${words.locale}.png`) });
      const missed = `${words.question} 3`;
      await api.post('/api/simulator/messages', { conversation: words.customer, text: missed });
      await page.unroute('**/api/live/ticket');
      await page.getByText(words.reconnecting).waitFor({ state: 'hidden' });
      await page.locator('[data-direction="in"]', { hasText: missed }).waitFor();
      await page.context().close();
    });
  });
});

const row = (page: Page, customer: string) => page.locator('a[data-conversation]', { hasText: customer });
const composer = (page: Page) => page.locator('section textarea:not([aria-hidden])');

/** A key for the page, not for the field that may have the focus. */
async function press(page: Page, key: string): Promise<void> {
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press(key);
}

/** Comes to the field by its key. A popup that is just closing takes the focus back for a moment, so once may not do. */
async function beginToWrite(page: Page, key: 'r' | 'n'): Promise<void> {
  const isThere = async () => {
    await press(page, key);
    return page.evaluate('document.activeElement.tagName');
  };
  await expect.poll(isThere, { interval: 200 }).toBe('TEXTAREA');
}

async function openPage({ locale }: Words, viewport = { width: 1440, height: 860 }): Promise<Page> {
  const context = await browser.newContext({ locale, viewport });
  const page = await context.newPage();
  await page.goto(`${peyk.url}/admin`);
  return page;
}

async function enter(page: Page): Promise<void> {
  await logIn(page);
  await page.locator('input[name=password]').waitFor({ state: 'detached' });
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await findViolations(page)).toEqual([]);
}

interface MessageRow {
  id: string;
}

interface ConversationRow {
  id: string;
  mode: string;
  unreadCount: number;
  labels: string[];
  assigneeName: string | null;
}

async function conversationOf(customer: string): Promise<ConversationRow> {
  const [found] = await api.list<ConversationRow>('conversations', { contactExternalId: customer });
  if (!found) throw new Error(`There is no conversation of ${customer}`);
  return found;
}

async function pendingKinds(conversationId: string): Promise<string[]> {
  const timers = await api.list<{ kind: string }>('timers', { conversationId, state: 'pending' });
  return timers.map(({ kind }) => kind).sort();
}
