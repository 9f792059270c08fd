import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answersEn } from '../../admin/src/i18n/answers.en.ts';
import { answersFa } from '../../admin/src/i18n/answers.fa.ts';
import { inboxEn } from '../../admin/src/i18n/inbox.en.ts';
import { inboxFa } from '../../admin/src/i18n/inbox.fa.ts';
import { screensEn } from '../../admin/src/i18n/screens.en.ts';
import { screensFa } from '../../admin/src/i18n/screens.fa.ts';
import { findViolations } from '../support/axe.ts';
import { type FakeDirectam, sendWebhook, startFakeDirectam } from '../support/fake-directam.ts';
import {
  isBrowserMissing,
  logIn,
  openPanelHouse,
  type PanelStack,
  PICTURES,
  watchFaults,
} from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';

// Goal: every screen stands in both languages, at a desk and on a phone, in the light and in the dark, without a fault, a
// broken rule of the content policy or a violation that axe can see; and its main action works. Method: the real start, a
// real browser, one login a language; customers come through the simulator. Each screen is opened once a language, at a
// desk in the light, then narrowed and darkened where it stands; the next one the other way round. axe looks at half of
// them so and at half so, the other way round in the other language: it is the slow part, and both languages have the
// same colours.
// The pictures are kept: the operator's guide shows them.

const API_KEY = 'screens-test-key-0123456789abcdef';
const LANGUAGES = ['en', 'fa'] as const;
type Language = (typeof LANGUAGES)[number];
const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 800 };
const QUIET_MS = 100;
/** The browser tells of every 4xx: by these the panel asks whether there is a login, and a schedule of syncs. */
const EXPECTED = ['/auth/refresh', '/auth/me', '/api/catalog/schedule'];

let stack: PanelStack;
let directam: FakeDirectam;
let peyk: PeykProcess;
let browser: Browser;
const contexts: Partial<Record<Language, BrowserContext>> = {};

