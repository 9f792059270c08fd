import { writeFileSync } from 'node:fs';
import { openKeyedDatabase } from '../../../src/platform/database/client.ts';
import { type PlayedTurn, playShop } from '../../answers/play.ts';
import { HALVES, readShops } from '../../answers/read-file.ts';
import { type AnswersReport, describeTurn, reportOf } from '../../answers/report.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withPostgres } from '../stack.ts';

/** Set to a file to have every turn of the tuned half written there with its answer and what is wrong with it. */
const READING_FILE = process.env.PEYK_BENCH_ANSWERS;
/** Of the half that answers are improved with, and of the one that is only measured. */
const WANTED = { tuned: 0.95, keptOut: 0.9 } as const;
const LONGEST_MS = 30;

/** How many labelled turns of tests/answers the built-in responder answers well, by the real decision over real rows. */
export async function answers({ quick }: BenchOptions): Promise<BenchResult> {
  return withPostgres(async (databaseUrl) => {
    const db = openKeyedDatabase(databaseUrl, 4);
    try {
      const tuned = await playHalf(HALVES.tuned, quick);
      const keptOut = await playHalf(HALVES.keptOut, quick);
      if (READING_FILE) writeFileSync(READING_FILE, tuned.map(describeTurn).join('\n\n'));
      const reports = { tuned: reportOf(tuned), keptOut: reportOf(keptOut) };
      return { name: 'answers', ours: reports, limit: {}, ratio: {}, aim: aimsOf(reports) };
    } finally {
      await db.$disconnect();
    }

    async function playHalf(folder: string, isShort: boolean): Promise<PlayedTurn[]> {
      const played: PlayedTurn[] = [];
      for (const { name, file } of readShops(folder).slice(0, isShort ? 1 : undefined))
        played.push(...(await playShop(db, name, file)));
      return played;
    }
  });
}

function aimsOf({ tuned, keptOut }: { tuned: AnswersReport; keptOut: AnswersReport }): BenchResult['aim'] {
  return {
    tuned: aim(tuned.share, '>=', WANTED.tuned),
    keptOut: aim(keptOut.share, '>=', WANTED.keptOut),
    invented: aim(tuned.invented + keptOut.invented, '<=', 0),
    p95Ms: aim(Math.max(tuned.p95Ms, keptOut.p95Ms), '<=', LONGEST_MS),
  };
}
