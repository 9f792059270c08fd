import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { ConflictError } from '../platform/errors.ts';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import { plainText } from '../platform/http/resources/record-parts.ts';
import { findRow } from '../platform/http/resources/resource-store.ts';
import { conversations } from './conversations.resource.ts';
import { addNote } from './inbox-actions-store.ts';
import { noteRecord, notes } from './notes.resource.ts';

export const writeNote = defineAction({
  method: 'post',
  path: '/api/conversations/:id/notes',
  summary: 'Leaves a note for colleagues. It is kept apart from messages and has no way to the customer.',
  permission: 'manage-conversations',
  body: z.strictObject({
    text: plainText(4000),
    /** Tries with one key leave one note; 409 for the key of another one. */
    key: z.uuid().optional(),
  }),
  status: 201,
  response: noteRecord,
  run({ deps, principal, id, body }) {
    const { businessId, userId } = principal;
    return deps.db.$transaction(async (tx) => {
      await findOwned({ db: tx }, conversations, principal, id);
      const noteId = body.key?.toLowerCase() ?? uuidv7();
      const after = { conversationId: id, text: body.text };
      const isNew = await addNote(tx, { id: noteId, businessId, userId, ...after });
      const note = await findRow(tx, notes, { businessId }, noteId);
      if (note?.conversationId !== id || note.text !== body.text)
        throw new ConflictError('This key belongs to another note.');
      if (isNew) await appendAudit(tx, { ...entryOf(notes, note, principal, 'create'), after });
      return notes.present(note, deps.presentContext);
    });
  },
});
