import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Logger } from '@temporalio/worker';

/** The clone whose workflows are bundled; this one unless told. */
const ROOT = join(import.meta.dirname, '../../..');
/** Beside the workflows as the panel's build is beside the panel: a release has its own, and an image ships it. */
const STORED = 'workflows/dist/bundle.json';
/** What turns the sources into a bundle; a change of any of it makes another bundle of the same sources. */
const TOOLS = ['@temporalio/worker', '@swc/core', 'swc-loader', 'webpack'].map(
  (name) => `node_modules/${name}/package.json`,
);

export interface WorkflowBundle {
  code: string;
  /** False where a bundle of the same content was there already. */
  isNew: boolean;
}

interface StoredBundle {
  /** SHA-256 of every file that the bundle was made of, by its path from the root. */
  inputs: Record<string, string>;
  code: string;
}

export interface BundleOptions {
  root?: string;
  /** Told what the bundler says. */
  logger?: Logger;
  /** A folder that cannot be written costs the next start its time, and this one nothing. */
  onUnwritable?: (error: unknown) => void;
}

/**
 * The workflows' code as workers run it. Bundling takes seconds, so the bundle is kept with the hashes of all files that went
 * into it, and one that any of them differs from is made anew: a stale one is never run.
 */
export async function loadWorkflowBundle(options: BundleOptions = {}): Promise<WorkflowBundle> {
  const { root = ROOT, logger, onUnwritable = () => undefined } = options;
  const kept = readWorkflowBundle(root);
  if (kept !== null) return { code: kept, isNew: false };
  const startedAtMs = Date.now();
  const bundled = await bundle(root, logger);
  const hasChanged = (path: string): boolean => statSync(join(root, path)).mtimeMs >= startedAtMs;
  // What changed while it was read may not be what was bundled: then it is good for this start and no other.
  if (Object.keys(bundled.inputs).some(hasChanged)) return { code: bundled.code, isNew: true };
  try {
    store(root, bundled);
  } catch (error) {
    onUnwritable(error);
  }
  return { code: bundled.code, isNew: true };
}

/** The kept bundle's code, if the files that it was made of are what they were; else null. */
export function readWorkflowBundle(root = ROOT): string | null {
  try {
    const { inputs, code } = JSON.parse(readFileSync(join(root, STORED), 'utf8')) as StoredBundle;
    const paths = Object.keys(inputs);
    const isWhole = paths.length > 0 && paths.every((path) => hashOf(join(root, path)) === inputs[path]);
    return isWhole && typeof code === 'string' ? code : null;
  } catch {
    // Not there yet, or torn, or made of a file that is gone.
    return null;
  }
}

/** What a webpack compiler tells of the files that it read. */
interface Compiler {
  hooks: {
    done: { tap(name: string, tell: (stats: { compilation: { fileDependencies: Iterable<string> } }) => void): void };
  };
}

async function bundle(root: string, logger: Logger | undefined): Promise<StoredBundle> {
  // Not before it is needed: it brings a native library and a bundler along.
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const files = new Set([import.meta.filename, ...TOOLS.map((path) => join(root, path))]);
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    ...(logger ? { logger } : {}),
    webpackConfigHook: ({ plugins = [], ...config }) => ({
      ...config,
      plugins: [
        ...plugins,
        (compiler: Compiler) =>
          compiler.hooks.done.tap('note-inputs', ({ compilation }) => {
            for (const file of compilation.fileDependencies) files.add(file);
          }),
      ],
    }),
  });
  // Folders are among them, and the entry, which exists in the memory of the bundler only.
  const real = [...files].filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile()).sort();
  return { inputs: Object.fromEntries(real.map((file) => [relative(root, file), hashOf(file)])), code };
}

/** Keeps the bundle; whole or not at all, whoever else writes at the same time. */
function store(root: string, bundled: StoredBundle): void {
  const target = join(root, STORED);
  const draft = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  try {
    writeFileSync(draft, JSON.stringify(bundled));
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
