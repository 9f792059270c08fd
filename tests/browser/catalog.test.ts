import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../support/axe.ts';
import { type FakeShop, makeProducts, startFakeShop } from '../support/fake-shop.ts';
import { isBrowserMissing, logIn, openPanelHouse, type PanelStack, PICTURES } from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';

// Goal: a shop owner reads their shop, sees its products, and imports a table; in both languages.
// Method: the real start beside a real shop over HTTP; nothing replaced.

let stack: PanelStack;
let shop: FakeShop;
let peyk: PeykProcess;
let browser: Browser;

describe.skipIf(isBrowserMissing)('the catalog in the panel', () => {
  beforeAll(async () => {
    shop = await startFakeShop({ products: makeProducts(24) });
    stack = await openPanelHouse({ TOROB_PRODUCTS_URL: shop.feedUrl(), SSRF_ALLOW_CIDRS: '127.0.0.1/32' });
    ({ peyk, browser } = stack);
  });

  afterAll(async () => {
    await stack?.close();
    await shop?.close();
  });

  it('reads the shop at a press of a button, and shows its products with their pictures', async () => {
    const page = await open('en-US');
    await page.goto(`${peyk.url}/admin/#/sync-runs`);
    await page.getByRole('button', { name: 'Read the shop now' }).click();
    await page.getByText('24 new').waitFor({ timeout: 60_000 });
    await page.getByText('Next:').waitFor();
    await look(page, 'sync-runs-en');
    await page.goto(`${peyk.url}/admin/#/products`);
    await page.waitForTimeout(3000);
    await page.screenshot({ path: join(PICTURES, 'products-en.png') });
    await page
      .getByText(/^[\d,]+ Toman$/)
      .first()
      .waitFor();
    await expect.poll(() => shownPictures(page)).toBeGreaterThan(3);
    await look(page, 'products-en');
    await page.getByRole('heading', { level: 2 }).first().getByRole('link').click();
    await page.getByRole('heading', { name: 'Where customers asked for it' }).waitFor();
    await page.getByText('Nobody asked for it in the last 90 days.').waitFor();
    await expect.poll(() => shownPictures(page)).toBeGreaterThan(0);
    await look(page, 'product-en');
    await page.context().close();
  });

  it('imports a table and says what became of each row', async () => {
    const page = await open('fa-IR');
    await page.goto(`${peyk.url}/admin/#/products`);
    await page.getByRole('button', { name: 'ورود از جدول' }).click();
    const buffer = Buffer.from('نام,قیمت,واحد\nکیف دستی,۲۵۰۰۰۰,تومان\nبی‌قیمت,صد,تومان\n');
    await page.getByTestId('import-file').setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer });
    await page.getByText('قیمت عدد نیست').waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(PICTURES, 'import-fa.png') });
    await page.getByRole('button', { name: 'ببند' }).click();
    await page.getByText('کیف دستی').waitFor();
    await page.getByText('۲۵۰٬۰۰۰ تومان').waitFor();
    await look(page, 'products-fa');
    await page.getByRole('heading', { level: 2 }).nth(1).getByRole('link').click();
    await page.getByRole('heading', { name: 'از کجا آمده' }).waitFor();
    await page.getByText('در ۹۰ روز گذشته کسی سراغش را نگرفته است.').waitFor();
    await look(page, 'product-fa');
    await page.goto(`${peyk.url}/admin/#/sync-runs`);
    await page.getByText('خواندن صفحه‌ها').or(page.getByText('انجام شد')).first().waitFor();
    await look(page, 'sync-runs-fa');
    await page.goto(`${peyk.url}/admin/#/catalog-sources`);
    await page.getByText('خوراک ترب').waitFor();
    await look(page, 'catalog-sources-fa');
    await linkPost(page);
    await page.context().close();
  });
});

/** A person says which product a post shows; the product is found by its name. */
async function linkPost(page: Page): Promise<void> {
  await page.goto(`${peyk.url}/admin/#/post-links`);
  await page.getByText('هنوز پستی به محصول وصل نشده').waitFor();
  await page.goto(`${peyk.url}/admin/#/post-links/create`);
  await page.locator('input[name=post]').fill('https://www.instagram.com/p/C9abc_D-1/');
  await page.getByRole('combobox').fill('کیف دستی');
  await page.getByRole('option', { name: 'کیف دستی' }).click();
  await look(page, 'post-link-create-fa');
  await page.locator('button[type=submit]').click();
  await page.getByRole('link', { name: 'کیف دستی' }).waitFor();
  await look(page, 'post-links-fa');
}

async function open(locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${peyk.url}/admin`);
  await logIn(page);
  await page.locator('[role=menu]').first().waitFor();
  return page;
}

async function shownPictures(page: Page): Promise<number> {
  const script =
    '[...document.querySelectorAll("img")].filter((img) => img.src.includes("/media/") && img.naturalWidth > 0).length';
  return (await page.evaluate(script)) as number;
}

async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  expect(await findViolations(page), name).toEqual([]);
}
