import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { uploadReference } from '../../text/upload-reference.ts';
import { actionsOf } from '../http/actions/action.ts';
import { HttpProblem } from '../http/problem.ts';
import { id, time } from '../http/resources/record-parts.ts';
import { MAX_BUSINESS_BYTES, MAX_UPLOAD_BYTES } from './media-kinds.ts';
import type { MediaReader } from './read-media.ts';
import { insertUpload, sumUploadBytes } from './upload-store.ts';

export interface UploadNeeds {
  readMedia: MediaReader;
}

const defineAction = actionsOf<UploadNeeds>();

export const uploadRecord = z.object({
  id,
  kind: z.enum(['image', 'video', 'audio']),
  /** The media type, as the content was found to be. */
  type: z.string(),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Where it is shown, below our own root; good for a week at least. */
  shownAt: z.string(),
  createdAt: time,
});

export const upload = defineAction({
  method: 'post',
  path: '/api/uploads',
  summary:
    'Keeps a picture, film or sound (the one `file` of a multipart form) that messages can refer to as `uploadId`. It is typed by its content; pictures are written anew. What nothing refers to goes after two days.',
  permission: 'send-messages',
  upload: { maxBytes: MAX_UPLOAD_BYTES, field: 'file' },
  status: 201,
  response: uploadRecord,
  async run({ deps, principal, file }) {
    const { businessId, userId } = principal;
    const media = await deps.readMedia(file);
    const used = await sumUploadBytes(deps.db, businessId);
    if (used + media.content.length > MAX_BUSINESS_BYTES)
      throw new HttpProblem(413, 'The files of this business take all the room that they may.');
    const row = await insertUpload(deps.db, { id: uuidv7(), businessId, userId }, media);
    return {
      id: row.id,
      kind: media.kind,
      type: row.type,
      bytes: row.bytes,
      width: row.width,
      height: row.height,
      shownAt: deps.presentContext.mediaAddress(uploadReference(row.id, row.extension)),
      createdAt: row.createdAt.toISOString(),
    };
  },
});
