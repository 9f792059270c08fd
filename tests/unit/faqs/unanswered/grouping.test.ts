import { describe, expect, it } from 'vitest';
import { groupByMeaning } from '../../../../src/faqs/unanswered/grouping.ts';

const ask = (...texts: string[]) => texts.map((text, at) => ({ text, atMs: at }));
const wordingsOf = (...texts: string[]) =>
  groupByMeaning(ask(...texts)).map(({ wordings }) => wordings.map(({ text }) => text).sort());

describe('groupByMeaning', () => {
  it('gathers what one answer would answer, in whatever words and languages', () => {
    const groups = groupByMeaning(
      ask(
        'ارسالتون چند روز طول می‌کشه؟',
        'آیا قسطی هم میدید؟',
        'how long does delivery take?',
        'قسطی می‌فروشید؟',
        'ersal chand rooze ast',
        'پارکینگ دارید؟',
      ),
    );
    expect(groups.map(({ asked }) => asked.length)).toEqual([3, 2, 1]);
    expect(groups[0]?.wordings).toHaveLength(3);
    expect(groups[1]?.asked.map(({ text }) => text)).toEqual(['قسطی می‌فروشید؟', 'آیا قسطی هم میدید؟']);
  });

  it('keeps apart what needs two answers, though the words are alike', () => {
    expect(wordingsOf('هزینه ارسال چقدره؟', 'ارسال چند روز طول می‌کشه؟')).toHaveLength(2);
    expect(wordingsOf('کفش بچگانه دارید؟', 'کفش مردونه دارید؟')).toHaveLength(2);
  });

  it('gathers by the words where the meaning is not known, misspelt ones too', () => {
    expect(wordingsOf('حیوان خونگی میشه بیاریم؟', 'میشه حیوان خانگی آورد؟', 'وای فای دارید')).toHaveLength(2);
    expect(wordingsOf('is wifi free here?', 'do you have free wifi')).toHaveLength(1);
    expect(wordingsOf('is wifi free here?', 'do you have live music')).toHaveLength(2);
  });

  it('counts equal wordings, and puts what is asked most and latest first', () => {
    const groups = groupByMeaning([
      { text: 'وای فای دارید', atMs: 1 },
      { text: 'پارکینگ دارید؟', atMs: 2 },
      { text: 'وای‌فای دارید؟', atMs: 3 },
      { text: 'قسطی میدید؟', atMs: 9 },
    ]);
    expect(groups.map(({ question, asked }) => [question, asked.length])).toEqual([
      ['وای‌فای دارید؟', 2],
      ['قسطی میدید؟', 1],
      ['پارکینگ دارید؟', 1],
    ]);
    expect(groups[0]?.asked.map(({ atMs }) => atMs)).toEqual([3, 1]);
  });

  it('speaks for a group in the wording that is most like the others, and not in Latin letters where others wrote Persian', () => {
    const [group] = groupByMeaning(
      ask(
        'ghesti mifroshid?',
        'ghesti mifroshid?',
        'سلام وقت بخیر ببخشید قسطی هم میشه خرید کرد از شما؟',
        'قسطی می‌فروشید؟',
      ),
    );
    expect(group?.question).toBe('قسطی می‌فروشید؟');
    expect(groupByMeaning(ask('ghesti mifroshid?'))[0]?.question).toBe('ghesti mifroshid?');
  });

  it('is the same for the same questions in any order, and has no group of nothing', () => {
    const texts = ['قسطی میدید؟', 'پارکینگ دارید؟', 'do you do installments', 'is there parking?', 'وای فای دارید'];
    const asked = ask(...texts);
    const shape = (all: typeof asked) =>
      groupByMeaning(all).map(({ wordings }) => wordings.map(({ text }) => text).sort());
    expect(shape([...asked].reverse())).toEqual(shape(asked));
    expect(groupByMeaning(ask('', '؟؟', '🙂'))).toEqual([]);
    expect(groupByMeaning([])).toEqual([]);
  });
});
