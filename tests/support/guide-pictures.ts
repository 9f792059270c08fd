// Makes the pictures of the operator's guide out of those that the browser tests left behind:
//   npm test -- --project browser && node tests/support/guide-pictures.ts [folder with the tests' pictures]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumPath } from './chromium.ts';

const FROM = process.argv[2] ?? join(import.meta.dirname, '../.artifacts/browser');
const TO = join(import.meta.dirname, '../../docs/images/guide');
const WIDTH = 1000;
const QUALITY = 0.8;
const LOCALES = { en: 'en-US', fa: 'fa-IR' };

/** The guide's name for each picture, and the tests' name for it; `LOCALE` is the browser's, `LANGUAGE` the panel's. */
const PICTURES: Readonly<Record<string, string>> = {
  inbox: 'inbox-LOCALE',
  dashboard: 'dashboard-LANGUAGE',
  why: 'why-LANGUAGE',
  rehearsal: 'rehearsal-played-LANGUAGE',
  'outbound-messages': 'outbound-messages-LANGUAGE',
  followups: 'followups-LANGUAGE',
  tickets: 'tickets-LANGUAGE',
  order: 'order-LANGUAGE',
  products: 'products-LANGUAGE',
  product: 'product-LANGUAGE',
  'sync-runs': 'sync-runs-LANGUAGE',
  'prompt-version': 'prompt-version-LANGUAGE',
  rerun: 'rerun-LANGUAGE',
  analytics: 'analytics-LANGUAGE',
  'audit-log': 'audit-log-LANGUAGE',
  health: 'health-LANGUAGE',
};

const executablePath = chromiumPath();
if (!executablePath) throw new Error('There is no Chromium to make smaller pictures with.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();
mkdirSync(TO, { recursive: true });
let missing = 0;
for (const [name, source] of Object.entries(PICTURES)) {
  for (const [language, locale] of Object.entries(LOCALES)) {
    const file = join(FROM, `${source.replace('LOCALE', locale).replace('LANGUAGE', language)}.png`);
    if (!existsSync(file)) {
      console.error(`There is no ${file}: run the browser tests first.`);
      missing += 1;
      continue;
    }
    const picture = await shrink(readFileSync(file));
    writeFileSync(join(TO, `${name}.${language}.webp`), picture);
    console.log(`${name}.${language}.webp ${Math.round(picture.length / 1024)} kB`);
  }
}
await browser.close();
process.exitCode = missing === 0 ? 0 : 1;

/** The browser's own encoder: no further program is needed. */
async function shrink(png: Buffer): Promise<Buffer> {
  const source = `data:image/png;base64,${png.toString('base64')}`;
  const url = (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(source)};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = ${WIDTH};
    canvas.height = Math.round(image.height * ${WIDTH} / image.width);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/webp', ${QUALITY});
  })()`)) as string;
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
