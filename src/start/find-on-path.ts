import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The program of that name in the folders of PATH, then in `extra`; null where it is in none. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv = process.env, extra: string[] = []): string | null {
  const folders = [...(env.PATH ?? '').split(delimiter), ...extra].filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
