import type { IncomingMessage } from 'node:http';
import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { demand, principalOf } from '../../auth/authenticate.ts';
import type { Permission } from '../../auth/permissions.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Database } from '../../database/client.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { UNCOUNTED } from '../body-budget.ts';
import { createFormFileReader } from '../multipart.ts';
import { HttpProblem, refuseMethod } from '../problem.ts';
import { readRawBody } from '../raw-body.ts';
import type { PresentContext } from '../resources/resource.ts';
import { readId } from '../resources/router.ts';
import { readInput } from '../validate.ts';

/** What every action works with. What else one needs, its feature names as `Needs`. */
export interface ActionDeps {
  db: Database;
  /** Seals what is secret before it is stored. */
  keyRing: KeyRing;
  /** Forgets the wrong passwords that were given for a name. */
  unlockLogin: (username: string) => Promise<void>;
  presentContext: PresentContext;
  clock: () => number;
}

export interface ActionContext<B, Q, Needs = object> {
  deps: ActionDeps & Needs;
  principal: Principal;
  /** The id in the path, in the form of one; empty where the path has none. */
  id: string;
  body: B;
  query: Q;
  /** The body's bytes, where the action takes a file; else empty. */
  file: Buffer;
}

/** What is declared of something that can be done, besides reading and editing records. */
interface ActionFacts<B extends z.ZodType, Q extends z.ZodType> {
  method: 'get' | 'post' | 'patch';
  /** Below the root, with `:id` where it concerns one record. */
  path: string;
  summary: string;
  /** The path is also a resource's list, which answers what reads. */
  besideList?: true;
  permission: Permission;
  /** The body is a file of any type, read as bytes; with `field` it is a form that holds the file under that name. */
  upload?: { maxBytes: number; field?: string };
  body?: B;
  query?: Q;
  status: number;
  response: z.ZodType;
}

export interface Action<B extends z.ZodType, Q extends z.ZodType, Needs> extends ActionFacts<B, Q> {
  run(context: ActionContext<z.output<B>, z.output<Q>, Needs>): Promise<unknown>;
}

/** An action whose body and query are no longer told apart. `run` is no method, so that its needs are held to. */
export interface AnyAction<Needs = object> extends ActionFacts<z.ZodType, z.ZodType> {
  run: (context: ActionContext<unknown, unknown, Needs>) => Promise<unknown>;
}

/** Makes actions that work with a feature's services: `const defineAction = actionsOf<CatalogNeeds>()`. */
export function actionsOf<Needs>() {
  return <B extends z.ZodType, Q extends z.ZodType>(action: Action<B, Q, Needs>): AnyAction<Needs> =>
    action as unknown as AnyAction<Needs>;
}

/** An action that needs no service of a feature. */
export const defineAction = actionsOf<object>();

async function readFileBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  // JSON has been read by then, and no file comes as JSON.
  if (request.readableEnded) throw new HttpProblem(415, 'Send the file itself, as text/csv or as a workbook.');
  const bytes = await readRawBody(request, maxBytes, UNCOUNTED);
  if (typeof bytes === 'symbol') throw new HttpProblem(413, `The file must not be larger than ${maxBytes} bytes.`);
  return bytes;
}

/** Serves all actions. Mount it at the root, behind `requirePrincipal`. */
export function createActionRouter<Needs>(actions: readonly AnyAction<Needs>[], deps: ActionDeps & Needs): Router {
  const router = Router();
  const readFormFile = createFormFileReader();
  const readUpload = async (request: Request, response: Response, upload: AnyAction['upload']): Promise<Buffer> => {
    if (!upload) return Buffer.alloc(0);
    const { maxBytes, field } = upload;
    return field === undefined ? readFileBody(request, maxBytes) : readFormFile(request, response, { maxBytes, field });
  };
  for (const action of actions) {
    const { method, path, permission, status } = action;
    router[method](path, async (request, response) => {
      const principal = principalOf(request);
      demand(principal, permission);
      const id = path.includes(':id') ? readId(request) : '';
      const body: unknown = action.body ? readInput(action.body, request.body ?? {}) : undefined;
      const query: unknown = action.query ? readInput(action.query, request.query, 'query') : undefined;
      const file = await readUpload(request, response, action.upload);
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
