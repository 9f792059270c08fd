import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Database } from '../../../../src/platform/database/client.ts';
import { LiveConnection, SLOW_READER } from '../../../../src/platform/live/live-connection.ts';
import type { LiveFeed } from '../../../../src/platform/live/live-feed.ts';
import type { LiveRow } from '../../../../src/platform/live/live-store.ts';

/** A socket whose reader takes nothing: what is sent piles up. */
class StuckSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  sent = 0;
  closedWith: number | null = null;
  send(text: string): void {
    this.sent += 1;
    this.bufferedAmount += text.length;
  }
  close(code: number): void {
    this.closedWith = code;
    this.readyState = 2;
  }
  terminate(): void {}
}

const row = (id: bigint): LiveRow => ({
  id,
  businessId: 'b1',
  type: 'notes.created',
  resource: 'notes',
  resourceId: 'x'.repeat(1000),
  at: new Date(0),
});

function connect() {
  const socket = new StuckSocket();
  let tell: (row: LiveRow) => void = () => undefined;
  let isListening = false;
  const feed = {
    lastId: async () => 0n,
    listen: (_: string, listener: (row: LiveRow) => void) => {
      tell = listener;
      isListening = true;
      return () => {
        isListening = false;
      };
    },
  };
  const connection = new LiveConnection({
    socket: socket as unknown as WebSocket,
    feed: feed as unknown as LiveFeed,
    db: {} as Database,
    businessId: 'b1',
    after: null,
  });
  return { socket, connection, tell: (one: LiveRow) => tell(one), isListening: () => isListening };
}

describe('LiveConnection', () => {
  it('closes a reader that is too slow with a code that says so, before its memory is ours', async () => {
    const { socket, connection, tell, isListening } = connect();
    await connection.start();
    for (let id = 1n; id <= 5000n; id += 1n) tell(row(id));
    expect(socket.closedWith).toBe(SLOW_READER);
    expect(socket.bufferedAmount).toBeLessThan(1_100_000);
    expect(isListening()).toBe(false);
  });

  it('keeps a reader that keeps up', async () => {
    const { socket, connection, tell } = connect();
    await connection.start();
    for (let id = 1n; id <= 5000n; id += 1n) {
      tell(row(id));
      socket.bufferedAmount = 0;
    }
    expect(socket.closedWith).toBeNull();
    expect(socket.sent).toBe(5001);
  });

  it('holds back what happens before its welcome is out, and tells it then', async () => {
    const { socket, connection, tell } = connect();
    tell(row(1n));
    expect(socket.sent).toBe(0);
    await connection.start();
    expect(socket.sent).toBe(2);
  });
});
