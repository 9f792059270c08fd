import { describe, expect, it } from 'vitest';
import { consentStage } from '../../../src/replies/consent-stage.ts';
import { FIXED_TEXTS } from '../../../src/replies/fixed-texts.ts';
import { buildTurn } from '../../support/turn.ts';

const UNSENT = { texts: [] };
const OPTED_OUT = { context: { optedOut: true } };

describe('consentStage', () => {
  it('tells a customer who asks for it that no more automatic messages come, also where it is only tried', async () => {
    for (const isDryRun of [false, true]) {
      const result = await consentStage.take(buildTurn({ texts: ['STOP'], optOut: true, isDryRun }));
      expect(result?.answer).toMatchObject({
        text: FIXED_TEXTS.optedOut.en,
        outcome: 'opt_out',
        purchaseIntent: false,
      });
    }
  });

  it.each([
    ['opted_out', OPTED_OUT],
    ['unsent', UNSENT],
  ])('is silent and says why: %s', async (reason, changes) => {
    expect((await consentStage.take(buildTurn(changes)))?.answer).toMatchObject({
      outcome: 'silent',
      text: '',
      reason,
    });
    expect(await consentStage.take(buildTurn({ ...changes, isDryRun: true }))).toBeNull();
  });

  it('passes where somebody may be answered', async () => {
    expect(await consentStage.take(buildTurn())).toBeNull();
  });
});
