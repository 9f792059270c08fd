import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where things are kept that any clone on this machine may share, `$XDG_CACHE_HOME/peyk` or `~/.cache/peyk`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'peyk');
}
