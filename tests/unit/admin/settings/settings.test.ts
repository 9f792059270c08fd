import { describe, expect, it } from 'vitest';
import { type Settings, toChanges, toForm, weekdayChoices } from '../../../../admin/src/settings/settings.ts';

const settings: Settings = {
  id: '1',
  name: 'Shop',
  language: 'fa',
  timeZone: 'Asia/Tehran',
  prompt: 'Be short.',
  assignTickets: false,
  businessHours: [{ weekday: 6, from: '09:00', to: '17:30' }],
  quietHoursStart: null,
  quietHoursEnd: null,
  followUpEnabled: true,
  followUpDelayHours: 12,
  followUpMessage: null,
  debounceMs: 1500,
  takeoverHours: 4,
  aiProvider: 'builtin',
  aiModel: null,
  aiEnabled: true,
  hasAiKey: true,
  own: ['businessHours'],
};

describe('weekdayChoices', () => {
  it("begins with the first day of the reader's week", () => {
    expect(weekdayChoices('fa')[0]).toEqual({ id: 6, name: 'شنبه' });
    expect(weekdayChoices('en').map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 0]);
    expect(weekdayChoices('en')[6]?.name).toBe('Sunday');
  });
});

describe('toChanges', () => {
  const form = toForm(settings);

  it('is empty when nothing was changed, however the form writes nothing', () => {
    expect(toChanges(form, { ...form, quietHoursStart: '', aiModel: null, aiKey: '' })).toEqual({});
  });

  it('empties the words of the shop, which have no default to go back to', () => {
    expect(toChanges(form, { ...form, prompt: '' })).toEqual({ prompt: '' });
  });

  it('names what was changed, and gives back what was emptied', () => {
    const after = {
      ...form,
      name: 'Flowers',
      businessHours: [],
      debounceMs: 300,
      aiKey: 'sk-1',
      followUpDelayHours: null,
    };
    expect(toChanges(form, after as never)).toEqual({
      name: 'Flowers',
      businessHours: null,
      debounceMs: 300,
      aiKey: 'sk-1',
      followUpDelayHours: null,
    });
    expect(toChanges(form, { ...form, businessHours: [{ weekday: 0, from: '10:00', to: '12:00' }] })).toEqual({
      businessHours: [{ weekday: 0, from: '10:00', to: '12:00' }],
    });
  });
});
