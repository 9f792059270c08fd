interface OfContact {
  contactName: string;
  contactExternalId: string;
}

/** Signs that turn the direction of what follows: with them a name can read as another one. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A customer's name, or their id on the channel while no name is known; in the order in which it was written. */
export function contactNameOf({ contactName, contactExternalId }: OfContact): string {
  return contactName.replace(TURNING, '').trim() || contactExternalId;
}
