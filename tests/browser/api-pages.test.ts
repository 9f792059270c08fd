import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/http-api.ts';
import { isBrowserMissing, launchBrowser, PICTURES } from '../support/panel-stack.ts';

let api: TestApi;
let browser: Browser;

describe.skipIf(isBrowserMissing)('the API pages', () => {
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    api = await startTestApi();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
  });

  it.each(['docs', 'redoc'])('at /%s show the document, and ask no other host for anything', async (name) => {
    const page = await browser.newPage();
    const foreign: string[] = [];
    const isForeign = (url: string) => /^https?:/.test(url) && !url.startsWith(api.url);
    // Redoc's bundle names a picture elsewhere; the page's policy must stop it before it leaves.
    page.on('requestfailed', (request) => {
      const fault = request.failure()?.errorText ?? '';
      if (isForeign(request.url()) && !/csp/i.test(fault)) foreign.push(`${request.url()} ${fault}`);
    });
    page.on('response', (response) => {
      if (isForeign(response.url())) foreign.push(response.url());
    });
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    await page.goto(`${api.url}/${name}`);
    // Swagger UI draws a few operations first, and more as one scrolls.
    await page.getByText('/auth/login', { exact: false }).first().waitFor({ state: 'attached', timeout: 60_000 });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    expect(broken).toEqual([]);
    expect(foreign).toEqual([]);
    await page.close();
  });
});
