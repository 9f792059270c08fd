import { createHmac, timingSafeEqual } from 'node:crypto';
import { uploadNameOf } from '../../text/upload-reference.ts';

export interface UploadAddresses {
  /** Where a referenced file is shown, from our own root: good for one to two weeks. Null for what is no reference. */
  pathOf(reference: string): string | null;
  /** Whether the path names this file and is still good. */
  isGood(parts: { day: string; signature: string; name: string }): boolean;
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;

/**
 * Signs the addresses of uploaded files: providers and img elements send no token, so the address itself is the permission. It
 * cannot be guessed, names one file, and ends. Every process with the same secret makes and takes the same.
 */
export function createUploadAddresses(secret: string, clock: () => number): UploadAddresses {
  const key = createHmac('sha256', secret).update('uploads').digest();
  const sign = (day: number, name: string) =>
    createHmac('sha256', key).update(`${day}\n${name}`).digest('base64url').slice(0, 32);
  return {
    pathOf(reference) {
      const name = uploadNameOf(reference);
      if (name === null) return null;
      // The day is rounded, so that an address stays the same and browsers keep what they have.
      const day = Math.floor(clock() / DAY_MS / KEPT_DAYS) * KEPT_DAYS + 2 * KEPT_DAYS;
      return `/media/uploads/${day}/${sign(day, name)}/${name}`;
    },
    isGood({ day, signature, name }) {
      if (!/^\d{1,6}$/.test(day) || Number(day) * DAY_MS < clock()) return false;
      const [given, wanted] = [Buffer.from(signature), Buffer.from(sign(Number(day), name))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

/**
 * A file's address for a provider, which fetches it from outside, or on this machine (`isLocal`); null where it could not reach us,
 * or for what is no reference.
 */
export type PublicMediaUrl = (reference: string, isLocal: boolean) => string | null;

interface BaseUrls {
  /** As it was set; null: nobody outside knows how to reach us. */
  publicBaseUrl: string | null;
  /** For programs of this machine; null: they cannot reach us either. */
  localBaseUrl: string | null;
}

export function createPublicMediaUrl(
  addresses: UploadAddresses,
  { publicBaseUrl, localBaseUrl }: BaseUrls,
): PublicMediaUrl {
  return (reference, isLocal) => {
    const path = addresses.pathOf(reference);
    const baseUrl = publicBaseUrl ?? (isLocal ? localBaseUrl : null);
    return path === null || baseUrl === null ? null : baseUrl.replace(/\/+$/, '') + path;
  };
}
