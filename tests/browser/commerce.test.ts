import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { normaliseText } from '../../src/text/persian.ts';
import { findViolations } from '../support/axe.ts';
import {
  isBrowserMissing,
  logIn,
  openPanelHouse,
  type PanelStack,
  PICTURES,
  watchFaults,
} from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';

// Goal: an order that a customer placed by chat is seen, moved on and told of in the panel, in both languages, and the
// figures show it. Method: the real start, a real browser; the customer writes through the simulator.

const API_KEY = 'commerce-test-key-0123456789abcdef';
const ORDER = ['کیف چرمی قرمز می‌خوام', '۲ تا', 'علی رضایی', '۰۹۱۲۳۴۵۶۷۸۹', 'تهران، خیابان ولیعصر، پلاک ۱۲', 'بله'];

let stack: PanelStack;
let peyk: PeykProcess;
let browser: Browser;

describe.skipIf(isBrowserMissing)('orders and figures in the panel', () => {
  beforeAll(async () => {
    stack = await openPanelHouse({ ADMIN_API_KEY: API_KEY, DEBOUNCE_MS: '50' });
    ({ peyk, browser } = stack);
    await placeOrder();
  });

  afterAll(async () => {
    await stack?.close();
  });

  it.each([
    ['en', 'Confirm', 'The order has moved on.', 'confirmed'],
    ['fa', 'ارسال شد', 'وضعیت سفارش تغییر کرد.', 'shipped'],
  ] as const)('show an order and move it on (%s)', async (language, action, done, state) => {
    const { page, faults } = await openPanel(language);
    await visit(page, '/orders');
    await page.getByText('کیف چرمی قرمز').first().waitFor();
    await page.screenshot({ path: join(PICTURES, `orders-${language}.png`) });
    expect(await findViolations(page)).toEqual([]);
    const [order] = await api<{ id: string }[]>('GET', '/api/orders');
    await visit(page, `/orders/${order?.id}/show`);
    await page.getByRole('button', { name: action, exact: true }).click();
    await page.getByText(done).waitFor();
    await vi.waitFor(async () => expect((await api<{ state: string }[]>('GET', '/api/orders'))[0]?.state).toBe(state));
    await page
      .getByText(language === 'en' ? 'Message to the customer:' : 'پیام به مشتری:')
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, `order-${language}.png`) });
    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it.each(['en', 'fa'] as const)('show figures (%s)', async (language) => {
    const { page, faults } = await openPanel(language);
    await visit(page, '/analytics');
    await page.screenshot({ path: join(PICTURES, `analytics-${language}.png`), fullPage: true });
    await expect.poll(() => page.locator('svg[role=img]').count()).toBe(2);
    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['en', 'Product', 'Name', 'Show the price', 'Place the order', 'The price has changed since it was shown.'],
    ['fa', 'محصول', 'نام', 'نمایش قیمت', 'ثبت سفارش', 'قیمت از زمان نمایش تغییر کرده است.'],
  ] as const)(
    'note an order by hand, at the price that was shown (%s)',
    async (language, product, name, ask, place, changed) => {
      const { page, faults } = await openPanel(language);
      const [conversation] = await api<{ id: string }[]>('GET', '/api/conversations');
      await visit(page, `/orders/create?conversation=${conversation?.id}`);
      await page.getByLabel(product, { exact: false }).first().fill('چرمی');
      await page.getByRole('option', { name: 'کیف چرمی قرمز' }).click();
      await page.locator('input[type=number]').fill('3');
      await page.getByRole('textbox', { name }).first().fill('مینا');
      await page.getByRole('button', { name: ask }).click();
      const total = language === 'fa' ? '۱٬۳۵۰٬۰۰۰ تومان' : '1,350,000 Toman';
      await page.locator('.MuiAlert-root strong', { hasText: total }).waitFor();
      await page.screenshot({ path: join(PICTURES, `order-by-hand-${language}.png`), fullPage: true });
      expect(await findViolations(page)).toEqual([]);
      // The price changes behind the operator's back: the order is not placed at another one than was shown.
      const setPrice = (price: number) => api('PATCH', `/api/products/${bag?.id}`, { price });
      const [bag] = await api<{ id: string }[]>('GET', '/api/products');
      await setPrice(500_000);
      await page.getByRole('button', { name: place }).click();
      await page.getByText(changed).waitFor();
      const anew = language === 'fa' ? '۱٬۵۰۰٬۰۰۰ تومان' : '1,500,000 Toman';
      await page.locator('.MuiAlert-root strong', { hasText: anew }).waitFor();
      await page.screenshot({ path: join(PICTURES, `order-price-changed-${language}.png`), fullPage: true });
      await page.getByRole('button', { name: place }).click();
      await page.waitForURL(/orders\/[0-9a-f-]{36}\/show/);
      await setPrice(450_000);
      expect(await api<object[]>('GET', '/api/orders')).toMatchObject(
        expect.arrayContaining([expect.objectContaining({ customerName: 'مینا', total: '1500000', state: 'placed' })]),
      );
      await api('POST', `/api/orders/${page.url().split('/').at(-2)}/state`, { state: 'cancelled', notify: false });
      // The one refusal, which browsers write into their console.
      expect(faults.filter((fault) => !/status of 409 .*\/api\/orders$/.test(fault))).toEqual([]);
      await page.context().close();
    },
  );
});

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(peyk.url + path, {
    method,
    headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function placeOrder(): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const title = 'کیف چرمی قرمز';
  await client.query(
    `INSERT INTO products (business_id, source, source_key, title, price, search_text)
     SELECT id, 'manual', 'bag', $1, 450000, $2 FROM businesses LIMIT 1`,
    [title, normaliseText(title)],
  );
  await client.end();
  for (const [index, text] of ORDER.entries()) {
    await api('POST', '/api/simulator/messages', { conversation: 'Ali', text });
    const sent = () => api<unknown[]>('GET', `/api/outbound-messages?filter=${encodeURIComponent('{"state":"sent"}')}`);
    await vi.waitFor(async () => expect((await sent()).length).toBeGreaterThan(index), {
      timeout: 20_000,
      interval: 50,
    });
  }
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${peyk.url}/admin/#${path}`);
  await page.locator('#react-admin-title').getByText(/./).first().waitFor();
  await page.locator('.RaLoading-root, [role=progressbar]').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(400);
}

async function openPanel(language: 'en' | 'fa'): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: language === 'fa' ? 'fa-IR' : 'en-US',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults = watchFaults(page);
  await page.goto(`${peyk.url}/admin`);
  await logIn(page);
  await page.locator('[data-figure=open]').waitFor();
  return { page, faults };
}
