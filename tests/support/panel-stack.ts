import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumPath } from './chromium.ts';
import { type PeykProcess, startPeyk } from './peyk-process.ts';
import { createTestDatabase } from './postgres.ts';
import { createTestNamespace } from './temporal-namespace.ts';

export const PASSWORD = 'a-long-test-password';
/** Where browser tests keep what they saw. */
export const PICTURES = join(import.meta.dirname, '../.artifacts/browser');
const executablePath = chromiumPath();
export const isBrowserMissing = executablePath === null;

/** The real start over a database and a namespace of its own, and a real browser beside it. */
export interface PanelStack {
  peyk: PeykProcess;
  browser: Browser;
  databaseUrl: string;
  close(): Promise<void>;
}

/** Opens a stack whose admin has `PASSWORD`. `env` is what else it is started with. */
export async function openPanelHouse(env: Record<string, string> = {}): Promise<PanelStack> {
  mkdirSync(PICTURES, { recursive: true });
  const [database, temporal] = await Promise.all([createTestDatabase(), createTestNamespace()]);
  const peyk = await startPeyk({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ADMIN_PASSWORD: PASSWORD,
    ...env,
  });
  const browser = await launchBrowser();
  return {
    peyk,
    browser,
    databaseUrl: database.url,
    close: async () => {
      await browser.close();
      await peyk.stop();
      await temporal.close();
      await database.drop();
    },
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
}

/** Fills the login that the page shows, and sends it. */
export async function logIn(page: Page, password = PASSWORD, username = 'admin'): Promise<void> {
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}

/**
 * What goes wrong in a page from now on: scripts that fail, rules of the content policy that are broken, answers that the
 * browser complains of. Addresses that contain one of `expected` may be refused: so the panel asks whether there is a login.
 */
export function watchFaults(page: Page, expected: readonly string[] = ['/auth/']): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !expected.some((part) => url.includes(part)))
      faults.push(`${message.text()} ${url}`);
  });
  return faults;
}
