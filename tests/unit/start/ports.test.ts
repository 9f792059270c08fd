import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { claimPort, findFreePort } from '../../../src/start/ports.ts';
import { StartError } from '../../../src/start/start-error.ts';

describe('claimPort', () => {
  it('returns a free port as asked, and any free one for 0', async () => {
    const port = await findFreePort();
    expect(await claimPort(port, 'PORT')).toBe(port);
    const any = await claimPort(0, 'PORT');
    // Neither one that only root may open nor one that an outgoing connection may be given.
    expect(any).toBeGreaterThan(1023);
    expect(any).toBeLessThan(32_768);
  });

  it('names the port and its variable when someone listens there', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await expect(claimPort(port, 'TEMPORAL_UI_PORT')).rejects.toThrow(StartError);
    await expect(claimPort(port, 'TEMPORAL_UI_PORT')).rejects.toThrow(new RegExp(`Port ${port} .*TEMPORAL_UI_PORT`));
    await new Promise((resolve) => server.close(resolve));
  });

  it('names an address that this machine does not have', async () => {
    // Of a range that is kept for documents, so that no machine has it.
    await expect(claimPort(await findFreePort(), 'PORT', '192.0.2.1')).rejects.toThrow(/192\.0\.2\.1 .*HOST/);
  });
});