describe.skipIf(isBrowserMissing)('the screens', () => {
  beforeAll(async () => {
    directam = await startFakeDirectam();
    const SSRF_ALLOW_CIDRS = '127.0.0.1/32';
    stack = await openPanelHouse({ ADMIN_API_KEY: API_KEY, DEBOUNCE_MS: '200', SSRF_ALLOW_CIDRS });
    ({ peyk, browser } = stack);
    await fillShop();
  });

  afterAll(async () => {
    await stack?.close();
    await directam?.close();
  });

  it.each(LANGUAGES)(
    'stand at a desk in the light, and on a phone in the dark, without a violation (%s)',
    async (language) => {
      const { page, faults } = await openPanel(language);
      const found: string[] = [];
      const screens = Object.entries(await listScreens());
      for (const [index, [name, path]] of screens.entries()) {
        const looksInTheLight = (index % 2 === 0) === (language === 'en');
        const atDesk = async () => {
          expect(await page.locator('html').getAttribute('dir')).toBe(language === 'fa' ? 'rtl' : 'ltr');
          await page.screenshot({ path: join(PICTURES, `${name}-${language}.png`) });
          if (looksInTheLight) found.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`));
        };
        const onPhone = async () => {
          await page.screenshot({ path: join(PICTURES, `${name}-${language}-phone.png`) });
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect([name, overflow]).toEqual([name, 0]);
          if (!looksInTheLight)
            found.push(...(await findViolations(page)).map((violation) => `${name}, dark: ${violation}`));
        };
        const beginsAtDesk = index % 2 === 0;
        await visit(page, path);
        await (beginsAtDesk ? atDesk() : onPhone());
        await page.setViewportSize(beginsAtDesk ? PHONE : DESK);
        await page.emulateMedia({ colorScheme: beginsAtDesk ? 'dark' : 'light' });
        await untilQuiet(page);
        await (beginsAtDesk ? onPhone() : atDesk());
      }
      expect(found).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  it.each([
    ['en', 'Add', '12 h', '25 h', 'Start anew', 'Follow-up', 'Window closed'],
    ['fa', 'افزودن', '۱۲ ساعت', '۲۵ ساعت', 'از نو', 'پیگیری', 'پنجره بسته'],
  ] as const)('let a day pass in a rehearsal (%s)', async (language, add, twelve, day, anew, author, closed) => {
    const { page } = await openPanel(language);
    await visit(page, '/rehearsal');
    for (const name of [add, twelve, day]) await button(page, name).first().click();
    const log = page.getByTestId('rehearsal');
    await log.getByText(author, { exact: true }).first().waitFor();
    await log.getByText(closed).waitFor();
    // The answer may be of several messages; the follow-up is one more.
    await expect.poll(() => log.locator('[data-kind=sent]').count()).toBeGreaterThan(1);
    await page.screenshot({ path: join(PICTURES, `rehearsal-played-${language}.png`) });
    expect(await findViolations(page)).toEqual([]);
    await button(page, anew).click();
    await log.waitFor({ state: 'detached' });
    await page.close();
  });

  it('lead from the dashboard to what needs a person, and from an answer to its reasons', async () => {
    const { page } = await openPanel('en');
    await expect.poll(() => page.locator('[data-figure=unknown]').textContent()).toBe('1');
    await page.getByText('A send with unknown outcome').click();
    await page.waitForURL(/outbound-messages/);
    await button(page, 'Mark sent').click();
    await button(page, 'Confirm').click();
    await page.getByText('Marked as sent.').waitFor();
    await visit(page, '/decisions');
    await page.getByRole('link', { name: 'Why?' }).first().click();
    await page.getByRole('heading', { name: 'In short' }).waitFor();
    await page.getByRole('heading', { name: 'Where the time went' }).waitFor();
    expect(await page.getByRole('link', { name: 'Open in the Temporal Web UI' }).getAttribute('href')).toMatch(
      /\/namespaces\/.+\/workflows\//,
    );
    await page.close();
  });

  it.each([
    ['en', 'Write the answer', 'Try it', 'Publish', 'Yes, in three monthly parts.'],
    ['fa', 'نوشتن پاسخ', 'امتحان کنید', 'انتشار', 'بله، در سه قسط ماهانه.'],
  ] as const)(
    'write the answer that was missing, tried before it is published (%s)',
    async (language, write, tryIt, publish, words) => {
      const { page, faults } = await openPanel(language);
      await visit(page, '/unanswered');
      const card = page.locator('[data-question]').filter({ hasText: /installments|قسطی/ });
      await card.getByRole('button', { name: write }).click();
      const dialog = page.getByRole('dialog');
      // Nothing is published that was not tried.
      expect(await dialog.getByRole('button', { name: publish }).count()).toBe(0);
      expect(await dialog.getByRole('button', { name: tryIt }).isDisabled()).toBe(true);
      await dialog.locator('textarea:not([readonly])').nth(1).fill(words);
      await dialog.getByRole('button', { name: tryIt }).click();
      const tried = page.getByTestId('tried');
      await expect.poll(() => tried.locator('[data-answered=true]').count()).toBe(2);
      await page.screenshot({ path: join(PICTURES, `unanswered-tried-${language}.png`) });
      expect(await findViolations(page)).toEqual([]);
      await page.setViewportSize(PHONE);
      await page.screenshot({ path: join(PICTURES, `unanswered-tried-${language}-phone.png`) });
      await page.setViewportSize(DESK);
      await dialog.getByRole('button', { name: publish }).click();
      await card.waitFor({ state: 'detached' });
      const faqs = await api<{ id: string; answer: string }[]>('GET', '/api/faqs');
      const made = faqs.find(({ answer }) => answer === words);
      await api('DELETE', `/api/faqs/${made?.id}`);
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  it.each([
    ['en', 'Run all'],
    ['fa', 'اجرای همه'],
  ] as const)(
    'run the test set, and tell of an answer that would spoil it before it is published (%s)',
    async (language, runAll) => {
      const { page, faults } = await openPanel(language);
      const words = (language === 'fa' ? answersFa : answersEn).action;
      await visit(page, '/test-conversations');
      await button(page, runAll).click();
      const result = page.getByTestId('test-run');
      await expect.poll(() => result.getAttribute('data-good')).toBe('2');
      await page.locator('[data-test]').getByText('We are open every day').waitFor();
      await page.screenshot({ path: join(PICTURES, `test-set-run-${language}.png`) });
      expect(await findViolations(page)).toEqual([]);
      await visit(page, '/faqs/create');
      await page.locator('[name=question]').fill('What are your opening hours today?');
      await page.locator('[name=answer]').fill('Closed for repairs.');
      await button(page, words.run_test_set).click();
      await expect.poll(() => result.getAttribute('data-worse')).toBe('1');
      await page.screenshot({ path: join(PICTURES, `test-set-worse-${language}.png`) });
      expect(await findViolations(page)).toEqual([]);
      // What a customer wrote is one press away from the set.
      await visit(page, '/decisions');
      await page.locator('a[href*="/decisions/"]').first().click();
      await page.getByRole('link', { name: words.add_to_test_set }).click();
      await expect.poll(() => page.locator('textarea').first().inputValue()).not.toBe('');
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  it('keep what the shop says, and write it into the audit log', async () => {
    const { page } = await openPanel('en');
    await visit(page, '/faqs/create');
    await page.getByLabel('Question *').fill('Do you deliver to Shiraz?');
    await page.getByLabel('Answer *').fill('Yes, within three days.');
    await button(page, 'Save').click();
    await page.getByText('Do you deliver to Shiraz?').waitFor();
    await visit(page, '/audit-logs');
    await page.getByRole('link', { name: 'What changed' }).first().click();
    await page.getByText('Yes, within three days.').waitFor();
    await page.close();
  });

  it.each(LANGUAGES)('let somebody with a password that another made up choose their own (%s)', async (language) => {
    const [given, chosen] = ['told-by-the-boss', 'rain over seven roofs'];
    const username = `newcomer-${language}`;
    await api('POST', '/api/users', { username, password: given, role: 'operator' });
    const words = (language === 'fa' ? screensFa : screensEn).password;
    const refusal = (language === 'fa' ? inboxFa : inboxEn).errors.password_wrong;
    const context = await browser.newContext({ locale: language === 'fa' ? 'fa-IR' : 'en-US', viewport: DESK });
    const page = await context.newPage();
    const fill = async (present: string, next: string, again: string) => {
      await page.locator('input[name=currentPassword]').fill(present);
      await page.locator('input[name=newPassword]').fill(next);
      await page.locator('input[name=repeated]').fill(again);
      await button(page, words.change).click();
    };
    await page.goto(`${peyk.url}/admin`);
    await logIn(page, given, username);
    await page.getByText(words.due).waitFor();
    await page.getByRole('link', { name: words.change }).click();
    await fill(given, chosen, `${chosen}!`);
    await page.getByText(words.differs).waitFor();
    await fill('not this one', chosen, chosen);
    await page.getByText(refusal).first().waitFor();
    expect(await findViolations(page)).toEqual([]);
    await fill(given, chosen, chosen);
    await page.getByText(words.changed).waitFor();
    await page.getByText(words.due).waitFor({ state: 'detached' });
    const login = async (password: string) =>
      (
        await fetch(`${peyk.url}/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username, password }),
        })
      ).status;
    expect([await login(given), await login(chosen)]).toEqual([401, 200]);
    await context.close();
  });

  it('show a new API key once, let it in, and lock it out when it is revoked', async () => {
    const { page } = await openPanel('en');
    await visit(page, '/api-keys/create');
    await page.getByLabel('What it is for *').fill('A report');
    await page.getByLabel('See conversations').check();
    await button(page, 'Save').click();
    const key = await page.getByTestId('new-key').inputValue();
    const ask = async () => (await fetch(`${peyk.url}/api/conversations`, { headers: { 'x-api-key': key } })).status;
    expect(await ask()).toBe(200);
    expect(await findViolations(page)).toEqual([]);
    await button(page, 'Close').click();
    const row = page.getByRole('row').filter({ hasText: 'A report' });
    expect(await row.textContent()).not.toContain(key);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await button(page, 'Confirm').click();
    await page.getByText('The key no longer works.').waitFor();
    expect(await ask()).toBe(401);
    await page.close();
  });

  it('say what the bot would answer, without sending it', async () => {
    const { page } = await openPanel('en');
    const before = (await api<unknown[]>('GET', '/api/messages')).length;
    await visit(page, '/ai-context');
    await page.getByLabel('What would the customer write?').fill('What are your opening hours?');
    await button(page, 'Ask').click();
    await expect.poll(() => page.getByTestId('reply').textContent()).toContain('from 9 to 18');
    await page.screenshot({ path: join(PICTURES, 'ai-answer-en.png') });
    expect((await api<unknown[]>('GET', '/api/messages')).length).toBe(before);
    await page.close();
  });

  it('take a ticket, solve it and open it again', async () => {
    const { page } = await openPanel('en');
    await visit(page, '/tickets');
    await button(page, 'Take it').first().click();
    await page.getByText('The ticket is yours.').waitFor();
    await button(page, 'Mark solved').first().click();
    await page.getByText('The ticket is solved.').waitFor();
    await button(page, 'Open again').first().click();
    await page.getByText('The ticket is open again.').waitFor();
    await page.close();
  });

  it('connect a channel by its own steps until a message came and an answer left', async () => {
    const { page } = await openPanel('en');
    await visit(page, '/');
    await page.locator('[data-step=channel][data-state=open] a').click();
    await page.locator('[data-channel=directam]').click();
    await page.getByText('open the web service page and enter this address').waitFor();
    expect(await page.getByLabel('Our address').inputValue()).toBe(`${peyk.url}/webhooks/directam`);
    // What has come for an account that nobody connected is offered.
    await hear('17841000000000009');
    await button(page, '17841000000000009').click();
    const accountId = page.getByLabel('Id on the channel *');
    expect(await accountId.inputValue()).toBe('17841000000000009');
    await accountId.fill('no id!');
    await button(page, 'Save').click();
    await page.getByText('Letters, digits and . _ @ : + - only.').waitFor();
    await accountId.fill('17841000000000001');
    await page.getByLabel('Base address').fill('nonsense');
    await button(page, 'Save').click();
    await page.getByText('Required').waitFor();
    await page.getByLabel('API key').fill('a-key-to-hide');
    await button(page, 'Save').click();
    await page.getByText('Enter a web address').waitFor();
    await page.getByLabel('Base address').fill(directam.url);
    await button(page, 'Save').click();
    const connection = page.getByTestId('connection');
    await connection.locator('[data-state=started]').getByText('Waiting for the first message').waitFor();
    await page.getByText('Leave empty to keep what is stored.').waitFor();
    expect(await page.getByLabel('API key').inputValue()).toBe('');
    expect(await page.content()).not.toContain('a-key-to-hide');
    expect(await connection.getByRole('button', { name: 'Send a test answer' }).count()).toBe(0);
    await untilQuiet(page);
    await page.screenshot({ path: join(PICTURES, 'account-waiting-en.png') });
    expect(await findViolations(page)).toEqual([]);

    await hear('17841000000000001');
    await connection.getByText('The last message arrived:').waitFor();
    await connection.getByRole('button', { name: 'Send a test answer' }).click();
    await connection.getByText('Sent', { exact: true }).waitFor();
    expect(directam.received.map(({ receiverId, text }) => [receiverId, text])).toContainEqual([
      'a-first-customer',
      'This is a test message. Please ignore it.',
    ]);
    await page.screenshot({ path: join(PICTURES, 'account-connected-en.png') });
    await page.setViewportSize(PHONE);
    await untilQuiet(page);
    await page.screenshot({ path: join(PICTURES, 'account-connected-en-phone.png') });
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
    await page.setViewportSize(DESK);

    await visit(page, '/');
    await page.locator('[data-step=channel][data-state=done]').waitFor();
    await button(page, 'Not now').click();
    await page.getByTestId('first-steps').waitFor({ state: 'detached' });
    await visit(page, '/setup');
    await button(page, 'Show on the first page').click();
    await button(page, 'Not now').waitFor();
    await page.close();
  });

  it('say beside its field which setting is wrong', async () => {
    const { page } = await openPanel('en');
    await visit(page, '/settings');
    await page.getByLabel('Quiet from').fill('23:00');
    await button(page, 'Save').click();
    await page.getByText('Enter both the beginning and the end.').waitFor();
    await page.close();
  });

  it('switch the AI off for the shop and on again', async () => {
    const { page } = await openPanel('en');
    await visit(page, '/settings');
    const ai = page.getByLabel('The AI may answer');
    await ai.uncheck();
    await button(page, 'Save').click();
    await page.getByText('The settings are saved.').waitFor();
    await visit(page, '/');
    await page.getByText('The AI is switched off').waitFor();
    await visit(page, '/settings');
    await ai.check();
    await button(page, 'Save').click();
    await page.close();
  });
});

