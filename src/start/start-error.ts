/** A step of starting failed for a reason that the reader can mend: shown without a stack, and the exit code is 1. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** The message of anything thrown, for a sentence that names a cause. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
