import { describe, expect, it } from 'vitest';
import { judgeQuality, type QualityCounts } from '../../../src/analytics/quality.ts';

const GOOD: QualityCounts = {
  turns: 100,
  answered: 95,
  handedOver: 5,
  failed: 0,
  unanswered: 2,
  corrected: 1,
  undelivered: 0,
  repeated: 1,
  failedChecks: 1,
  replyP95Ms: 4000,
};

describe('judgeQuality', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(judgeQuality(GOOD)).toEqual({ score: 100, faults: [] });
  });

  it('names what costs most first, and the points add up', () => {
    const { score, faults } = judgeQuality({ ...GOOD, unanswered: 40, failed: 10, replyP95Ms: 60_000 });
    expect(faults.map(({ fault }) => fault)).toEqual(['many_unanswered', 'slow_replies', 'model_fails']);
    expect(score).toBe(100 - faults.reduce((sum, { points }) => sum + points, 0));
  });

  it('counts an answer that did not arrive as lost, and one that a person had to mend almost so', () => {
    const { faults } = judgeQuality({ ...GOOD, undelivered: 20, corrected: 20 });
    expect(faults.map(({ fault }) => fault)).toEqual(['not_delivered', 'people_correct']);
  });

  it('judges nobody by a handful of turns, and never below nothing', () => {
    expect(judgeQuality({ ...GOOD, turns: 4, failed: 4 })).toEqual({ score: null, faults: [] });
    expect(judgeQuality({ ...GOOD, failed: 100, unanswered: 100, handedOver: 100, repeated: 100 }).score).toBe(0);
  });
});
