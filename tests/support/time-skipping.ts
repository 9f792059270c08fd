import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { cacheFolder } from '../../src/start/cache-folder.ts';
import { fetchTemporal } from '../../src/start/fetch-temporal.ts';
import { withFileLock } from '../../src/start/file-lock.ts';
import { findOnPath } from '../../src/start/find-on-path.ts';

const VERSION = '1.38.0';

/**
 * A program for `TestWorkflowEnvironment.createTimeSkipping` (`executable: { type: 'existing-path', path }`): Temporal's
 * own test server, from Maven Central run by Java, else by the official download; kept in the cache. Null, with a loud
 * word about why, when neither can be had: those tests must then skip.
 */
export async function timeSkippingServerPath(): Promise<string | null> {
  const home = join(cacheFolder(), `temporal-test-server-${VERSION}`);
  const program = join(home, 'run');
  if (existsSync(program)) return program;
  return withFileLock(`${home}.lock`, async () => {
    if (existsSync(program)) return program;
    mkdirSync(dirname(home), { recursive: true });
    const faults = [bringByMaven(home)];
    if (faults[0] === null) return program;
    mkdirSync(home, { recursive: true });
    faults.push(await fetchTemporal('time-skipping', program));
    if (faults[1] === null) return program;
    const [maven, download] = faults;
    process.stderr.write(
      `\n!!! TIME-SKIPPING TESTS ARE SKIPPED: no Temporal test server. Maven: ${maven}. Download: ${download}.\n` +
        '!!! Install Java and Maven, or allow the download, to run them.\n\n',
    );
    return null;
  });
}

/** Starts the program found; the SDK gives it five seconds, in which a busy machine may not have begun to run it. */
export async function startTimeSkipping(path: string): Promise<TestWorkflowEnvironment> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
      });
    } catch (error) {
      if (attempt === 5) throw error;
    }
}

/** Null when the program is in place, else the reason. */
function bringByMaven(home: string): string | null {
  const java = findOnPath('java');
  const maven = findOnPath('mvn');
  if (!java || !maven) return `\`${java ? 'mvn' : 'java'}\` is not on PATH`;
  const draft = mkdtempSync(`${home}.draft-`);
  try {
    writeFileSync(join(draft, 'pom.xml'), POM);
    const args = ['-q', '-B', '-f', join(draft, 'pom.xml'), 'dependency:copy-dependencies', '-DoutputDirectory=lib'];
    const run = spawnSync(maven, args, { cwd: draft, encoding: 'utf8', timeout: 300_000 });
    if (run.status !== 0) return (run.stdout + run.stderr).trim().split('\n').slice(0, 3).join(' | ') || 'it failed';
    const script = `#!/bin/sh\nexec "${java}" -cp "${home}/lib/*" io.temporal.testserver.TestServer "$@"\n`;
    writeFileSync(join(draft, 'run'), script);
    chmodSync(join(draft, 'run'), 0o755);
    rmSync(home, { recursive: true, force: true });
    renameSync(draft, home);
    return null;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>peyk</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
