import type { ProcessWorld } from './process-world.ts';

/** What a conversation may be in the midst of, and how somebody brings it there through the API. */
export const STATES = {
  /** It was answered; nothing is under way. */
  answered: async () => {},
  /** A person has it, for hours. */
  'taken-over': (world, id) => act(world, `/api/conversations/${id}/takeover`, { hours: 2 }),
  /** A person wrote, and has it thereby. */
  'written-to': (world, id) => act(world, `/api/chats/${id}/message`, { text: `A person here (${id.slice(-6)}).` }),
  /** It is put aside for a while. */
  snoozed: (world, id, dueAt) => act(world, `/api/conversations/${id}/snooze`, { until: dueAt.toISOString() }),
  /** A message goes out by itself at a time. */
  'sends-later': (world, id, dueAt) =>
    act(world, `/api/chats/${id}/message`, { text: `Later (${id.slice(-6)}).`, sendAt: dueAt.toISOString() }),
  /** It was closed. */
  closed: (world, id) => act(world, `/api/conversations/${id}/close`, {}),
} satisfies Record<string, (world: ProcessWorld, conversationId: string, dueAt: Date) => Promise<void>>;

export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];

/** The state that the conversation of a customer of this number is brought to. */
export function stateOf(index: number): StateName {
  return STATE_NAMES[index % STATE_NAMES.length] as StateName;
}

async function act(world: ProcessWorld, path: string, body: object): Promise<void> {
  const response = await world.ask(path, { method: 'POST', body });
  if (response.status >= 300) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** Ids of the conversations of customers, in the customers' order. */
export async function conversationsOf(world: ProcessWorld, customers: readonly string[]): Promise<string[]> {
  const rows = await world.query<{ id: string }>(
    `SELECT c.id FROM unnest($1::text[]) WITH ORDINALITY AS k(name, n)
     JOIN contacts ON contacts.external_id = k.name JOIN conversations c ON c.contact_id = contacts.id ORDER BY n`,
    [customers],
  );
  return rows.map(({ id }) => id);
}
