import type { SetUpStep } from '../channel-rules.ts';

/** What a person does in Meta's dashboard and in ours; `product` is the dashboard's own word. */
export function metaSetUp(product: 'Instagram' | 'Messenger'): readonly SetUpStep[] {
  return [
    {
      text: {
        en: `In the Meta app dashboard, open the webhooks of ${product} and enter this address, with the verify token of this installation (META_VERIFY_TOKEN).`,
        fa: `در داشبورد اپ متا بخش وب‌هوک‌های ${product === 'Instagram' ? 'اینستاگرام' : 'مسنجر'} را باز کنید و این نشانی را همراه با توکن تأیید این نصب (META_VERIFY_TOKEN) وارد کنید.`,
      },
      copyPath: '/webhooks/meta',
    },
    {
      text: {
        en: 'Subscribe to messages, messaging_postbacks, message_reactions, messaging_seen and comments.',
        fa: 'رویدادهای messages، messaging_postbacks، message_reactions، messaging_seen و comments را فعال کنید.',
      },
    },
    {
      text: {
        en: 'Create a long-lived access token for the account in the dashboard and enter it here.',
        fa: 'در داشبورد برای این حساب یک توکن دسترسی بلندمدت بسازید و اینجا وارد کنید.',
      },
      field: 'accessToken',
    },
    product === 'Instagram'
      ? {
          text: {
            en: 'If the account is tied to a Facebook page and the token is that page’s, enter the id of the page.',
            fa: 'اگر حساب به یک صفحهٔ فیسبوک وصل است و توکن مال آن صفحه است، شناسهٔ صفحه را وارد کنید.',
          },
          field: 'pageId',
        }
      : {
          text: {
            en: 'The id of the account is the id of the Facebook page.',
            fa: 'شناسهٔ حساب همان شناسهٔ صفحهٔ فیسبوک است.',
          },
        },
  ];
}
