import { setTimeout as sleep } from 'node:timers/promises';
import { signDirectam } from './fake-directam.ts';
import { SECRET, SHOP } from './process-world.ts';

/** One message of a customer, and what became of its webhook. */
export interface Said {
  /** The provider's id, by which the message is found again in the database. */
  id: string;
  customer: string;
  text: string;
  body: string;
  /** Status of each delivery; 0 where no answer came. */
  statuses: number[];
  /** When the first 200 came, milliseconds since the epoch. */
  acknowledgedAtMs: number | null;
}

export interface Traffic {
  /** Resolves once every message was acknowledged, as a patient provider gets it in the end. */
  done: Promise<Said[]>;
  acknowledged(): number;
}

/** A provider repeats what was not acknowledged after this long. */
const REPEAT_AFTER_MS = 1000;
const GIVE_UP_AFTER_MS = 90_000;
/** It waits this long for an answer. */
const PATIENCE_MS = 10_000;

/* biome-ignore format: a table of questions. */
const QUESTIONS = ['سلام، ساعت کاری شما چیه؟', 'Do you ship to Shiraz?', 'قیمت کفش ورزشی چنده؟',
  'Is the blue coat available?', 'آدرس فروشگاه کجاست؟', 'How can I pay?', 'ارسال چند روز طول می‌کشه؟'];

/**
 * Messages of customers that nobody has met before. Every third customer writes a burst of three, the others one.
 * `name` keeps the traffic of several tests in one world apart.
 */
export function buildTraffic(name: string, count: number): Said[] {
  const said: Said[] = [];
  for (let customer = 0; said.length < count; customer += 1)
    for (let part = 0; part < (customer % 3 === 0 ? 3 : 1) && said.length < count; part += 1)
      said.push(buildSaid(`${name}-${customer}`, part));
  return said;
}

/** The customer's message number `part`; its time rises with the number. */
export function buildSaid(customer: string, part: number, words?: string): Said {
  const text = words ?? `${QUESTIONS[(customer.length + part * 3) % QUESTIONS.length]} (${part})`;
  const id = `${customer}.${part}`;
  const parties = { sender_id: customer, receiver_id: SHOP, is_admin: false };
  const timestamp = Date.now() - 60_000 + part * 1000;
  const body = JSON.stringify({ ...parties, message_type: 'text', text, timestamp, message_id: id });
  return { id, customer, text, body, statuses: [], acknowledgedAtMs: null };
}

/**
 * Posts the messages at a steady rate, whatever the answers do, and repeats what was not acknowledged. A message that is
 * listed twice is delivered twice. `urls` are asked in turn, as a load balancer would.
 */
export function startTraffic(urls: readonly string[], said: readonly Said[], perSecond: number): Traffic {
  const startedAtMs = Date.now();
  const deliveries = said.map(async (message, index) => {
    await sleep((index / perSecond) * 1000);
    for (let attempt = 0; attempt === 0 || message.acknowledgedAtMs === null; attempt += 1) {
      if (attempt > 0) await sleep(REPEAT_AFTER_MS);
      if (Date.now() - startedAtMs > GIVE_UP_AFTER_MS) throw new Error(`${message.id}: ${message.statuses}`);
      await deliver(urls[(index + attempt) % urls.length] as string, message);
    }
    return message;
  });
  const done = Promise.all(deliveries);
  // Who asks for it later still gets the error; until then it must not end the process.
  done.catch(() => undefined);
  return { done, acknowledged: () => said.filter((message) => message.acknowledgedAtMs !== null).length };
}

/** Posts one message once and notes the answer. */
export async function deliver(url: string, message: Said): Promise<void> {
  const status = await postOnce(url, message.body);
  message.statuses.push(status);
  if (status === 200) message.acknowledgedAtMs ??= Date.now();
}

async function postOnce(url: string, body: string): Promise<number> {
  try {
    const response = await fetch(`${url}/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-signature': signDirectam(body, SECRET) },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
