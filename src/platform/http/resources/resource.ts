import type { z } from 'zod';
import type { Permission } from '../../auth/permissions.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Database, Queries } from '../../database/client.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import type { Sortable } from './list-query.ts';
import type { Conditions, Reach } from './resource-store.ts';
import type { IncludeOf, OwnedModel, RowOf } from './row-source.ts';

/** What presenters need besides the row. */
export interface PresentContext {
  temporalUiUrl: string;
  temporalNamespace: string;
  /** Our own address for a picture, sound or film: elsewhere, or uploaded here. */
  mediaAddress(url: string): string;
}

/** What a change happens in. `db` is its transaction. */
export interface ChangeContext {
  db: Queries;
  principal: Principal;
  now: Date;
  /** Whose rows are changed: the caller's, or the one that `businessOf` named. */
  businessId: string;
  /** Seals what is secret before it is stored. */
  keyRing: KeyRing;
  /** Adds fields to this one answer which are neither stored nor audited: a new key, which nobody can read later. */
  showOnce(fields: Record<string, unknown>): void;
}

export type Data = Record<string, unknown>;
type Input = Record<string, unknown>;

/**
 * A REST resource: everything that the router, the OpenAPI document and the permission matrix know of it.
 * A method that is not declared does not exist (405).
 */
export interface Resource<M extends OwnedModel, R extends z.ZodObject, I> extends Sortable {
  /** The path segment under `/api`. */
  name: string;
  model: M;
  /** What each row is read with. Kept small: every include is paid for on each list. */
  include?: I;
  /** One sentence for the document. */
  summary: string;
  /** The shape of a record, in lists and alone alike. */
  record: R;
  present(row: RowOf<M, I>, context: PresentContext): z.input<R>;
  /** What a row is called by people, for the audit log. Whatever can be changed has it. */
  subject?(row: RowOf<M, I>): string;
  /** Fields that need one permission more than their record does. Who lacks it gets null in their place, so they are nullable. */
  guarded?: Readonly<Record<string, Permission>>;
  /** Null: whoever is logged in, because `restrict` says which rows. */
  permissions: { read: Permission | null; write?: Permission | null; create?: Permission };
  /** What people of the installation see and change besides their own business's rows. */
  installationReach?: Reach;
  /** Narrows the business's rows to those that this caller may see and change; the others are not there. */
  restrict?(principal: Principal, now: Date): Conditions;
  create?: {
    schema: z.ZodObject;
    /** What `showOnce` adds to the answer. */
    shownOnce?: z.ZodObject;
    /** The business that a new row is for; absent: the caller's. Throws when the caller may not make it for that one. */
    businessOf?(input: Input, context: ChangeContext): string | Promise<string>;
    toData(input: Input, context: ChangeContext): Data | Promise<Data>;
  };
  update?: {
    /** Every field optional and strict: what is not in here cannot be changed. */
    schema: z.ZodObject;
    toData?(input: Input, row: RowOf<M, I>, context: ChangeContext): Data | Promise<Data>;
  };
  /** Present when rows can be deleted; throws when this one may not be. */
  guardDelete?(row: RowOf<M, I>, context: ChangeContext): void | Promise<void>;
  /** What deleting means where the row stays. */
  erase?(row: RowOf<M, I>, context: ChangeContext): Promise<void>;
}

/** A resource whose model is no longer told apart: what the router handles. */
export interface AnyResource
  extends Omit<Resource<OwnedModel, z.ZodObject, unknown>, 'present' | 'subject' | 'update' | 'guardDelete' | 'erase'> {
  present(row: unknown, context: PresentContext): Record<string, unknown> & { id: string };
  subject?(row: unknown): string;
  update?: {
    schema: z.ZodObject;
    toData?(input: Input, row: unknown, context: ChangeContext): Data | Promise<Data>;
  };
  guardDelete?(row: unknown, context: ChangeContext): void | Promise<void>;
  erase?(row: unknown, context: ChangeContext): Promise<void>;
}

/** Checks a declaration's types against its model and what is read beside it. */
export function defineResource<
  M extends OwnedModel,
  R extends z.ZodObject,
  const I extends IncludeOf<M> | undefined = undefined,
>(resource: Resource<M, R, I>): Resource<M, R, I> {
  return resource;
}

export interface ResourceDeps {
  db: Database;
  presentContext: PresentContext;
  keyRing: KeyRing;
  clock: () => number;
}
