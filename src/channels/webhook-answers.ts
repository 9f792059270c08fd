import type { WebhookAnswer } from './channel.ts';

/** For providers that look at the status only. */
export const JSON_OK: WebhookAnswer = { type: 'application/json', body: '{"ok":true}' };
