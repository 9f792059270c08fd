// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { AdminContext, type DataProvider, HttpError, memoryStore, type RaRecord, testDataProvider } from 'react-admin';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReplyBox } from '../../../../admin/src/chat/ReplyBox.tsx';
import type { OperatorActions } from '../../../../admin/src/providers/operator-actions.ts';
import { OperatorContext } from '../../../../admin/src/providers/use-operator.ts';
import type { CannedReply, Conversation } from '../../../../admin/src/records.ts';
import { panelWords } from '../panel-words.tsx';

const CONVERSATION = {
  id: 'c1',
  mode: 'human',
  status: 'open',
  windowExpiresAt: '2099-01-01T00:00:00.000Z',
} as Conversation;
const CANNED = [
  {
    id: 'r1',
    shortcut: 'hello',
    text: 'Hello, how can I help?',
    language: 'en',
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
  },
  {
    id: 'r2',
    shortcut: 'hours',
    text: 'We are open 9 to 5.',
    language: 'en',
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
  },
] satisfies CannedReply[];

function show(over: Partial<OperatorActions> = {}, canDo: (action: string) => boolean = () => true) {
  const operator = {
    sendMessage: vi.fn(async () => ({})),
    addNote: vi.fn(async () => ({})),
    draftReply: vi.fn(async () => ({ text: 'A draft.', replaced: false })),
    ...over,
  } as unknown as OperatorActions;
  const rows: RaRecord[] = CANNED;
  const dataProvider = testDataProvider({
    getList: async () => ({ data: rows, total: rows.length }),
  } as unknown as DataProvider);
  const authProvider = {
    login: async () => undefined,
    logout: async () => undefined,
    checkAuth: async () => undefined,
    checkError: async () => undefined,
    getPermissions: async () => [],
    canAccess: async ({ action }: { action: string }) => canDo(action),
  };
  const onSent = vi.fn();
  render(
    <OperatorContext value={operator}>
      <AdminContext
        dataProvider={dataProvider}
        authProvider={authProvider}
        i18nProvider={panelWords('en')}
        store={memoryStore()}
      >
        <ReplyBox record={CONVERSATION} onSent={onSent} />
      </AdminContext>
    </OperatorContext>,
  );
  return { operator, onSent };
}

const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Your answer' });
const type = (element: HTMLElement, value: string) => fireEvent.change(element, { target: { value } });

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

