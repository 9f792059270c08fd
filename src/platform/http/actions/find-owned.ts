import type { Queries } from '../../database/client.ts';
import { NotFoundError } from '../../errors.ts';
import { findRow } from '../resources/resource-store.ts';
import type { OwnedModel, RowOf, RowSource } from '../resources/row-source.ts';

/**
 * A row of the caller's business: as a resource reads it, or alone where only its model is named. Throws NotFoundError,
 * also for another business's row.
 */
export async function findOwned<M extends OwnedModel, I = undefined>(
  { db }: { db: Queries },
  source: M | RowSource<M, I>,
  { businessId }: { businessId: string },
  id: string,
): Promise<RowOf<M, I>> {
  const row = await findRow(db, typeof source === 'string' ? { model: source } : source, { businessId }, id);
  if (!row) throw new NotFoundError('There is nothing of that name here.');
  return row as RowOf<M, I>;
}
