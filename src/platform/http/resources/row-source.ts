import type { Queries } from '../../database/client.ts';
import type { Prisma } from '../../database/generated/client.ts';

type Columns<M extends Prisma.ModelName> = Prisma.TypeMap['model'][M]['payload']['scalars'];

/** The models whose rows belong to a business, and the business itself: what a caller can be held to. */
export type OwnedModel =
  | 'business'
  | {
      [M in Prisma.ModelName]: Columns<M> extends { id: string; businessId: string | null } ? Uncapitalize<M> : never;
    }[Prisma.ModelName];

/** What may be read beside a row of the model, in Prisma's form. */
export type IncludeOf<M extends OwnedModel> =
  Prisma.Args<Queries[M], 'findFirst'> extends { include?: infer I } ? NonNullable<I> : never;

/** Rows of a model with what is read beside each. Kept small: every include is paid for on each list. */
export interface RowSource<M extends OwnedModel, I> {
  model: M;
  include?: I;
}

/** A row as its source reads it. */
export type RowOf<M extends OwnedModel, I = undefined> = Prisma.Result<
  Queries[M],
  I extends object ? { include: I } : object,
  'findFirstOrThrow'
>;

/** The row that a resource presents: `RowOfSource<typeof orders>`. */
export type RowOfSource<S> = S extends RowSource<infer M, infer I> ? RowOf<M, Exclude<I, undefined>> : never;
