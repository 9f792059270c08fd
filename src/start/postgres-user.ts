import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf, StartError } from './start-error.ts';

const NAME = 'postgres';

/** Who runs the server's programs: the present user, or (as root, whom PostgreSQL refuses) the system user `postgres`. */
export interface ServerUser {
  uid: number | null;
  gid: number | null;
  /** The command that runs `program` as that user. */
  command(program: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number };
}

/** Finds (as root: makes, if need be) the user who can run the program and reach the folder. */
export function findServerUser(program: string, folder: string): ServerUser {
  if (process.getuid?.() !== 0) return { uid: null, gid: null, command: (file, args) => ({ file, args }) };
  const { uid, gid } = findOrMakeSystemUser();
  if (canReach(program, uid) && canReach(folder, uid)) {
    return { uid, gid, command: (file, args) => ({ file, args, uid, gid }) };
  }
  const prefix = findDoorOpener(uid, gid, program, folder);
  return { uid, gid, command: (file, args) => ({ file: 'setpriv', args: [...prefix, file, ...args] }) };
}

function findOrMakeSystemUser(): { uid: number; gid: number } {
  const known = readIds();
  if (known) return known;
  try {
    execFileSync('groupadd', ['--system', NAME], { stdio: 'pipe' });
    execFileSync('useradd', ['--system', '--gid', NAME, '--no-create-home', NAME], { stdio: 'pipe' });
  } catch (error) {
    throw new StartError(
      `PostgreSQL does not run as root, and a system user "${NAME}" could not be made: ${reasonOf(error)}. ` +
        'Start Peyk as an ordinary user, or set DATABASE_URL.',
    );
  }
  const made = readIds();
  if (!made) throw new StartError(`The system user "${NAME}" was made but cannot be found.`);
  return made;
}

function readIds(): { uid: number; gid: number } | null {
  const read = (flag: string) => Number(execFileSync('id', [flag, NAME], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: read('-u'), gid: read('-g') };
  } catch {
    return null;
  }
}

/** Whether every folder on the way lets a stranger through. */
function canReach(path: string, uid: number): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid: owner } = statSync(folder);
    if ((mode & 0o001) === 0 && owner !== uid) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Root's own folders (/root) are closed to other users. The server then keeps one of root's rights, to pass through
 * folders, instead of our moving the data or opening the folders.
 */
function findDoorOpener(uid: number, gid: number, program: string, folder: string): string[] {
  const who = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  for (const right of ['dac_read_search', 'dac_override']) {
    // Without the secure bit, access(2) answers as if the right were not there, and initdb believes it.
    const rights = ['--securebits=+no_setuid_fixup', `--inh-caps=+${right}`, `--ambient-caps=+${right}`];
    const prefix = [...who, ...rights, '--'];
    const reaches = spawnSync('setpriv', [...prefix, 'test', '-x', program], { stdio: 'ignore' }).status === 0;
    if (reaches) return prefix;
  }
  throw new StartError(
    `PostgreSQL does not run as root, and its user "${NAME}" cannot reach ${program} and ${folder}. ` +
      'Put Peyk outside the home folder of root, start it as an ordinary user, or set DATABASE_URL.',
  );
}
