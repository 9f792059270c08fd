/**
 * How rows name a file that was uploaded here: `upload:<id>.<extension>`, in the place of a web address. The address under which
 * it can be fetched is signed and ends, so it is made anew each time it is needed.
 */
export const UPLOAD_SCHEME = 'upload:';

const REFERENCE = /^upload:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.([a-z0-9]{2,4})$/;

export function uploadReference(id: string, extension: string): string {
  return `${UPLOAD_SCHEME}${id}.${extension}`;
}

/** The file that a reference names, as `<id>.<extension>`; null for any other address. */
export function uploadNameOf(address: string): string | null {
  return REFERENCE.test(address) ? address.slice(UPLOAD_SCHEME.length) : null;
}
