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
  /** SHA-256 of every file as the bundler read it, by its path from the root. */
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
  const bundled = await bundle(root, logger);
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

/** How a webpack compiler reads a file: the last argument is called with the content. */
type ReadFile = (path: string, ...rest: unknown[]) => void;

/** What a webpack compiler reads with, and what it tells of the files that it read. */
interface Compiler {
  inputFileSystem: { readFile: ReadFile };
  hooks: {
    beforeRun: { tap(name: string, prepare: () => void): void };
    done: { tap(name: string, tell: (stats: { compilation: { fileDependencies: Iterable<string> } }) => void): void };
  };
}

async function bundle(root: string, logger: Logger | undefined): Promise<StoredBundle> {
  // Not before it is needed: it brings a native library and a bundler along.
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const hashes = new Map<string, string>();
  const files = [import.meta.filename, ...TOOLS.map((path) => join(root, path))];
  for (const file of files) hashes.set(file, hashOf(file));
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    ...(logger ? { logger } : {}),
    webpackConfigHook: ({ plugins = [], ...config }) => ({
      ...config,
      plugins: [
        ...plugins,
        (compiler: Compiler) => {
          compiler.hooks.beforeRun.tap('note-contents', () => noteContents(compiler, hashes));
          compiler.hooks.done.tap('note-inputs', ({ compilation }) => {
            for (const file of compilation.fileDependencies) files.push(file);
          });
        },
      ],
    }),
  });
  // Folders are among them, and the entry, which exists in the memory of the bundler only.
  const real = [...new Set(files)].filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile()).sort();
  const inputs = real.map((file) => [relative(root, file), hashes.get(file) ?? hashOf(file)]);
  return { inputs: Object.fromEntries(inputs), code };
}

/** No file's hash: one that was read twice and differed is never what it was. */
const UNSTEADY = 'changed while it was bundled';

/**
 * Notes what each file held when the bundler read it. A file that is changed during or after that is then another than the
 * bundle's, whatever the clocks of this machine and of its disks say.
 */
function noteContents(compiler: Compiler, hashes: Map<string, string>): void {
  const system = compiler.inputFileSystem;
  const readFile: ReadFile = (path, ...rest) => {
    const tell = rest.pop() as (error: unknown, content?: string | Buffer) => void;
    system.readFile(path, ...rest, (error: unknown, content?: string | Buffer) => {
      if (content !== undefined) {
        const hash = sha256(content);
        hashes.set(path, (hashes.get(path) ?? hash) === hash ? hash : UNSTEADY);
      }
      tell(error, content);
    });
  };
  compiler.inputFileSystem = new Proxy(system, {
    get: (target, name) => (name === 'readFile' ? readFile : Reflect.get(target, name)),
  });
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
  return sha256(readFileSync(file));
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
