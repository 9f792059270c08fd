import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type LiveEvent,
  type LiveSocket,
  type LiveState,
  openLiveConnection,
  reconnectDelayMs,
} from '../../../../admin/src/live/live-connection.ts';

class FakeSocket implements LiveSocket {
  onmessage: LiveSocket['onmessage'] = null;
  onclose: LiveSocket['onclose'] = null;
  isClosed = false;
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
  close() {
    this.isClosed = true;
  }
  say(message: unknown) {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  }
}

function open(getTicket: () => Promise<string> = async () => 't') {
  const sockets: FakeSocket[] = [];
  const states: LiveState[] = [];
  const events: LiveEvent[] = [];
  const onResync = vi.fn();
  const connection = openLiveConnection({
    getTicket,
    openSocket: (path) => {
      const socket = new FakeSocket(path);
      sockets.push(socket);
      return socket;
    },
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
    onResync,
    random: () => 1,
  });
  return { connection, sockets, states, events, onResync };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const message = { id: 8, type: 'created', resource: 'messages', resourceId: 'm1', at: '2026-11-21T10:00:00.000Z' };

describe('openLiveConnection', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is live only after the hello of the server, and reads everything once more then', async () => {
    const { sockets, states, onResync } = open();
    await settle();
    expect(sockets[0]?.path).toBe('/ws?ticket=t');
    expect(states).toEqual(['connecting']);
    sockets[0]?.say({ type: 'hello', lastId: 7 });
    expect(states).toEqual(['connecting', 'live']);
    expect(onResync).toHaveBeenCalledOnce();
  });

  it('tells events and leaves out what is none', async () => {
    const { sockets, events } = open();
    await settle();
    sockets[0]?.say({ type: 'hello', lastId: 7 });
    sockets[0]?.say('{"half a mess');
    sockets[0]?.say({ type: 'created' });
    sockets[0]?.say(message);
    expect(events).toEqual([{ id: '8', type: 'created', resource: 'messages', resourceId: 'm1' }]);
  });

  it('goes on behind the last event it saw, without reading everything anew', async () => {
    const { sockets, states, onResync } = open();
    await settle();
    sockets[0]?.say({ type: 'hello', lastId: 7 });
    sockets[0]?.say(message);
    sockets[0]?.onclose?.();
    expect(states.at(-1)).toBe('away');
    await vi.advanceTimersByTimeAsync(500);
    expect(sockets[1]?.path).toBe('/ws?ticket=t&after=8');
    sockets[1]?.say({ type: 'hello', lastId: 9 });
    expect(states.at(-1)).toBe('live');
    expect(onResync).toHaveBeenCalledOnce();
  });

  it('reads everything anew when the server no longer has what was missed', async () => {
    const { sockets, onResync } = open();
    await settle();
    sockets[0]?.say({ type: 'hello', lastId: 7 });
    sockets[0]?.say({ type: 'resync' });
    expect(onResync).toHaveBeenCalledTimes(2);
  });

  it('keeps trying while no ticket is to be had, and hurries when it is woken', async () => {
    let isUp = false;
    const getTicket = vi.fn(async () => {
      if (!isUp) throw new Error('refused');
      return 't';
    });
    const { connection, sockets, states } = open(getTicket);
    await vi.advanceTimersByTimeAsync(3500);
    expect(getTicket).toHaveBeenCalledTimes(4);
    expect(states.at(-1)).toBe('away');
    isUp = true;
    connection.wake();
    await settle();
    expect(sockets).toHaveLength(1);
    connection.wake();
    await settle();
    expect(sockets).toHaveLength(1);
  });

  it('gives up a line that has gone silent', async () => {
    const { sockets } = open();
    await settle();
    sockets[0]?.say({ type: 'hello', lastId: 7 });
    await vi.advanceTimersByTimeAsync(69_000);
    expect(sockets[0]?.isClosed).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sockets[0]?.isClosed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  it('stops for good', async () => {
    const { connection, sockets } = open();
    await settle();
    connection.stop();
    expect(sockets[0]?.isClosed).toBe(true);
    sockets[0]?.onclose?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('reconnectDelayMs', () => {
  it('doubles up to a limit, half of it by chance', () => {
    expect([1, 2, 3, 20].map((failures) => reconnectDelayMs(failures, 1))).toEqual([500, 1000, 2000, 15_000]);
    expect(reconnectDelayMs(20, 0)).toBe(7500);
  });
});
