import { z } from 'zod';
import { appendAudit } from '../../db/audit-store.ts';
import { addNote } from '../../db/inbox-desk-store.ts';
import { entryOf } from '../resources/audited.ts';
import { noteRecord, notes } from '../resources/notes.ts';
import { plainText } from '../resources/record-parts.ts';
import { defineAction } from './action.ts';
import { findOwned } from './find-owned.ts';

export const writeNote = defineAction({
  method: 'post',
  path: '/api/conversations/:id/notes',
  summary: 'Leaves a note for colleagues. It is kept apart from messages and has no way to the customer.',
  permission: 'manage-conversations',
  body: z.strictObject({ text: plainText(4000) }),
  status: 201,
  response: noteRecord,
  run({ deps, principal, id, body }) {
    const { businessId, userId } = principal;
    return deps.db.$transaction(async (tx) => {
      await findOwned({ db: tx }, 'conversation', principal, id);
      const noteId = await addNote(tx, { businessId, conversationId: id, userId, text: body.text });
      const after = { conversationId: id, text: body.text };
      const note = await findOwned({ db: tx }, 'note', principal, noteId);
      await appendAudit(tx, { ...entryOf(notes, note, principal, 'create'), after });
      return notes.present(note, deps.presentContext);
    });
  },
});
