import { Context } from '@temporalio/activity';

/** An earlier attempt took the row and never came back. */
export function warnOfInterruption(outboundId: string): void {
  Context.current().log.warn('a send was interrupted', { outboundId });
}
