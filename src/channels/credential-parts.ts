import { z } from 'zod';

/** What the credentials of channels are made of. */

/** Becomes a header's value: anything else would fail at the first send instead of now. */
export const secretPart = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,2000}$/, 'Printable characters without spaces only.');

/** What a provider calls something of its own. */
export const providerIdPart = z
  .string()
  .trim()
  .regex(/^[\w.:-]{1,200}$/, 'Letters, digits and . _ : - only.');

/** Where a provider is reached; without a slash at its end. */
export const addressPart = z
  .url({ protocol: /^https?$/, error: 'Must be a web address.', abort: true })
  .max(500)
  .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'Must hold no name and password.')
  .transform((url) => url.replace(/\/+$/, ''));
