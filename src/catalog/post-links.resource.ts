import { z } from 'zod';
import { InvalidInputError } from '../platform/errors.ts';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, plainText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { postReference } from './post-reference.ts';

export const postLinkRecord = z.object({
  id,
  /** As it was written: an address, or the id or word that an ad carries. */
  post: z.string(),
  /** The one spelling of it by which messages are recognised. */
  reference: z.string(),
  productId: id,
  productTitle: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const postLinks = defineResource({
  name: 'post-links',
  model: 'postLink',
  include: { product: { select: { title: true } } },
  summary: 'Which products a post, story or ad shows, so that "price?" under it is answered with them.',
  record: postLinkRecord,
  permissions: { read: 'view-conversations', write: 'manage-products' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    post: textField(),
    reference: textField({ sortable: false }),
    productId: uuidField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['post'], ['reference'], ['product', 'title']],
  create: {
    schema: z.strictObject({ post: plainText(1500), productId: z.uuid() }),
    toData: async (input, { db, principal: { businessId } }) => {
      const { post, productId } = input as { post: string; productId: string };
      const reference = postReference(post);
      if (reference === null)
        throw new InvalidInputError('This names no post.', { post: 'Must be an address, or one word without spaces.' });
      if (!(await db.product.findFirst({ where: { id: productId, businessId, removedAt: null } })))
        throw new InvalidInputError('There is no such product.', { productId: 'There is no such product.' });
      return { post, reference, productId };
    },
  },
  guardDelete: () => undefined,
  subject: ({ post, product }) => `${post} → ${product.title}`,
  present: (row) => ({
    id: row.id,
    post: row.post,
    reference: row.reference,
    productId: row.productId,
    productTitle: row.product.title,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
