// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { AdminContext, memoryStore } from 'react-admin';
import { afterEach, describe, expect, it } from 'vitest';
import { ChatBubble } from '../../../../admin/src/chat/ChatBubble.tsx';
import type { ChatEntry } from '../../../../admin/src/chat/chat-entries.ts';
import type { OperatorActions } from '../../../../admin/src/providers/operator-actions.ts';
import { OperatorContext } from '../../../../admin/src/providers/use-operator.ts';
import type { Message, OutboundMessage } from '../../../../admin/src/records.ts';
import { panelWords } from '../panel-words.tsx';

const AT = '2026-11-21T10:00:00.000Z';
const MESSAGE = {
  id: 'm1',
  kind: 'text',
  text: 'hi',
  media: [],
  edits: [],
  reaction: null,
  unsentAt: null,
  content: null,
};

function show(message: Partial<Message>, over: Partial<ChatEntry> = {}) {
  const said = { ...MESSAGE, ...message } as unknown as Message;
  const entry: ChatEntry = {
    id: 'm1',
    direction: 'in',
    author: 'customer',
    text: said.text,
    at: AT,
    message: said,
    outbound: null,
  };
  render(
    <AdminContext i18nProvider={panelWords('en')} store={memoryStore()}>
      <OperatorContext value={{} as OperatorActions}>
        <ol>
          <ChatBubble entry={{ ...entry, ...over }} />
        </ol>
      </OperatorContext>
    </AdminContext>,
  );
}

afterEach(cleanup);

describe('ChatBubble', () => {
  it('shows a reaction, and none where there is none', () => {
    show({ reaction: '❤️' });
    expect(screen.getByRole('img', { name: /Reaction of the customer ❤️/ })).toBeTruthy();
    cleanup();
    show({});
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('offers to settle a send of unknown outcome, until somebody sent it again', () => {
    const outbound = { id: 'o1', state: 'unknown', reason: '', settledBy: '' } as OutboundMessage;
    show({}, { direction: 'out', outbound });
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Mark sent', 'Send again']);
    cleanup();
    show({}, { direction: 'out', outbound: { ...outbound, settledBy: 'somebody' } });
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('Sent again')).toBeTruthy();
  });

  it('says that it was edited, and what it said before', () => {
    show({ text: 'new', edits: [{ text: 'old', at: AT }] });
    expect(screen.getByText('new')).toBeTruthy();
    expect(screen.getByText('Edited').closest('details')?.textContent).toContain('old');
    cleanup();
    show({});
    expect(screen.queryByText('Edited')).toBeNull();
  });

  it('says when the customer saw it, and nothing before that', () => {
    show({ direction: 'out', readAt: AT }, { direction: 'out', author: 'bot' });
    expect(screen.getByText(/^Seen /)).toBeTruthy();
    cleanup();
    show({ direction: 'out', readAt: null }, { direction: 'out', author: 'bot' });
    expect(screen.queryByText(/^Seen /)).toBeNull();
  });

  it('keeps the place of what was taken back', () => {
    show({ text: '', unsentAt: AT });
    expect(screen.getByText('The customer took this message back.')).toBeTruthy();
  });

  it('names the colleague who answered, but nobody for the bot', () => {
    show({ direction: 'out' }, { direction: 'out', author: 'human', authorName: 'mina' });
    expect(screen.getByText('mina').closest('.MuiChip-root')?.textContent).toBe('Human · mina');
    cleanup();
    show({ direction: 'out' }, { direction: 'out', author: 'bot', authorName: null });
    expect(screen.getByText('Bot')).toBeTruthy();
  });

  it('shows a picture by our own address at once, and says in words when it is gone', () => {
    show({ media: [{ kind: 'image', url: 'https://cdn.example/1.jpg', shownAt: '/media/1/s/u' }] });
    const picture = screen.getByRole('img');
    expect(picture.getAttribute('src')).toBe('/media/1/s/u');
    expect(screen.queryByRole('link')).toBeNull();
    fireEvent.error(picture);
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getByText(/cannot be loaded/)).toBeTruthy();
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://cdn.example/1.jpg');
  });

  it('shows a picture in full size on a click', async () => {
    show({ media: [{ kind: 'image', url: 'https://cdn.example/1.jpg', shownAt: '/media/1/s/u' }] });
    fireEvent.click(screen.getByRole('button', { name: /full size/ }));
    expect((await screen.findByRole('dialog')).querySelector('img')?.getAttribute('src')).toBe('/media/1/s/u');
  });

  it('gives only a link for a file, and nothing for an address that is no web address', () => {
    show({
      media: [
        { kind: 'file', url: 'https://cdn.example/1.pdf', shownAt: null },
        { kind: 'image', url: 'javascript:alert(1)', shownAt: null },
      ],
    });
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['https://cdn.example/1.pdf']);
    expect(screen.queryByRole('img')).toBeNull();
  });
});
