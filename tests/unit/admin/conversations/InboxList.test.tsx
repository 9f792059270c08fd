// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { AdminContext, type DataProvider, memoryStore, type RaRecord, testDataProvider } from 'react-admin';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InboxList } from '../../../../admin/src/conversations/InboxList.tsx';
import type { LocaleCode } from '../../../../admin/src/providers/i18n-provider.ts';
import type { OperatorActions } from '../../../../admin/src/providers/operator-actions.ts';
import { OperatorContext } from '../../../../admin/src/providers/use-operator.ts';
import type { Conversation } from '../../../../admin/src/records.ts';
import { panelWords } from '../panel-words.tsx';

const HOUR_MS = 3_600_000;

function buildConversation(over: Partial<Conversation>): Conversation {
  const base = {
    id: 'c1',
    contactName: 'Sara',
    contactExternalId: '1',
    channel: 'simulator',
    status: 'open',
    mode: 'bot',
    lastMessageAt: new Date().toISOString(),
    lastMessageText: 'سلام',
    windowExpiresAt: new Date(Date.now() + 5.5 * HOUR_MS).toISOString(),
    unreadCount: 0,
    assigneeId: null,
    assigneeName: null,
    labels: [],
    snoozedUntil: null,
    needsHuman: false,
  };
  return { ...base, ...over } as unknown as Conversation;
}

function show(rows: Conversation[], locale: LocaleCode = 'en') {
  const getList = vi.fn(async (resource: string, _params: { filter: object }) => {
    const data: RaRecord[] = resource === 'conversations' ? rows : [];
    return { data, total: data.length };
  });
  const authProvider = {
    login: async () => undefined,
    logout: async () => undefined,
    checkAuth: async () => undefined,
    checkError: async () => undefined,
    getPermissions: async () => [],
    getIdentity: async () => ({ id: 'me' }),
    canAccess: async () => true,
  };
  const channels = [{ name: 'simulator', label: { en: 'Simulator', fa: 'شبیه‌ساز' } }];
  const operator = { read: async () => channels } as unknown as OperatorActions;
  render(
    <AdminContext
      dataProvider={testDataProvider({ getList } as unknown as DataProvider)}
      authProvider={authProvider}
      i18nProvider={panelWords(locale)}
      store={memoryStore()}
    >
      <OperatorContext.Provider value={operator}>
        <InboxList openId={null} onHelp={() => undefined} />
      </OperatorContext.Provider>
    </AdminContext>,
  );
  const asked = () => getList.mock.calls.filter(([resource]) => resource === 'conversations').at(-1)?.[1].filter;
  return { asked };
}

afterEach(cleanup);

describe('InboxList', () => {
  it('says who wrote what, where, how much is unread and how long the window is open', async () => {
    show([buildConversation({ unreadCount: 3, assigneeName: 'reza', labels: ['VIP'], needsHuman: true })]);
    const link = await screen.findByRole('link');
    expect(link.getAttribute('href')).toContain('/conversations/c1/show');
    for (const text of ['Sara', 'سلام', 'reza', 'VIP', 'Waits for you', /5 hours/])
      expect(link.textContent).toMatch(text);
    expect(screen.getByLabelText('3 unread messages')).toBeTruthy();
    expect(await screen.findByTitle('Simulator')).toBeTruthy();
    expect(screen.getByText('سلام').getAttribute('dir')).toBe('auto');
  });

  it('speaks Persian with Persian digits', async () => {
    show([buildConversation({ unreadCount: 3 })], 'fa');
    expect((await screen.findByLabelText('۳ پیام خوانده‌نشده')).textContent).toBe('۳');
    expect(await screen.findByTitle('شبیه‌ساز')).toBeTruthy();
  });

  it('marks nothing as unread, waiting or snoozed that is not', async () => {
    show([buildConversation({ snoozedUntil: new Date(Date.now() - HOUR_MS).toISOString() })]);
    await screen.findByRole('link');
    expect(screen.queryByLabelText(/unread/)).toBeNull();
    expect(screen.queryByText('Waits for you')).toBeNull();
    expect(screen.queryByTitle('Snoozed')).toBeNull();
  });

  it('asks the server for what the quick choices and the search narrow it to', async () => {
    const { asked } = show([buildConversation({})]);
    await waitFor(() => expect(asked()).toEqual({}));
    fireEvent.click(screen.getByRole('button', { name: 'Mine' }));
    await waitFor(() => expect(asked()).toEqual({ assigneeId: 'me', status_neq: 'closed', snoozedUntil: null }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'sara' } });
    await waitFor(() => expect(asked()).toMatchObject({ assigneeId: 'me', q: 'sara' }));
  });

  it('teaches what to do while it is empty, and leads back from a choice that finds nothing', async () => {
    const { asked } = show([]);
    await screen.findByText('No conversation yet');
    fireEvent.click(screen.getByRole('button', { name: 'Snoozed' }));
    await screen.findByText(/comes back by itself/);
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(asked()).toEqual({}));
  });
});
