import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useOperator } from '../providers/use-operator.ts';
import { type LiveSocket, type LiveState, openLiveConnection } from './live-connection.ts';
import { LiveContext } from './live-state.ts';
import { collectStaleResources } from './stale-resources.ts';

function openSocket(path: string): LiveSocket {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const webSocket = new WebSocket(url);
  const socket: LiveSocket = { onmessage: null, onclose: null, close: () => webSocket.close() };
  webSocket.onmessage = ({ data }) => socket.onmessage?.({ data });
  webSocket.onclose = () => socket.onclose?.();
  return socket;
}

/** Keeps what the screens below show fresh, for as long as somebody is signed in. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const operator = useOperator();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const stale = collectStaleResources((resources) => {
      for (const resource of resources) void queryClient.invalidateQueries({ queryKey: [resource] });
    });
    const connection = openLiveConnection({
      getTicket: async () => (await operator.getLiveTicket()).ticket,
      openSocket,
      onState: setState,
      onEvent: ({ resource }) => stale.add(resource),
      onResync: () => void queryClient.invalidateQueries(),
      random: Math.random,
    });
    const wake = () => connection.wake();
    window.addEventListener('online', wake);
    return () => {
      window.removeEventListener('online', wake);
      stale.stop();
      connection.stop();
    };
  }, [queryClient, operator]);

  return <LiveContext value={state}>{children}</LiveContext>;
}
