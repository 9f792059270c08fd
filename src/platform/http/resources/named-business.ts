import { demand } from '../../auth/authenticate.ts';
import { InvalidInputError } from '../../errors.ts';
import type { ChangeContext, Data } from './resource.ts';

/**
 * The business of a new row by its field `businessId`: the caller's own, or any for people of the installation. Throws a
 * 403 to everybody else who names another one, whether it exists or not.
 */
export async function findNamedBusiness({ businessId: named }: Data, context: ChangeContext): Promise<string> {
  const { db, principal } = context;
  if (typeof named !== 'string' || named.toLowerCase() === principal.businessId) return principal.businessId;
  demand(principal, 'manage-installation');
  const business = await db.business.findUnique({ where: { id: named }, select: { id: true } });
  if (!business)
    throw new InvalidInputError('There is no such business.', { businessId: 'There is no such business.' });
  return business.id;
}
