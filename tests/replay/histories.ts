import { join } from 'node:path';
import { CORE_VERSION } from '../../src/conversations/core/version.ts';
import { SCENARIOS } from './scenarios.ts';

const FOLDER = join(import.meta.dirname, 'histories');

/** Where a scenario's history is kept: a conversation's beside those of the same core. */
export function historyFile(name: string): string {
  const folder = Object.hasOwn(SCENARIOS, name) ? join(FOLDER, `conversation-v${CORE_VERSION}`) : FOLDER;
  return join(folder, `${name}.json`);
}
