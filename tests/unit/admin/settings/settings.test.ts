import { describe, expect, it } from 'vitest';
import { readHours, type Settings, toChanges, toForm } from '../../../../admin/src/settings/settings.ts';

const settings: Settings = {
  id: '1',
  name: 'Shop',
  language: 'fa',
  timeZone: 'Asia/Tehran',
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

describe('readHours', () => {
  it('reads a line for each time', () => {
    const six = { weekday: 6, from: '09:00', to: '13:00' };
    expect(readHours('6 09:00-13:00\n\n 0  10:00-12:00 ')).toEqual([six, { weekday: 0, from: '10:00', to: '12:00' }]);
    expect(readHours('')).toEqual([]);
  });

  it.each(['7 09:00-13:00', '6 9-13', 'Saturday 09:00-13:00'])('knows that «%s» is no such line', (line) => {
    expect(readHours(line)).toBeNull();
  });
});

describe('toChanges', () => {
  const form = toForm(settings);

  it('is empty when nothing was changed, however the form writes nothing', () => {
    expect(toChanges(form, { ...form, quietHoursStart: '', aiModel: null, aiKey: '' })).toEqual({});
  });

  it('names what was changed, and gives back what was emptied', () => {
    const after = { ...form, name: 'Flowers', hoursText: '', debounceMs: 300, aiKey: 'sk-1', followUpDelayHours: null };
    expect(toChanges(form, after as never)).toEqual({
      name: 'Flowers',
      businessHours: null,
      debounceMs: 300,
      aiKey: 'sk-1',
      followUpDelayHours: null,
    });
    expect(toChanges(form, { ...form, hoursText: '0 10:00-12:00' })).toEqual({
      businessHours: [{ weekday: 0, from: '10:00', to: '12:00' }],
    });
  });
});
