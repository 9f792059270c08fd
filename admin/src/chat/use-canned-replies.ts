import { type KeyboardEvent, useState } from 'react';
import { useCanAccess, useGetList } from 'react-admin';
import type { CannedReply } from '../records.ts';
import { CANNED_LIST_ID, cannedOptionId } from './CannedReplyList.tsx';
import { findCannedReplies } from './canned-replies.ts';
import type { ComposerState } from './use-composer.ts';

/** What a slash at the beginning of the text offers, and the keys that choose from it. */
export function useCannedReplies(composer: ComposerState) {
  const [chosen, setChosen] = useState({ text: '', index: 0 });
  const [dismissed, setDismissed] = useState('');
  const isAsking = composer.text.startsWith('/');
  const { canAccess } = useCanAccess({ resource: 'canned-replies', action: 'view' });
  const { data = [], isPending } = useGetList<CannedReply>(
    'canned-replies',
    { pagination: { page: 1, perPage: 500 }, sort: { field: 'shortcut', order: 'ASC' } },
    { enabled: isAsking && canAccess === true, staleTime: 30_000 },
  );
  const isOpen = isAsking && !isPending && composer.text !== dismissed;
  const replies = isOpen ? findCannedReplies(composer.text, data) : null;
  const last = (replies?.length ?? 0) - 1;
  const activeIndex = Math.min(chosen.text === composer.text ? chosen.index : 0, Math.max(last, 0));
  const active = replies?.[activeIndex];

  function pressKey(event: KeyboardEvent) {
    if (!replies || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') setDismissed(composer.text);
    else if (!active) return;
    else if (event.key === 'ArrowDown') setChosen({ text: composer.text, index: (activeIndex + 1) % (last + 1) });
    else if (event.key === 'ArrowUp') setChosen({ text: composer.text, index: (activeIndex + last) % (last + 1) });
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') composer.change(active.text);
    else return;
    event.preventDefault();
  }

  // A field of several lines may not call itself a combobox; these are what it may say of its proposals.
  const aria = {
    'aria-autocomplete': 'list',
    'aria-controls': active ? CANNED_LIST_ID : undefined,
    'aria-activedescendant': active ? cannedOptionId(active) : undefined,
  };
  return { replies, activeIndex, pressKey, aria, choose: (reply: CannedReply) => composer.change(reply.text) };
}
