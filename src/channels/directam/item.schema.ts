import { z } from 'zod';

/** Ids come as strings or numbers; `parseJsonBody` has kept the digits of the large ones. */
const idSchema = z
  .union([z.string(), z.number().int()])
  .transform((id) => String(id).trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u),
  );

const optionalId = idSchema.nullish().catch(null);
const optionalText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

/** Gateways write flags as booleans, numbers and words. */
const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((value) => /^(true|1|yes|on)$/i.test(String(value).trim()))
  .nullish()
  .catch(null);

const tapSchema = z
  .union([
    z.object({ title: optionalText, payload: optionalText }),
    z.string().transform((payload) => ({ title: null, payload })),
  ])
  .nullish()
  .catch(null);

const mediaItemSchema = z.union([
  z.object({ url: z.string(), type: z.string().nullish().catch(null) }),
  z.string().transform((url) => ({ url, type: null })),
]);

/** One bad entry of a media list must not cost the others, so each is checked alone. */
const mediaSchema = z
  .unknown()
  .optional()
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).flatMap((entry) => mediaItemSchema.safeParse(entry).data ?? []),
  );

/**
 * One Directam event as it may arrive. Only who wrote to whom is required, and checked by the caller because each has
 * two spellings; everything else that is unreadable counts as absent, so that an odd field never costs a message.
 */
export const directamItemSchema = z.object({
  sender: optionalId,
  sender_id: optionalId,
  receiver: optionalId,
  receiver_id: optionalId,
  message_type: z.string().nullish().catch(null),
  text: optionalText,
  payload: optionalText,
  message: z
    .union([z.string().transform((text) => ({ text })), z.object({ text: optionalText })])
    .nullish()
    .catch(null),
  quick_reply: tapSchema,
  postback: tapSchema,
  media: mediaSchema,
  read: z.object({ message_id: optionalId }).nullish().catch(null),
  is_admin: flag,
  admin_is: flag,
  isAdmin: flag,
  is_echo: flag,
  timestamp: z.unknown().optional(),
  message_id: optionalId,
  id: optionalId,
  mid: optionalId,
});

export type DirectamItem = z.infer<typeof directamItemSchema>;
