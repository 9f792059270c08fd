import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;

interface ProcessRow {
  pid: number;
  parent: number;
  cpuMs: number;
}

/**
 * CPU milliseconds that a process and all its descendants have used, those included that have ended and were waited for.
 * Linux only; elsewhere it is NaN.
 */
export function cpuMsOf(pid: number): number {
  const rows = readProcesses();
  if (rows.size === 0) return Number.NaN;
  return descendants(rows, pid).reduce((sum, row) => sum + row.cpuMs, 0);
}

/** Resident memory of a process and its descendants, in megabytes. Linux only; elsewhere it is NaN. */
export function residentMbOf(pid: number): number {
  const rows = readProcesses();
  if (rows.size === 0) return Number.NaN;
  return descendants(rows, pid).reduce((sum, row) => sum + residentMb(row.pid), 0);
}

function descendants(rows: ReadonlyMap<number, ProcessRow>, pid: number): ProcessRow[] {
  const own = rows.get(pid);
  const children = [...rows.values()].filter((row) => row.parent === pid);
  return [...(own ? [own] : []), ...children.flatMap((child) => descendants(rows, child.pid))];
}

function readProcesses(): Map<number, ProcessRow> {
  const rows = new Map<number, ProcessRow>();
  for (const name of listProc()) {
    const row = readProcess(Number(name));
    if (row) rows.set(row.pid, row);
  }
  return rows;
}

function listProc(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function readProcess(pid: number): ProcessRow | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets, so what counts begins after its last bracket, with field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { pid, parent: Number(fields[1]), cpuMs: ticks * MS_PER_TICK };
  } catch {
    return null;
  }
}

function residentMb(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
