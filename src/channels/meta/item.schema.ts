import { z } from 'zod';

/**
 * What Meta sends, read leniently: only who wrote to whom is needed, and the parser asks for that. Everything else that
 * cannot be read counts as absent, so that an odd field never costs a message.
 */

/** Ids come as strings or numbers; `parseJsonBody` has kept the digits of the large ones. Those of messages are long. */
export const optionalId = z
  .union([z.string(), z.number().int()])
  .transform((id) => String(id).trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(600)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u),
  )
  .nullish()
  .catch(null);

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((value) => /^(true|1|yes)$/i.test(String(value).trim()))
  .nullish()
  .catch(null);
const party = z.object({ id: optionalId }).nullish().catch(null);

const referral = z
  .object({ ref: text, ad_id: optionalId, source: text, product: z.object({ id: optionalId }).nullish().catch(null) })
  .nullish()
  .catch(null);

const attachment = z.object({
  type: z.string().nullish().catch(null),
  title: text,
  url: z.string().nullish().catch(null),
  payload: z
    .object({
      url: z.string().nullish().catch(null),
      title: text,
      sticker_id: optionalId,
      coordinates: z.object({ lat: z.number(), long: z.number() }).nullish().catch(null),
      product: z
        .object({ elements: z.array(z.object({ title: text, subtitle: text })).catch([]) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
export type MetaAttachment = z.infer<typeof attachment>;

/** One bad entry must not cost the others, so each is checked alone. */
const attachments = z
  .unknown()
  .optional()
  .transform((value) =>
    (Array.isArray(value) ? value : []).flatMap((one): MetaAttachment[] => {
      const read = attachment.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );

const message = z.object({
  mid: optionalId,
  text,
  is_echo: flag,
  is_self: flag,
  is_deleted: flag,
  is_unsupported: flag,
  quick_reply: z.object({ payload: text }).nullish().catch(null),
  attachments,
  reply_to: z
    .object({
      mid: optionalId,
      story: z
        .object({ id: optionalId, url: z.string().nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  referral,
});
export type MetaMessage = z.infer<typeof message>;

/** One item of `messaging` or `standby`, or the value of a change that holds one. */
export const metaItemSchema = z.object({
  sender: party,
  recipient: party,
  timestamp: z.unknown().optional(),
  message: message.nullish().catch(null),
  postback: z.object({ mid: optionalId, title: text, payload: text, referral }).nullish().catch(null),
  reaction: z
    .object({ mid: optionalId, action: text, reaction: text, emoji: z.string().max(32).nullish().catch(null) })
    .nullish()
    .catch(null),
  message_edit: z.object({ mid: optionalId, text, num_edit: z.unknown().optional() }).nullish().catch(null),
  read: z.object({ mid: optionalId, watermark: z.unknown().optional() }).nullish().catch(null),
  delivery: z
    .object({ mids: z.array(optionalId).nullish().catch(null), watermark: z.unknown().optional() })
    .nullish()
    .catch(null),
  referral,
});
export type MetaItem = z.infer<typeof metaItemSchema>;

export const metaChangeSchema = z.object({ field: z.string().max(100).nullish().catch(null), value: z.unknown() });
