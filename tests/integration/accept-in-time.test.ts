import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accept, createAccept } from '../../src/inbox/accept.ts';
import { type Database, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { classifyDatabaseFault } from '../../src/platform/database/database-fault.ts';
import { ACKNOWLEDGE_WITHIN_MS } from '../../src/platform/database/limits.ts';
import { InvalidInputError, UnavailableError } from '../../src/platform/errors.ts';
import { type InboxLab, openInboxLab, said } from '../support/inbox-lab.ts';
import { type SilentNetwork, startSilentNetwork } from '../support/silent-network.ts';

let lab: InboxLab;
let network: SilentNetwork;
let db: Database;
let accept: Accept;

beforeAll(async () => {
  lab = await openInboxLab();
  network = await startSilentNetwork(lab.databaseUrl);
  db = openKeyedDatabase(network.url, 4);
  accept = createAccept({ db, credentials: lab.credentials, onReceived: () => undefined });
});
afterAll(async () => {
  network?.flow();
  await db?.$disconnect();
  await network?.close();
  await lab?.close();
});

interface Outcome {
  id: string | null;
  error: unknown;
  tookMs: number;
}

async function post(body: string): Promise<Outcome> {
  const begunAt = performance.now();
  const request = { rawBody: Buffer.from(body), headers: {}, receivedAtMs: Date.now() };
  const [id, error] = await accept(lab.channel, request).then(
    (stored) => [stored, null] as const,
    (failure: unknown) => [null, failure] as const,
  );
  return { id, error, tookMs: performance.now() - begunAt };
}

const postText = (text: string) => post(JSON.stringify(said('in-time', text)));
const isKept = async (id: string | null) => (await lab.db.inboundDelivery.count({ where: { id: id ?? '' } })) === 1;

const mayBeTriedAgain = (error: unknown) =>
  error instanceof UnavailableError || classifyDatabaseFault(error) === 'unavailable';

/** The contract's time for an answer that says no. */
const REFUSED_WITHIN_MS = 5000;

describe('accepting a webhook', () => {
  it('goes past an insert whose connection is dead, and refuses only what hung with it', async () => {
    expect((await postText('opens a connection')).id).not.toBeNull();
    network.stopOpen();
    const hanging = postText('on the dead connection');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const behind = await Promise.all([postText('behind it'), postText('behind it, too')]);
    for (const { id, tookMs } of behind) {
      expect(await isKept(id)).toBe(true);
      expect(tookMs).toBeLessThan(ACKNOWLEDGE_WITHIN_MS);
    }
    const { error, tookMs } = await hanging;
    expect(error).toBeInstanceOf(UnavailableError);
    expect(tookMs).toBeLessThan(REFUSED_WITHIN_MS);
    network.flow();
  });

  it('refuses everything in time while nothing passes, readable or not, and takes again what comes afterwards', async () => {
    network.stop();
    const refused = [...Array.from({ length: 60 }, (_, n) => postText(`unheard ${n}`)), post('{"no json')];
    for (const { error, tookMs } of await Promise.all(refused)) {
      expect(mayBeTriedAgain(error)).toBe(true);
      expect(tookMs).toBeLessThan(REFUSED_WITHIN_MS);
    }
    network.flow();
    await expect.poll(async () => (await postText('heard again')).error).toBeNull();
    expect((await post('{"no json')).error).toBeInstanceOf(InvalidInputError);
  });
});
