import Box from '@mui/material/Box';
import { Link, useCanAccess, useCreatePath, useGetList, useLocale, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { formatOrderNumber, totalOf } from '../orders/order-parts.ts';
import type { Conversation, Order } from '../records.ts';
import { Part } from './Part.tsx';

/** What the customer ordered here, newest first. */
export function OrdersPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const createPath = useCreatePath();
  const { canAccess } = useCanAccess({ resource: 'orders', action: 'manage' });
  const { data: orders = [] } = useGetList<Order>('orders', {
    filter: { conversationId: record.id },
    pagination: { page: 1, perPage: 5 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  return (
    <Part label="orders">
      {orders.length === 0 && translate('peyk.card.no_orders')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.5 }}>
        {orders.map((order) => (
          <li key={order.id}>
            <Link to={createPath({ resource: 'orders', type: 'show', id: order.id })}>
              <bdi>{formatOrderNumber(order, locale)}</bdi> · <Word words="order_state" value={order.state} />
            </Link>
            {' · '}
            <bdi>{totalOf(order, locale)}</bdi> · <Moment at={order.createdAt} />
          </li>
        ))}
      </Box>
      {canAccess && (
        <Link to={`${createPath({ resource: 'orders', type: 'create' })}?conversation=${record.id}`}>
          {translate('peyk.action.order_by_hand')}
        </Link>
      )}
    </Part>
  );
}
