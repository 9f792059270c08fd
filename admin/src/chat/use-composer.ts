import { useRef, useState } from 'react';
import { HttpError } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { forgetKey, keepDraft, keyOf, readDraft } from './draft.ts';

export interface ComposerState {
  text: string;
  change: (text: string) => void;
  submit: () => Promise<void>;
  /** Nothing to send yet, or not all of it is there. */
  isIncomplete: boolean;
  /** The same in every try of this message. */
  key: () => string;
  isSending: boolean;
  fault: ComposerFault | null;
  forgetFault: () => void;
}

export interface ComposerFault {
  /** A sentence of the server, or a translation key of ours. */
  message: string;
  /** Whether it is known that nothing was done, so that trying again cannot say it twice. */
  canRetry: boolean;
}

/** A request that got no answer may have done its work; one that was refused has not. */
function explain(error: unknown, isSaidOnce: boolean): ComposerFault {
  const message = messageOf(error);
  const isLost = error instanceof HttpError && error.status === 0;
  if (isSaidOnce && (isLost || message === 'peyk.errors.conversation_slow'))
    return { message: 'peyk.errors.send_again_safe', canRetry: true };
  if (isLost) return { message: 'peyk.errors.send_unsure', canRetry: false };
  return { message, canRetry: error instanceof HttpError && error.status >= 429 };
}

interface ComposerOptions {
  /** The server knows the key of a message: it is said once, however often it is tried. */
  isSaidOnce?: boolean;
  /** What else the message holds; `signature` tells messages of one text apart. */
  beside?: { isEmpty: boolean; isReady: boolean; signature: (text: string) => string };
}

const NOTHING_BESIDE = { isEmpty: true, isReady: true, signature: (text: string) => text };

/**
 * A text on its way: kept under `name` while it is written, and gone only when the server has taken it. `send` is given
 * the same key in every try of the same text.
 */
export function useComposer(
  name: string,
  send: (text: string, key: string) => Promise<unknown>,
  onSent: () => void,
  { isSaidOnce = false, beside = NOTHING_BESIDE }: ComposerOptions = {},
): ComposerState {
  const [text, setText] = useState(() => readDraft(name));
  const [fault, setFault] = useState<ComposerFault | null>(null);
  const [isSending, setIsSending] = useState(false);
  const isBusy = useRef(false);

  function change(next: string) {
    setText(next);
    keepDraft(name, next);
    // Who empties the field has given the message up; the same words later are another one.
    if (next.trim() === '') forgetKey(name);
  }

  const isIncomplete = (text.trim() === '' && beside.isEmpty) || !beside.isReady;
  const key = () => keyOf(name, beside.signature(text.trim()));

  async function submit() {
    if (isBusy.current || isIncomplete) return;
    isBusy.current = true;
    setIsSending(true);
    setFault(null);
    try {
      await send(text.trim(), key());
      forgetKey(name);
      // What was typed on while the request was under way is a next message, and stays.
      setText((now) => {
        const rest = now.startsWith(text) ? now.slice(text.length).trimStart() : now;
        keepDraft(name, rest);
        return rest;
      });
    } catch (error) {
      setFault(explain(error, isSaidOnce));
    } finally {
      isBusy.current = false;
      setIsSending(false);
      onSent();
    }
  }

  return { text, change, submit, isIncomplete, key, isSending, fault, forgetFault: () => setFault(null) };
}