describe('ReplyBox', () => {
  it('sends by Enter and is empty only after the server has taken the text', async () => {
    const { operator, onSent } = show();
    type(await field(), ' On its way. ');
    fireEvent.keyDown(await field(), { key: 'Enter' });
    await waitFor(() => expect(onSent).toHaveBeenCalled());
    expect(operator.sendMessage).toHaveBeenCalledExactlyOnceWith('c1', 'On its way.', { key: expect.any(String) });
    expect((await field()).value).toBe('');
  });

  it('says that it still waits when the answer is slow, until it comes', async () => {
    let answer: (value: object) => void = () => undefined;
    show({ sendMessage: () => new Promise<object>((resolve) => (answer = resolve)) });
    type(await field(), 'On its way.');
    const element = await field();
    vi.useFakeTimers();
    fireEvent.keyDown(element, { key: 'Enter' });
    act(() => vi.advanceTimersByTime(3000));
    expect(screen.queryByText(/has not answered yet/)).toBeNull();
    act(() => vi.advanceTimersByTime(2000));
    expect(screen.getByText(/has not answered yet/)).toBeTruthy();
    expect(element).toHaveProperty('value', 'On its way.');
    vi.useRealTimers();
    answer({});
    await waitFor(() => expect(screen.queryByText(/has not answered yet/)).toBeNull());
  });

  it('begins a new line by Shift+Enter, and sends no empty text', async () => {
    const { operator } = show();
    fireEvent.keyDown(await field(), { key: 'Enter' });
    type(await field(), 'One');
    fireEvent.keyDown(await field(), { key: 'Enter', shiftKey: true });
    expect(operator.sendMessage).not.toHaveBeenCalled();
  });

  it('keeps the text of a refused send and offers to try again', async () => {
    let isUp = false;
    const sendMessage = vi.fn(async (_id: string, _text: string, _how: { key: string }) => {
      if (!isUp) throw new HttpError('peyk.errors.unavailable', 503);
      return {};
    });
    show({ sendMessage });
    type(await field(), 'On its way.');
    fireEvent.keyDown(await field(), { key: 'Enter' });
    const again = await screen.findByRole('button', { name: 'Try again' });
    expect((await field()).value).toBe('On its way.');
    isUp = true;
    fireEvent.click(again);
    await waitFor(async () => expect((await field()).value).toBe(''));
    const keys = () => sendMessage.mock.calls.map(([, , { key }]) => key);
    expect(keys()).toEqual([keys()[0], keys()[0]]);
    type(await field(), 'On its way.');
    fireEvent.keyDown(await field(), { key: 'Enter' });
    await waitFor(() => expect(sendMessage).toHaveBeenCalledTimes(3));
    expect(keys()[2]).not.toBe(keys()[0]);
  });

  it('keeps the key of a text over a reload, and makes another for another text or a given-up one', async () => {
    const sendMessage = vi.fn(async (_id: string, _text: string, _how: { key: string }) =>
      Promise.reject(new HttpError('peyk.errors.network', 0)),
    );
    const tryIt = async (text: string) => {
      type(await field(), text);
      fireEvent.keyDown(await field(), { key: 'Enter' });
      await screen.findByText(/not said twice/);
      return sendMessage.mock.calls.at(-1)?.[2].key;
    };
    show({ sendMessage });
    const first = await tryIt('On its way.');
    cleanup();
    show({ sendMessage });
    expect((await field()).value).toBe('On its way.');
    fireEvent.keyDown(await field(), { key: 'Enter' });
    await waitFor(() => expect(sendMessage).toHaveBeenCalledTimes(2));
    expect(sendMessage.mock.calls[1]?.[2].key).toBe(first);
    await screen.findByText(/not said twice/);
    expect(await tryIt('Later.')).not.toBe(first);
    type(await field(), '');
    expect(await tryIt('On its way.')).not.toBe(first);
  });

  it('offers a second try of a note where the first may have arrived, with the same key', async () => {
    const addNote = vi.fn(async (_id: string, _text: string, _key: string): Promise<unknown> => {
      throw new HttpError('peyk.errors.network', 0);
    });
    show({ addNote });
    await field();
    fireEvent.click(screen.getByRole('button', { name: 'Private note' }));
    const note = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /Note for colleagues/ });
    type(note, 'Be kind.');
    fireEvent.keyDown(note, { key: 'Enter' });
    await screen.findByText(/not said twice/);
    expect(note.value).toBe('Be kind.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(addNote).toHaveBeenCalledTimes(2));
    expect(addNote.mock.calls[1]).toEqual(addNote.mock.calls[0]);
  });

  it('puts a canned reply into the field without sending it', async () => {
    const { operator } = show();
    type(await field(), '/h');
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    fireEvent.keyDown(await field(), { key: 'ArrowDown' });
    fireEvent.keyDown(await field(), { key: 'Enter' });
    expect((await field()).value).toBe('We are open 9 to 5.');
    expect(operator.sendMessage).not.toHaveBeenCalled();
  });

  it('puts a draft behind what was typed, and sends nothing', async () => {
    const { operator } = show();
    type(await field(), 'Dear Sara,');
    fireEvent.click(screen.getByRole('button', { name: 'Let the AI write a draft' }));
    await waitFor(async () => expect((await field()).value).toBe('Dear Sara,\nA draft.'));
    expect(operator.sendMessage).not.toHaveBeenCalled();
  });

  it('keeps note and answer apart, each with its own draft', async () => {
    const { operator } = show();
    type(await field(), 'An answer');
    fireEvent.click(screen.getByRole('button', { name: 'Private note' }));
    const note = await screen.findByRole('textbox', { name: /Note for colleagues/ });
    expect(note).toHaveProperty('value', '');
    type(note, 'Be kind to her');
    fireEvent.keyDown(note, { key: 'Enter' });
    await waitFor(() =>
      expect(operator.addNote).toHaveBeenCalledExactlyOnceWith('c1', 'Be kind to her', expect.any(String)),
    );
    expect(operator.sendMessage).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Answer' }));
    expect((await field()).value).toBe('An answer');
  });

  it('lets who may not send only write notes, and who may do neither write nothing', async () => {
    show({}, (action) => action !== 'send');
    await screen.findByRole('textbox', { name: /Note for colleagues/ });
    expect(screen.queryByRole('button', { name: 'Answer' })).toBeNull();
    cleanup();
    show({}, () => false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});