/** A first customer writes to an account on Directam. */
async function hear(receiver: string): Promise<void> {
  const parties = { sender_id: 'a-first-customer', receiver_id: receiver, is_admin: false };
  const message = { ...parties, message_type: 'text', text: 'Hello', timestamp: Date.now() };
  expect((await sendWebhook(`${peyk.url}/webhooks/directam`, message)).status).toBe(200);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(peyk.url + path, {
    method,
    headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Some customers, what the shop keeps, and one send that nobody knows the outcome of. */
async function fillShop(): Promise<void> {
  await api('POST', '/api/faqs', {
    language: 'en',
    question: 'What are your opening hours?',
    answer: 'We are open every day from 9 to 18.',
  });
  await api('POST', '/api/faqs', {
    language: 'fa',
    question: 'ارسال چقدر طول می‌کشد؟',
    answer: 'ارسال دو تا چهار روز کاری زمان می‌برد.',
  });
  await api('POST', '/api/products', { title: 'کیف چرمی قرمز', price: 450_000, brand: 'چرم باران' });
  await api('POST', '/api/users', { username: 'leila', password: 'another-long-password', role: 'operator' });
  await api('POST', '/api/test-conversations', {
    name: 'Opening hours',
    language: 'en',
    turns: [{ say: ['What are your opening hours today?'], must: [['9 to 18']], mustNot: ['closed'] }],
  });
  await api('POST', '/api/test-conversations', {
    name: 'زمان ارسال',
    turns: [
      {
        say: ['ارسال چقدر طول می‌کشد؟'],
        must: [
          ['دو', '2'],
          ['چهار', '4'],
        ],
      },
    ],
  });
  const said = {
    Sara: 'Hello, I would like to buy the red shoes',
    رضا: 'سلام، ارسال چقدر طول می‌کشد؟',
    مینا: 'می‌خوام با پشتیبان صحبت کنم',
    Tom: 'What are your opening hours?',
    Kim: 'Do you offer installments?',
    نیلوفر: 'سلام، قسطی هم می‌فروشید؟',
  };
  for (const [conversation, text] of Object.entries(said)) {
    await api('POST', '/api/simulator/messages', { conversation, text });
  }
  const sent = () => api<unknown[]>('GET', `/api/outbound-messages?filter=${encodeURIComponent('{"state":"sent"}')}`);
  await vi.waitFor(async () => expect((await sent()).length).toBeGreaterThanOrEqual(6), {
    timeout: 30_000,
    interval: 300,
  });
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  await client.query(
    `UPDATE outbound_messages SET state = 'unknown', reason = 'timeout', settled_by = '' WHERE id = (
       SELECT o.id FROM outbound_messages o JOIN conversations c ON c.id = o.conversation_id
       JOIN contacts k ON k.id = c.contact_id WHERE k.external_id = 'Sara' LIMIT 1)`,
  );
  await client.end();
}

interface Row {
  id: string;
  outcome?: string;
  resource?: string;
  promptName?: string;
}

/** The path of every screen that is no conversation. */
async function listScreens(): Promise<Record<string, string>> {
  const first = async (resource: string, isWanted: (row: Row) => boolean = () => true) => {
    const row = (await api<Row[]>('GET', `/api/${resource}`)).find(isWanted);
    if (!row) throw new Error(`There is no such row of ${resource}.`);
    return row.id;
  };
  return {
    dashboard: '/',
    decisions: '/decisions',
    why: `/decisions/${await first('decisions', (row) => row.outcome === 'reply')}/show`,
    bot: '/bot',
    setup: '/setup',
    simulator: '/simulator',
    rehearsal: '/rehearsal',
    'ai-context': '/ai-context',
    behaviour: '/behaviour',
    unanswered: '/unanswered',
    'test-set': '/test-conversations',
    'test-create': '/test-conversations/create',
    followups: '/followups',
    tickets: '/tickets',
    'outbound-messages': '/outbound-messages',
    messages: '/messages',
    'inbound-events': '/inbound-events',
    contacts: '/contacts',
    'orders-none': '/orders',
    'analytics-little': '/analytics',
    'products-few': '/products',
    'product-bare': `/products/${await first('products')}/show`,
    'product-create': '/products/create',
    'sync-runs-none': '/sync-runs',
    'catalog-sources-none': '/catalog-sources',
    'catalog-source-create': '/catalog-sources/create',
    'prompt-versions-none': '/prompt-versions',
    'reruns-none': '/reruns',
    'rerun-create': '/reruns/create',
    faqs: '/faqs',
    'faq-edit': `/faqs/${await first('faqs')}`,
    'post-links': '/post-links',
    'canned-replies': '/canned-replies',
    labels: '/labels',
    'label-create': '/labels/create',
    prompts: '/prompts',
    prompt: `/prompts/${await first('prompts')}/show`,
    shop: `/businesses/${await first('businesses')}`,
    accounts: '/accounts',
    'account-create': '/accounts/create',
    settings: '/settings',
    businesses: '/businesses',
    'business-create': '/businesses/create',
    users: '/users',
    'user-create': '/users/create',
    'api-keys': '/api-keys',
    'api-key-create': '/api-keys/create',
    health: '/health',
    'audit-logs': '/audit-logs',
    'audit-log': `/audit-logs/${await first('audit-logs', (row) => row.resource === 'faqs')}/show`,
    'app-logs': '/app-logs',
    sessions: '/sessions',
    password: '/password',
  };
}

/** Opens a screen and waits until nothing is on its way any more. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${peyk.url}/admin/#${path}`);
  await page.locator('#react-admin-title').getByText(/./).first().waitFor();
  await page.locator('.RaLoading-root, [role=progressbar]').first().waitFor({ state: 'detached' });
  await untilQuiet(page);
}

/**
 * Until nothing was drawn, asked for or faded in for a while: lists have their rows then, and colours are whole. What
 * counts down by the second stands still for longer than that.
 */
async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState('domcontentloaded');
  await page.evaluate(`new Promise((resolve) => {
    const began = performance.now();
    let last = began;
    const note = () => { last = performance.now(); };
    const drawn = new MutationObserver(note);
    drawn.observe(document.body, { subtree: true, childList: true, characterData: true });
    const asked = new PerformanceObserver(note);
    asked.observe({ type: 'resource' });
    const timer = setInterval(() => {
      const isMoving = document.getAnimations().some(({ playState }) => playState === 'running');
      const now = performance.now();
      if ((isMoving || now - last < ${QUIET_MS}) && now - began < 5000) return;
      clearInterval(timer);
      drawn.disconnect();
      asked.disconnect();
      resolve();
    }, 25);
  })`);
}

/** A page in the language's own browser profile, which logs in once. */
async function openPanel(language: Language): Promise<{ page: Page; faults: string[] }> {
  const known = contexts[language];
  const context =
    known ??
    (await browser.newContext({
      locale: language === 'fa' ? 'fa-IR' : 'en-US',
      viewport: DESK,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    }));
  contexts[language] = context;
  const page = await context.newPage();
  const faults = watchFaults(page, EXPECTED);
  await page.goto(`${peyk.url}/admin`);
  if (!known) {
    await logIn(page);
  }
  await page.locator('[data-figure=open]').waitFor();
  return { page, faults };
}
