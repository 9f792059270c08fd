import type { Queries } from '../platform/database/client.ts';
import { ConflictError } from '../platform/errors.ts';

interface Claim {
  channel: string;
  externalId: string;
  /** The business that the account is to belong to. */
  businessId: string;
  /** People of the installation may connect what has knocked already. */
  byInstallation: boolean;
}

/**
 * Lets an account be connected, once. Throws ConflictError when it has an owner, or when deliveries wait for it that did not
 * come with this business's own signature: they are somebody's customers, and only people of the installation can know whose. The
 * words are the same, so that nobody learns which it was, nor whose.
 */
export async function claimAccount(db: Queries, claim: Claim): Promise<void> {
  const { channel, externalId, businessId, byInstallation } = claim;
  const owner = await db.account.findUnique({
    where: { channel_externalId: { channel, externalId } },
    select: { id: true },
  });
  const isWaitedFor = async () =>
    (await db.inboundDelivery.findFirst({
      where: { ...waitingFor(channel, externalId), OR: [{ businessId: null }, { NOT: { businessId } }] },
      select: { id: true },
    })) !== null;
  if (owner || (!byInstallation && (await isWaitedFor())))
    throw new ConflictError('This account cannot be connected here. Ask whoever runs this installation.');
}

/** Has what was kept for the account sorted into its conversations, in the order in which it came. */
export async function releaseWaiting(db: Queries, { channel, externalId, businessId }: Claim): Promise<number> {
  const { count } = await db.inboundDelivery.updateMany({
    // What another business signed is not this one's, whoever connects the account.
    where: { ...waitingFor(channel, externalId), body: { not: '' }, OR: [{ businessId: null }, { businessId }] },
    data: { state: 'received', businessId, reason: '' },
  });
  return count;
}

function waitingFor(channel: string, externalId: string) {
  return { state: 'quarantined', channel, accountExternalId: externalId };
}
