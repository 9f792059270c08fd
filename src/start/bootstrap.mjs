// Every npm script enters here. Plain JavaScript, because it must run on whatever Node (20 or newer) the machine has:
// it installs what is missing, makes the Prisma client, and hands over to the real program on Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const MODULES = join(ROOT, 'node_modules');
const INSTALL_STAMP = join(MODULES, '.peyk-installed');
const CLIENT = join(ROOT, 'src/platform/database/generated');
const CLIENT_STAMP = join(CLIENT, '.peyk-schema');

/** What each npm script runs; `env` tells whether `.env` is read (tests and checks must not depend on it). */
const COMMANDS = {
  start: { run: ['src/start/start.ts'], env: true },
  test: { run: ['src/start/test.ts'], env: false },
  check: { run: ['src/start/check.ts'], env: false },
  bench: { run: ['tests/bench/run.ts'], env: false },
  peyk: { run: ['src/cli/peyk.ts'], env: true },
  format: { run: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'], env: false },
};

class BootstrapError extends Error {}

function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (!command) throw new BootstrapError(`usage: node src/start/bootstrap.mjs ${Object.keys(COMMANDS).join('|')}`);
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new BootstrapError(`Node ${process.versions.node} is too old: Peyk needs ${OLDEST_NODE} or newer to begin.`);
  }
  withLock(() => {
    installModules();
    repairNode();
    generateClient();
  });
  const entry = command.run[0];
  if (!existsSync(join(ROOT, entry))) throw new BootstrapError(`${entry} is missing from this clone.`);
  const hasEnvFile = command.env && existsSync(join(ROOT, '.env'));
  handOver([...(hasEnvFile ? ['--env-file=.env'] : []), ...command.run, ...args]);
}

/** Two commands begun at once in a fresh clone must not install over each other. */
function withLock(work) {
  const key = createHash('sha256').update(ROOT).digest('hex').slice(0, 16);
  const lock = join(tmpdir(), `peyk-install-${process.getuid?.() ?? 0}-${key}`);
  while (!tryLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    // The holder is gone, or was killed before it wrote its number.
    if (error.code !== 'EPERM') rmSync(lock, { force: true });
  }
  return false;
}

function installModules() {
  const lockFile = join(ROOT, 'package-lock.json');
  const wanted = hashOf(lockFile);
  if (readText(INSTALL_STAMP) === wanted && existsSync(join(MODULES, 'node'))) return;
  if (!installedByHand(lockFile)) {
    say('Installing libraries (npm install); this takes about a minute.');
    rmSync(INSTALL_STAMP, { force: true });
    // Not `npm ci`: it refuses a lock file without the packages of every other system, which an ordinary install needs
    // not. The versions of the lock file are kept all the same, and the file is not written.
    const outcome = runNpm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
    if (outcome.status !== 0) {
      throw new BootstrapError(
        'npm install failed (its own words are above). Check the network or the proxy of npm, then run the command again; ' +
          'nothing half-installed is ever used.',
      );
    }
  }
  writeFileSync(INSTALL_STAMP, wanted);
}

/** npm writes its hidden lock file last, so a newer one means that someone ran a whole `npm install` themselves. */
function installedByHand(lockFile) {
  const hidden = join(MODULES, '.package-lock.json');
  return existsSync(hidden) && statSync(hidden).mtimeMs + 5000 >= statSync(lockFile).mtimeMs;
}

function runNpm(args) {
  const env = {
    ...process.env,
    // These keep install scripts of libraries from fetching engines that we do not use, and from telling on our users.
    PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    SCARF_ANALYTICS: 'false',
  };
  const script = process.env.npm_execpath;
  const options = { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] };
  if (script && /npm-cli\.js$/.test(script)) return spawnSync(process.execPath, [script, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** The npm package `node` brings its program by an install script; where those are blocked we run it ourselves. */
function repairNode() {
  if (existsSync(nodePath())) return;
  const home = join(MODULES, 'node');
  const script = ['installArchSpecificPackage', 'installArchSpecificPackage.js'].find((file) =>
    existsSync(join(home, file)),
  );
  if (script) spawnSync(process.execPath, [script], { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(nodePath()) && Number(process.versions.node.split('.')[0]) < 24) {
    rmSync(INSTALL_STAMP, { force: true });
    throw new BootstrapError(
      'Node 24 could not be installed from npm (package "node"). Install Node 24 yourself, or allow the install ' +
        'script of that package, and run the command again.',
    );
  }
}

/** The Node that runs the program: npm's own copy, or the present one when that one is new enough. */
function nodePath() {
  const own = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) || Number(process.versions.node.split('.')[0]) < 24 ? own : process.execPath;
}

/** Makes src/platform/database/generated from the schema, when either the schema or Prisma changed. */
function generateClient() {
  const prisma = join(MODULES, 'prisma');
  const wanted = `${hashOfFolder(join(ROOT, 'prisma/schema'))} ${hashOf(join(prisma, 'package.json'))}`;
  if (readText(CLIENT_STAMP) === wanted) return;
  say('Generating the database client.');
  rmSync(CLIENT_STAMP, { force: true });
  // Prisma wants a migration engine even to generate; any program that exists will do, for it is never run.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const options = { cwd: ROOT, env, encoding: 'utf8' };
  const outcome = spawnSync(nodePath(), [join(prisma, 'build/index.js'), 'generate', '--no-hints'], options);
  if (outcome.status !== 0 || !existsSync(join(CLIENT, 'client.ts'))) {
    throw new BootstrapError(`prisma generate failed:\n${outcome.stdout ?? ''}${outcome.stderr ?? ''}`);
  }
  mkdirSync(CLIENT, { recursive: true });
  writeFileSync(CLIENT_STAMP, wanted);
}

/** Runs the program in our place: same terminal, same signals, same exit code. */
function handOver(args) {
  const path = [join(MODULES, 'node', 'bin'), join(MODULES, '.bin'), process.env.PATH].join(delimiter);
  const options = { cwd: ROOT, env: { ...process.env, PATH: path }, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] };
  const child = spawn(nodePath(), args, options);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  leaveWithParent(child);
  child.on('error', (error) => fail(new BootstrapError(`Node 24 could not be started: ${error.message}`)));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** When npm is killed outright nobody tells us; a changed parent does. */
function leaveWithParent(child) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
}

function hashOf(file) {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    throw new BootstrapError(`${file} is missing: this clone is not whole.`);
  }
}

function hashOfFolder(folder) {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(`${name} ${hashOf(join(folder, name))}\n`);
  return hash.digest('hex');
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function say(line) {
  process.stderr.write(`peyk: ${line}\n`);
}

function fail(error) {
  say(error instanceof BootstrapError ? error.message : String(error?.stack ?? error));
  process.exit(1);
}

try {
  main();
} catch (error) {
  fail(error);
}
