import type { commerceEn } from './commerce.en.ts';

/** متن‌های سفارش‌ها، آمار و آزمایش‌ها. */
export const commerceFa: typeof commerceEn = {
  action: {
    order_placed: 'قیمت توافق شد',
    order_confirmed: 'تأیید',
    order_shipped: 'ارسال شد',
    order_delivered: 'تحویل شد',
    order_cancelled: 'لغو سفارش',
  },
  confirm: {
    cancel_order_title: 'این سفارش لغو شود؟',
    cancel_order_text: 'اگر کانال هنوز اجازه بدهد، به مشتری خبر داده می‌شود. این کار بازگشت ندارد.',
  },
  done: { order_moved: 'وضعیت سفارش تغییر کرد.' },
  empty: {
    orders_title: 'هنوز سفارشی نیست',
    orders_text: 'وقتی مشتری بخواهد بخرد، ربات آنچه کم است را می‌پرسد و سفارش را اینجا ثبت می‌کند.',
  },
  order: {
    title: 'سفارش',
    number: 'شماره‌ی',
    what: 'چه سفارش داده شد',
    steps: 'چه بر آن گذشت',
    message: 'پیام به مشتری:',
  },
  resources: {
    orders: {
      name: 'سفارش |||| سفارش‌ها',
      fields: {
        number: 'شماره',
        state: 'وضعیت',
        items: 'اقلام',
        total: 'مبلغ',
        contactName: 'مشتری',
        customerName: 'نام',
        phone: 'تلفن',
        address: 'آدرس',
        createdAt: 'زمان سفارش',
      },
    },
  },
};
