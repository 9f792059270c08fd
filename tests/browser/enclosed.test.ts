import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../support/axe.ts';
import { wavFile } from '../support/media-files.ts';
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

// Goal: an operator sends pictures, sounds and products by hand, and sees in the chat what went out.
// Method: the real start and a real browser, at a desk and on a phone, in both languages; a look at the API says what was sent.

interface Words {
  locale: string;
  customer: string;
  text: string;
  product: string;
  productButton: string;
  remove: RegExp;
  wrongType: RegExp;
  tooLong: RegExp;
  send: string;
  bag: string;
  viewport: { width: number; height: number };
}

const ENGLISH: Words = {
  locale: 'en-US',
  customer: 'Sara',
  text: 'Here it is.',
  product: 'Blue leather bag',
  productButton: 'Send a product',
  remove: /^Take .* out$/,
  wrongType: /cannot be sent/,
  tooLong: /are too long/,
  send: 'Send',
  bag: 'bag.jpg',
  viewport: { width: 1440, height: 860 },
};

const PERSIAN: Words = {
  locale: 'fa-IR',
  customer: 'نگار',
  text: 'بفرمایید، این هم عکسش.',
  product: 'کیف چرم آبی',
  productButton: 'فرستادن محصول',
  remove: /^برداشتن /,
  wrongType: /نمی‌شود فرستاد/,
  tooLong: /بیش از اندازه است/,
  send: 'ارسال',
  bag: 'کیف.jpg',
  viewport: { width: 390, height: 800 },
};

let stack: PanelStack;
let peyk: PeykProcess;
let api: PanelApi;
let browser: Browser;

describe.skipIf(isBrowserMissing)('what goes with a message', () => {
  beforeAll(async () => {
    stack = await openPanelHouse({ DEBOUNCE_MS: '200' });
    ({ peyk, browser } = stack);
    api = openPanelApi(peyk.url);
  });
  afterAll(async () => {
    await stack?.close();
  });

  it.each([ENGLISH, PERSIAN])(
    'can be attached, taken out and sent, and is shown in the chat ($locale)',
    async (words) => {
      await api.post('/api/products', { title: words.product, price: 450_000, url: 'https://shop.example/bag' });
      await api.post('/api/simulator/messages', { conversation: words.customer, text: 'hello' });
      const [conversation] = await api.list<{ id: string }>('conversations', { contactExternalId: words.customer });
      const id = conversation?.id ?? '';
      const context = await browser.newContext({ locale: words.locale, viewport: words.viewport });
      const page = await context.newPage();
      const faults = watchFaults(page, ['/auth/', '/api/uploads']);
      await page.goto(`${peyk.url}/admin/#/conversations/${id}/show`);
      await logIn(page);
      await page.locator('input[name=password]').waitFor({ state: 'detached' });
      await composer(page).waitFor();

      // A page in disguise is refused with the reason, and taken out again.
      await attach(page, 'list.png', 'image/png', Buffer.from('<!doctype html><p>no picture</p>'));
      await page.getByText(words.wrongType).waitFor();
      expect(await sendButton(page, words).isDisabled()).toBe(true);
      await page.getByRole('button', { name: words.remove }).click();

      const file = sharp({ create: { width: 640, height: 420, channels: 3, background: '#2b5c8a' } });
      await attach(page, words.bag, 'image/jpeg', await file.jpeg().toBuffer());
      await paste(page, 'voice.wav', 'audio/wav', wavFile());
      await expect.poll(() => page.getByRole('button', { name: words.remove }).count()).toBe(2);
      await page.getByRole('button', { name: words.productButton }).click();
      await page.getByRole('searchbox').fill(words.product);
      await page.getByRole('button', { name: words.product }).click();
      await expect.poll(() => page.getByRole('button', { name: words.remove }).count()).toBe(3);

      await composer(page).fill('م'.repeat(6000));
      await page.getByText(words.tooLong).waitFor();
      await composer(page).fill(words.text);
      await expect.poll(() => sendButton(page, words).isEnabled()).toBe(true);
      await page.screenshot({ path: join(PICTURES, `enclosed-ready-${words.locale}.png`) });
      expect(await findViolations(page)).toEqual([]);
      await sendButton(page, words).click();

      const said = page.locator('[data-direction="out"]');
      const picture = '[data-direction="out"] img[src^="/media/uploads/"]';
      await page.locator(picture).first().waitFor();
      await expect.poll(() => page.evaluate(`document.querySelector('${picture}').naturalWidth`)).toBeGreaterThan(0);
      await said.locator('audio[src^="/media/uploads/"]').waitFor();
      await said.getByText(words.text, { exact: true }).waitFor();
      await said.getByText(words.product, { exact: true }).first().waitFor();
      // The live feed may show the message before the answer to the composer comes.
      await expect.poll(() => page.getByRole('button', { name: words.remove }).count()).toBe(0);
      await expect.poll(() => composer(page).inputValue()).toBe('');
      const sent = await api.list<{ content: { kind: string }; state: string; author: string }>('outbound-messages', {
        conversationId: id,
        author: 'human',
      });
      expect(sent.map(({ content }) => content.kind).sort()).toEqual(['audio', 'cards', 'image', 'text']);
      await expect
        .poll(async () =>
          (await api.list<{ state: string }>('outbound-messages', { conversationId: id, author: 'human' })).map(
            (row) => row.state,
          ),
        )
        .toEqual(['sent', 'sent', 'sent', 'sent']);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.screenshot({ path: join(PICTURES, `enclosed-sent-${words.locale}.png`) });
      expect(faults).toEqual([]);
      await context.close();
    },
  );
});

const COMPOSER = 'section textarea:not([aria-hidden])';
const composer = (page: Page) => page.locator(COMPOSER);
const sendButton = (page: Page, { send }: Words) => page.getByRole('button', { name: send, exact: true });

async function attach(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await page.getByTestId('attach').setInputFiles({ name, mimeType, buffer });
}

/** As a picture that was copied elsewhere comes out of the clipboard. */
async function paste(page: Page, name: string, type: string, file: Buffer): Promise<void> {
  await page.evaluate(`{
    const bytes = Uint8Array.from(atob(${JSON.stringify(file.toString('base64'))}), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
    const field = document.querySelector('${COMPOSER}');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }`);
}
