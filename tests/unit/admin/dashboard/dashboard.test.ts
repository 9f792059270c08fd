import { describe, expect, it } from 'vitest';
import { type Need, pathOfNeed, toBars } from '../../../../admin/src/dashboard/dashboard.ts';

const slot = { at: '2026-11-20T20:30:00.000Z', incoming: 3, outgoing: 2 };

describe('toBars', () => {
  it('names days in the reader’s calendar on the shop’s clock', () => {
    expect(toBars([slot], 'day', 'en', 'Asia/Tehran')).toEqual([{ label: '21/11', incoming: 3, outgoing: 2 }]);
    expect(toBars([slot], 'day', 'fa', 'Asia/Tehran')[0]?.label).toBe('۸/۳۰');
  });

  it('names hours from 0 to 23', () => {
    expect(toBars([slot], 'hour', 'en', 'Asia/Tehran')[0]?.label).toBe('00');
  });
});

describe('pathOfNeed', () => {
  const need = (kind: Need['kind']): Need => ({
    kind,
    id: 'i',
    conversationId: 'c',
    name: '',
    channel: '',
    note: '',
    since: '',
  });

  it('leads to the place where it can be settled', () => {
    expect(pathOfNeed(need('ticket'))).toBe('/conversations/c/show');
    expect(pathOfNeed(need('waiting'))).toBe('/conversations/c/show');
    expect(pathOfNeed(need('reconnect'))).toBe('/accounts/i');
    expect(decodeURIComponent(pathOfNeed(need('unknown_send')))).toBe(
      '/outbound-messages?filter={"waitsForPerson":true}',
    );
  });
});
