import { PeykError } from '../errors.ts';

/** A sealed text cannot be opened. Its message says why and never holds the text, sealed or not. */
export class DecryptionError extends PeykError {
  readonly code = 'decryption_failed';
  constructor(why: string) {
    super(`A stored secret cannot be opened. ${why}`);
  }
}

/** There is no key to seal a secret with, and no secret is stored in the clear. */
export class EncryptionOffError extends PeykError {
  readonly code = 'unavailable';
  constructor() {
    super('No secret can be stored: ENCRYPTION_KEYS is not set. npm start makes one.');
  }
}
