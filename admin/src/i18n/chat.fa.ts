/** Texts of what happens to a message after it was said, in Persian. `chat.en.ts` has the same keys. */
export const chatFa = {
  said: {
    reaction: 'واکنش مشتری',
    edited: 'ویرایش‌شده',
    seen: 'دیده شد، %{time}',
    edited_title: 'نمایش متن پیشین',
    before: 'پیش از این، %{time}:',
    unsent: 'مشتری این پیام را پس گرفت.',
    open_picture: 'نمایش %{name} در اندازه‌ی کامل',
    close_picture: 'بستن تصویر',
  },
  simulated: {
    tools: 'کاری که مشتری با این پیام می‌کند',
    react: 'واکنش با %{emoji}',
    unreact: 'پس گرفتن واکنش',
    edit: 'ویرایش…',
    unsend: 'پس گرفتن پیام',
    edit_title: 'ویرایش از سوی مشتری',
    edit_label: 'متن تازه‌ی پیام',
    save: 'ثبت ویرایش',
  },
};
