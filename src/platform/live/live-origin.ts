import type { IncomingMessage } from 'node:http';

/**
 * Browsers let any page open a WebSocket to any server and only say which page it was. Ours are those that this server
 * serves and those that ADMIN_UI_ORIGINS names. A program that is no browser names none, and needs a ticket as well.
 */
export function isOriginAllowed(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { publicBaseUrl, uiOrigins }: { publicBaseUrl: string; uiOrigins: readonly string[] },
): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (uiOrigins.includes('*') || uiOrigins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  return origin === new URL(publicBaseUrl).origin || new URL(origin).host === host;
}
