import { useRef, useState } from 'react';
import { HttpError } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { keepDraft, readDraft } from './draft.ts';

export interface ComposerState {
  text: string;
  change: (text: string) => void;
  submit: () => Promise<void>;
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
function explain(error: unknown): ComposerFault {
  const isUnsure = error instanceof HttpError && error.status === 0;
  if (isUnsure) return { message: 'peyk.errors.send_unsure', canRetry: false };
  return { message: messageOf(error), canRetry: error instanceof HttpError && error.status >= 429 };
}

/** A text on its way: kept under `name` while it is written, and gone only when the server has taken it. */
export function useComposer(name: string, send: (text: string) => Promise<unknown>, onSent: () => void): ComposerState {
  const [text, setText] = useState(() => readDraft(name));
  const [fault, setFault] = useState<ComposerFault | null>(null);
  const [isSending, setIsSending] = useState(false);
  const isBusy = useRef(false);

  function change(next: string) {
    setText(next);
    keepDraft(name, next);
  }

  async function submit() {
    if (isBusy.current || text.trim() === '') return;
    isBusy.current = true;
    setIsSending(true);
    setFault(null);
    try {
      await send(text.trim());
      // What was typed on while the request was under way is a next message, and stays.
      setText((now) => {
        const rest = now.startsWith(text) ? now.slice(text.length).trimStart() : now;
        keepDraft(name, rest);
        return rest;
      });
    } catch (error) {
      setFault(explain(error));
    } finally {
      isBusy.current = false;
      setIsSending(false);
      onSent();
    }
  }

  return { text, change, submit, isSending, fault, forgetFault: () => setFault(null) };
}
