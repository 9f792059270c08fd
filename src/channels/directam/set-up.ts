import type { SetUpStep } from '../channel-rules.ts';

/** What a person does in Directam's panel and in ours. */
export const DIRECTAM_SET_UP: readonly SetUpStep[] = [
  {
    text: {
      en: 'In the Directam panel, open the web service page and enter this address for incoming messages.',
      fa: 'در پنل دایرکتم به بخش وب‌سرویس بروید و این نشانی را برای دریافت پیام‌ها وارد کنید.',
    },
    copyPath: '/webhooks/directam',
  },
  {
    text: {
      en: 'Copy the address of the web service from the Directam panel and enter it here.',
      fa: 'نشانی وب‌سرویس را از پنل دایرکتم بردارید و اینجا وارد کنید.',
    },
    field: 'baseUrl',
  },
  {
    text: {
      en: 'Create an API key in the Directam panel and enter it here.',
      fa: 'در پنل دایرکتم یک کلید API بسازید و اینجا وارد کنید.',
    },
    field: 'apiKey',
  },
  {
    text: {
      en: 'If Directam signs its messages, enter the same secret here. Without it, anyone who knows the address can send messages in its name.',
      fa: 'اگر دایرکتم پیام‌ها را امضا می‌کند، همان رمز را اینجا وارد کنید. بدون آن، هر کسی که نشانی را بداند می‌تواند به نام دایرکتم پیام بفرستد.',
    },
    field: 'webhookSecret',
  },
  {
    text: {
      en: 'Add the IP address of this server to the list of allowed servers in the Directam panel; requests from other servers are refused.',
      fa: 'نشانی IP این سرور را در پنل دایرکتم به فهرست سرورهای مجاز اضافه کنید؛ درخواست‌های سرورهای دیگر رد می‌شود.',
    },
  },
];
