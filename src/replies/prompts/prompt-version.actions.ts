import { z } from 'zod';
import { type AuditAction, appendAudit } from '../../platform/audit/audit-store.ts';
import { publishVersion, withdrawVersion } from './prompt-version-store.ts';
import { ConflictError } from '../../platform/errors.ts';
import { entryOf } from '../../platform/http/resources/audited.ts';
import { promptVersionRecord, promptVersions } from './prompt-versions.resource.ts';
import { type ActionContext, defineAction } from '../../platform/http/actions/action.ts';
import { findOwned } from '../../platform/http/actions/find-owned.ts';

const empty = z.strictObject({});
type Context = ActionContext<z.output<typeof empty>, unknown>;

export const publishPrompt = defineAction({
  method: 'post',
  path: '/api/prompt-versions/:id/publish',
  summary: 'Answers are made with this version from the next one on; also goes back to an earlier one.',
  permission: 'manage-prompts',
  body: empty,
  status: 200,
  response: promptVersionRecord,
  run: ({ deps, principal, id }) =>
    change({ deps, principal, id }, 'publish', 'This version is in use already.', (tx, { businessId, name }) =>
      publishVersion(tx, { businessId, name, id }, principal.actor, new Date(deps.clock())),
    ),
});

export const withdrawPrompt = defineAction({
  method: 'post',
  path: '/api/prompt-versions/:id/withdraw',
  summary: "Takes this version out of use: the release's prompt answers again.",
  permission: 'manage-prompts',
  body: empty,
  status: 200,
  response: promptVersionRecord,
  run: ({ deps, principal, id }) =>
    change({ deps, principal, id }, 'withdraw', 'This version is not in use.', (tx, { businessId }) =>
      withdrawVersion(tx, businessId, id),
    ),
});

type Transaction = Parameters<typeof publishVersion>[0];

async function change(
  { deps, principal, id }: Pick<Context, 'deps' | 'principal' | 'id'>,
  action: AuditAction,
  refusal: string,
  run: (tx: Transaction, row: { businessId: string; name: string }) => Promise<boolean>,
) {
  return deps.db.$transaction(async (tx) => {
    const row = await findOwned({ db: tx }, promptVersions, principal, id);
    if (!(await run(tx, row))) throw new ConflictError(refusal);
    const changed = promptVersions.present(
      await findOwned({ db: tx }, promptVersions, principal, id),
      deps.presentContext,
    );
    const entry = entryOf(promptVersions, row, principal, action);
    const named = { name: row.name, version: row.version };
    await appendAudit(tx, {
      ...entry,
      before: { ...named, state: row.state },
      after: { ...named, state: changed.state },
    });
    return changed;
  });
}
