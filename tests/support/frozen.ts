import { readdirSync, readFileSync } from 'node:fs';

/** Processes that stand still: they hold what they hold, their connections stay open, and they answer nothing. */
export interface Frozen {
  /** They go on where they stopped. */
  thaw(): void;
}

/** Stops a process and all that it started, and what those start meanwhile. */
export function freeze(pid: number): Frozen {
  const stopped = new Set<number>();
  for (let found = familyOf(pid); found.some((one) => !stopped.has(one)); found = familyOf(pid))
    for (const one of found) if (!stopped.has(one) && signal(one, 'SIGSTOP')) stopped.add(one);
  return {
    thaw: () => {
      for (const one of stopped) signal(one, 'SIGCONT');
    },
  };
}

/** A process and its descendants, parents first. */
function familyOf(pid: number): number[] {
  const children = Map.groupBy(
    readdirSync('/proc').filter((name) => /^\d+$/.test(name)),
    (name) => parentOf(name),
  );
  const family = [pid];
  for (const one of family) family.push(...(children.get(one) ?? []).map(Number));
  return family;
}

/** The field after the name in brackets and the state; a process that is gone has none. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return -1;
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
  return true;
}
