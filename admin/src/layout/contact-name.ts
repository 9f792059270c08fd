interface OfContact {
  contactName: string;
  contactExternalId: string;
}

/** A customer's name, or their id on the channel while no name is known. */
export function contactNameOf({ contactName, contactExternalId }: OfContact): string {
  return contactName || contactExternalId;
}
