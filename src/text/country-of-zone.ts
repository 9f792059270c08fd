import type { CountryCode } from 'libphonenumber-js/max';

/** Where a shop is tells whose national phone numbers its customers write. */
const COUNTRY_OF_ZONE: Readonly<Record<string, CountryCode>> = {
  'Asia/Tehran': 'IR',
  'Asia/Beirut': 'LB',
  'Asia/Dubai': 'AE',
  'Asia/Kabul': 'AF',
  'Asia/Baghdad': 'IQ',
  'Europe/Istanbul': 'TR',
  'Europe/London': 'GB',
  'Europe/Berlin': 'DE',
};

/** The country of a shop; null when neither its zone nor its language tells. */
export function countryOf(shop: { timeZone: string; language: string }): CountryCode | null {
  return COUNTRY_OF_ZONE[shop.timeZone] ?? (shop.language === 'fa' ? 'IR' : null);
}
