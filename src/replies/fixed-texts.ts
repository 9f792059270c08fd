import type { Language } from '../text/message.ts';

/** The few sentences that no model writes, because they must be true whatever happens. */
export const FIXED_TEXTS = {
  optedOut: {
    fa: 'باشه، دیگر پیام خودکاری برایتان نمی‌فرستیم. هر وقت خواستید، با فرستادن «شروع» دوباره فعالش کنید.',
    en: 'Understood, you will get no more automatic messages. Send START whenever you want them back.',
  },
  modelFailed: {
    fa: 'پیامتان به دست ما رسید. همکارم در اولین فرصت پاسخ کامل را برایتان می‌فرستد.',
    en: 'We have your message. A colleague will answer you in full as soon as possible.',
  },
  loopNotice: {
    fa: 'برای اینکه کارتان زودتر راه بیفتد، یکی از همکارانم گفتگوی ما را می‌بیند و خودش به شما پاسخ می‌دهد.',
    en: 'So that you get the help you need, a colleague will look at our conversation and answer you.',
  },
  followUp: {
    fa: 'اگر سوال یا خریدی داشتید، من در خدمتم.',
    en: 'If you have a question or would like to order, I am here for you.',
  },
} as const satisfies Record<string, Record<Language, string>>;
