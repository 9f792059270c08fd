import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PARTS = ['src', 'workflows', 'activities', 'prompts', 'prisma', 'package.json', 'tsconfig.json'];

/**
 * A release whose core does something else than ours: it sleeps before every decision, which no history of ours does. With
 * another number where a release says so, and without where somebody forgot to.
 */
export function makeChangedRelease(folder: string, { saysSo }: { saysSo: boolean }): string {
  const root = mkdtempSync(join(folder, 'release-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(root, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  change(join(root, 'workflows/conversation.workflow.ts'), [
    /const decided = await startDecide/,
    'await wf.sleep(1);\n      const decided = await startDecide',
  ]);
  if (saysSo)
    change(join(root, 'src/conversations/core/version.ts'), [
      /CORE_VERSION = (\d+)/,
      (_whole, number: string) => `CORE_VERSION = ${Number(number) + 1}`,
    ]);
  return root;
}

type Change = [pattern: RegExp, replacement: string | ((whole: string, ...groups: string[]) => string)];

function change(file: string, [pattern, replacement]: Change): void {
  const before = readFileSync(file, 'utf8');
  const after =
    typeof replacement === 'string' ? before.replace(pattern, replacement) : before.replace(pattern, replacement);
  if (after === before) throw new Error(`${file} has no place for the change any more.`);
  writeFileSync(file, after);
}
