import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['src', 'workflows', 'activities', 'admin/src', 'tests'];
const CONFIG = '.dependency-cruiser.mjs';

export interface BoundaryReport {
  /** Modules looked at; a check that saw none has proved nothing. */
  modules: number;
  /** One line per forbidden import that is not a known one: `rule: from → to`. */
  violations: string[];
  /** Known exceptions that are no longer needed: `from → to`. */
  needless: string[];
}

interface Cruise {
  modules: { source: string; followable?: boolean }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

interface KnownImport {
  from: string;
  /** A file of ours, or a library by its name. */
  to: string;
}

/** Checks who imports whom against `.dependency-cruiser.mjs`, in the clone or in a copy of its shape at `root`. */
export async function checkBoundaries(root = ROOT): Promise<BoundaryReport> {
  const cli = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const config = join(root, CONFIG);
  const { KNOWN } = (await import(pathToFileURL(config).href)) as { KNOWN: readonly KnownImport[] };
  const output = await run([cli, '--config', config, '--output-type', 'json', ...folders], root);
  const { modules, summary } = JSON.parse(output) as Cruise;
  const isOf = (known: KnownImport, { from, to }: { from: string; to: string }) =>
    from === known.from && (to === known.to || to.startsWith(`node_modules/${known.to}/`));
  return {
    modules: modules.filter(({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`))).length,
    violations: summary.violations
      .filter((found) => !KNOWN.some((known) => isOf(known, found)))
      .map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`),
    needless: KNOWN.filter((known) => !summary.violations.some((found) => isOf(known, found))).map(
      ({ from, to }) => `${from} → ${to}`,
    ),
  };
}

/** Violations make it end with their number as code, so only an output that is no JSON is a failure. */
function run(args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.trimStart().startsWith('{')) resolve(stdout);
      else reject(error ?? new Error(`dependency-cruiser printed no report: ${stderr}`));
    });
  });
}
