import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { findViolations } from '../support/axe.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { isBrowserMissing, logIn, openPanelHouse, type PanelStack, PICTURES } from '../support/panel-stack.ts';
import type { PeykProcess } from '../support/peyk-process.ts';
import { MODEL, recordTurn } from '../support/rerun-lab.ts';

// Goal: a shop owner mends a prompt, sees what it would have answered, and only then lets it answer.
// Method: the real start with a played model; edit, compare, re-run, publish, in both languages.

let stack: PanelStack;
let openai: FakeOpenAi;
let peyk: PeykProcess;
let browser: Browser;
let db: Database;

describe.skipIf(isBrowserMissing)('prompts and re-runs in the panel', () => {
  beforeAll(async () => {
    openai = await startFakeOpenAi();
    stack = await openPanelHouse({
      AI_PROVIDER: 'openai',
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: openai.url,
      OPENAI_MODEL: MODEL,
    });
    ({ peyk, browser } = stack);
    db = openDatabase(stack.databaseUrl, 2);
    const { id } = await db.business.findFirstOrThrow();
    await recordTurn(
      db,
      id,
      'May I ask you something?',
      'Of course, ask as many as ten questions, in any order that you like.',
    );
    await recordTurn(db, id, 'سلام، ارسال به شیراز چند روز طول می‌کشد؟', 'سلام، دو تا سه روز کاری طول می‌کشد.');
    const content = {
      text: 'Of course, ask as many as nine questions, in any order that you like.',
      action: 'reply',
      purchaseIntent: false,
      intent: 'other',
    };
    openai.always({ kind: 'json', content });
  });

  afterAll(async () => {
    await stack?.close();
    await openai?.close();
    await db?.$disconnect();
  });

  it('leads from a new version over its re-run to its publication, in English', async () => {
    const page = await openPanel('en-US');
    await page.goto(`${peyk.url}/admin/#/prompt-versions/create`);
    const english = page.getByLabel('English text');
    await english.waitFor();
    await english.fill(`Answer in one sentence only.\n${await english.inputValue()}`);
    await page.getByLabel('Why it was made').fill('Shorter answers');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('ins', { hasText: 'Answer in one sentence only.' }).waitFor();
    await look(page, 'prompt-version-en');

    await page.getByRole('link', { name: 'Try on recorded turns' }).click();
    await page.getByRole('button', { name: 'What would it cost?' }).click();
    await page.locator('[data-estimate="2"]').waitFor();
    expect(openai.requests).toHaveLength(0);
    await look(page, 'rerun-estimate-en');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.locator('[data-rerun="done"]').waitFor();
    await page.locator('del', { hasText: 'ten' }).waitFor();
    await page.locator('ins', { hasText: 'nine' }).waitFor();
    await look(page, 'rerun-en');
    expect(openai.requests.some(({ body }) => body.messages?.[0]?.content.startsWith('Answer in one sentence'))).toBe(
      true,
    );
    expect(await db.outboundMessage.count({ where: { state: { not: 'sent' } } })).toBe(0);
    expect(await db.outboundMessage.count()).toBe(2);

    await page.goto(`${peyk.url}/admin/#/prompt-versions`);
    await page.getByRole('link', { name: /v\d+\.1/ }).click();
    const confirm = page.getByRole('button', { name: 'Confirm' });
    // While the record is being read again, the first click may meet a button that is about to be drawn anew.
    const askToPublish = async () => {
      if (!(await confirm.isVisible())) await page.getByRole('button', { name: 'Publish' }).click();
      await page.waitForTimeout(500);
      return confirm.isVisible();
    };
    await expect.poll(askToPublish, { timeout: 20_000 }).toBe(true);
    await confirm.click();
    await page.getByText('In use', { exact: true }).first().waitFor();
    expect(await db.promptVersion.count({ where: { state: 'published' } })).toBe(1);
    await page.context().close();
  });

  it('stands in Persian from right to left', async () => {
    const page = await openPanel('fa-IR');
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.goto(`${peyk.url}/admin/#/reruns/create`);
    await page.getByRole('button', { name: 'هزینه‌اش چقدر می‌شود؟' }).click();
    await page.locator('[data-estimate="2"]').waitFor();
    await look(page, 'rerun-estimate-fa');
    await page.goto(`${peyk.url}/admin/#/reruns`);
    await page.locator('a[href*="/reruns/"][href$="/show"]').first().click();
    await page.locator('[data-rerun="done"]').waitFor();
    await page.locator('[data-difference="wording"]').first().waitFor();
    await look(page, 'rerun-fa');
    await page.goto(`${peyk.url}/admin/#/prompt-versions`);
    await page.getByRole('link', { name: /v\d+\.1/ }).click();
    await page.getByRole('button', { name: 'کنار گذاشتن' }).waitFor();
    await page.screenshot({ path: join(PICTURES, 'prompt-version-fa.png') });
    await page.getByRole('button', { name: 'کنار گذاشتن' }).click();
    await look(page, 'prompt-withdraw-fa');
    await page
      .getByRole('button', { name: 'تأیید' })
      .or(page.getByRole('button', { name: 'تایید' }))
      .first()
      .click();
    await expect.poll(() => db.promptVersion.count({ where: { state: 'published' } })).toBe(0);
    await page.context().close();
  });
});

async function openPanel(locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1360, height: 860 } });
  const page = await context.newPage();
  await page.goto(`${peyk.url}/admin`);
  await logIn(page);
  await page.getByRole('menuitem').first().waitFor();
  return page;
}

/** Keeps a picture for people, and lets axe judge the page. */
async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  expect(await findViolations(page)).toEqual([]);
}
