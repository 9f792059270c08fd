import type { IncomingMessage } from 'node:http';
import { Router } from 'express';
import type { z } from 'zod';
import type { AccountCheck } from '../../../accounts/check.ts';
import type { SettingsDefaults } from '../../../businesses/settings.ts';
import type { readTableAside } from '../../../catalog/readers/read-table.ts';
import type { CatalogSyncs } from '../../../catalog/sync-gateway.ts';
import type { Channels } from '../../../channels/channel.ts';
import type { ConversationGateway } from '../../../conversations/gateway.ts';
import type { Inbox } from '../../../inbox/inbox.ts';
import type { ProductLookup } from '../../../orders/product-lookup.ts';
import type { createRehearsal } from '../../../replies/rehearsal/rehearsal.ts';
import type { RerunPlanner } from '../../../replies/reruns/planner.ts';
import { demand, principalOf } from '../../auth/authenticate.ts';
import type { Permission } from '../../auth/permissions.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Database } from '../../database/client.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { HttpProblem, refuseMethod } from '../problem.ts';
import { BODY_TOO_LARGE, readRawBody } from '../raw-body.ts';
import type { PresentContext } from '../resources/resource.ts';
import { readId } from '../resources/router.ts';
import { readInput } from '../validate.ts';

export interface AiQuestion {
  businessId: string;
  conversationId?: string;
  text?: string;
  /** Stored messages that are to be answered now, as if they had just come. */
  answers?: readonly string[];
}

export interface SimulatedReply {
  /** What the model would be given. */
  context: unknown;
  /** What it would answer; nothing is sent. */
  reply: unknown;
}

/** What actions work with. */
export interface ActionDeps {
  db: Database;
  channels: Channels;
  inbox: Pick<Inbox, 'accept' | 'ingest'>;
  conversations: ConversationGateway;
  productLookup: Pick<ProductLookup, 'findProducts'>;
  simulateReply: (question: AiQuestion) => Promise<SimulatedReply>;
  /** Only the context, without asking a model; absent: taken from a simulated reply. */
  readAiContext?: (question: AiQuestion) => Promise<unknown>;
  /** Plans, starts and ends re-runs; absent: 503. */
  rerunPlanner?: RerunPlanner;
  /** Plays scripts in the simulator; absent: 503. */
  rehearse?: ReturnType<typeof createRehearsal>;
  /** Called when an event was put back for the relay. */
  wakeRelay?: () => void;
  /** What reads shops; absent while the catalog is off. */
  catalog?: {
    syncs: CatalogSyncs;
    /** PRODUCTS_SYNC_CRON. */
    defaultCron: string;
    readTable: typeof readTableAside;
    tableTemplate: readonly (readonly string[])[];
  };
  /** Seals what is secret before it is stored. */
  keyRing: KeyRing;
  /** What the variables say where a business has set nothing. */
  settingsDefaults: SettingsDefaults;
  /** Looks whether an account's credentials would be taken; absent: 503. */
  checkAccount?: AccountCheck;
  /** Forgets the wrong passwords that were given for a name. */
  unlockLogin: (username: string) => Promise<void>;
  presentContext: PresentContext;
  clock: () => number;
}

export interface ActionContext<B, Q> {
  deps: ActionDeps;
  principal: Principal;
  /** The id in the path, in the form of one; empty where the path has none. */
  id: string;
  body: B;
  query: Q;
  /** The body's bytes, where the action takes a file; else empty. */
  file: Buffer;
}

/** Something that can be done, besides reading and editing records. */
export interface Action<B extends z.ZodType, Q extends z.ZodType> {
  method: 'get' | 'post' | 'patch';
  /** Below the root, with `:id` where it concerns one record. */
  path: string;
  summary: string;
  /** The path is also a resource's list, which answers what reads. */
  besideList?: true;
  permission: Permission;
  /** The body is a file of any type, read as bytes. */
  upload?: { maxBytes: number };
  body?: B;
  query?: Q;
  status: number;
  response: z.ZodType;
  run(context: ActionContext<z.output<B>, z.output<Q>>): Promise<unknown>;
}

export interface AnyAction extends Omit<Action<z.ZodType, z.ZodType>, 'run'> {
  run(context: ActionContext<unknown, unknown>): Promise<unknown>;
}

/** Checks a declaration's types, then forgets them. */
export function defineAction<B extends z.ZodType, Q extends z.ZodType>(action: Action<B, Q>): AnyAction {
  return action as unknown as AnyAction;
}

async function readUpload(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  // JSON has been read by then, and no file comes as JSON.
  if (request.readableEnded) throw new HttpProblem(415, 'Send the file itself, as text/csv or as a workbook.');
  const bytes = await readRawBody(request, maxBytes);
  if (bytes === BODY_TOO_LARGE) throw new HttpProblem(413, `The file must not be larger than ${maxBytes} bytes.`);
  return bytes;
}

/** Serves all actions. Mount it at the root, behind `requirePrincipal`. */
export function createActionRouter(actions: readonly AnyAction[], deps: ActionDeps): Router {
  const router = Router();
  for (const action of actions) {
    const { method, path, permission, status } = action;
    router[method](path, async (request, response) => {
      const principal = principalOf(request);
      demand(principal, permission);
      const id = path.includes(':id') ? readId(request) : '';
      const body: unknown = action.body ? readInput(action.body, request.body ?? {}) : undefined;
      const query: unknown = action.query ? readInput(action.query, request.query, 'query') : undefined;
      const file = action.upload ? await readUpload(request, action.upload.maxBytes) : Buffer.alloc(0);
      response.status(status).json(await action.run({ deps, principal, id, body, query, file }));
    });
  }
  for (const path of new Set(actions.map((action) => action.path))) {
    const alike = actions.filter((action) => action.path === path);
    const methods = alike.map(({ method }) => method.toUpperCase());
    if (alike.some(({ besideList }) => besideList)) {
      const refuse = refuseMethod(['GET', 'HEAD', ...methods]);
      router.all(path, (request, response, next) =>
        request.method === 'GET' || request.method === 'HEAD' ? next() : refuse(request, response, next),
      );
      continue;
    }
    router.all(path, refuseMethod(methods.includes('GET') ? [...methods, 'HEAD'] : methods));
  }
  return router;
}
