import { describe, expect, it } from 'vitest';
import { withoutDenied } from '../../../src/text/denied.ts';

describe('withoutDenied', () => {
  it.each([
    ['قاب مشکی نه، صورتی رو می‌خوام', 'مشکی', 'صورتی'],
    ['نه مشکی نه سرمه‌ای، کرم چی دارین؟', 'مشکی', 'کرم'],
    ['سفیدش رو نمی‌خوام، مشکی رو می‌خوام', 'سفید', 'مشکی'],
    ['the pot, but not the small one', 'small', 'pot'],
    ['a shirt but not red', 'red', 'shirt'],
  ])('%j does not want %s', (text, denied, wanted) => {
    expect(withoutDenied(text)).not.toContain(denied);
    expect(withoutDenied(text)).toContain(wanted);
  });

  it.each(['نه، مشکی می‌خوام', 'is it not available?', 'داره یا نه؟', 'اینو نمی‌خوام', ''])(
    'leaves %j as it is',
    (text) => expect(withoutDenied(text)).toBe(text),
  );
});
