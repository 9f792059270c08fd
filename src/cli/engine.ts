import type { Client } from '@temporalio/client';
import { openTemporal } from '../platform/temporal/client.ts';
import { type CommandContext, CommandError } from './command.ts';

/** A client of the running Temporal. Close its connection afterwards. Throws CommandError when none is named. */
export function openEngine({ config }: CommandContext): Client {
  const { address } = config.temporal;
  if (!address)
    throw new CommandError('Peyk is not running in this folder. Start it with npm start, or set TEMPORAL_ADDRESS.');
  return openTemporal({ ...config.temporal, address });
}
