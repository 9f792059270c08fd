/** Texts of orders, figures and experiments, in English. `commerce.fa.ts` has the same keys; `en.ts` takes them in. */
export const commerceEn = {
  action: {
    order_placed: 'Price agreed',
    order_confirmed: 'Confirm',
    order_shipped: 'Shipped',
    order_delivered: 'Delivered',
    order_cancelled: 'Cancel the order',
  },
  confirm: {
    cancel_order_title: 'Cancel this order?',
    cancel_order_text: 'The customer is told, if the channel still allows it. This cannot be taken back.',
  },
  done: { order_moved: 'The order has moved on.' },
  empty: {
    orders_title: 'No orders yet',
    orders_text: 'When a customer wants to buy, the bot asks for what is missing and notes the order here.',
  },
  order: {
    title: 'Order',
    number: 'Number',
    what: 'What was ordered',
    steps: 'What became of it',
    message: 'Message to the customer:',
  },
  resources: {
    orders: {
      name: 'Order |||| Orders',
      fields: {
        number: 'Number',
        state: 'State',
        items: 'Items',
        total: 'Total',
        contactName: 'Customer',
        customerName: 'Name',
        phone: 'Phone',
        address: 'Address',
        createdAt: 'Ordered',
      },
    },
  },
};
