import Box from '@mui/material/Box';
import { ShowBase, useCanAccess, useGetList, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { Page } from '../pages/Page.tsx';
import { Line, Section } from '../pages/Section.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { Order, OutboundMessage } from '../records.ts';
import { describeItems, formatOrderNumber, totalOf } from './order-parts.ts';

export default function OrderShow() {
  return (
    <ShowBase>
      <OrderPage />
    </ShowBase>
  );
}

function OrderPage() {
  const order = useRecordContext<Order>();
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  if (!order) return null;
  return (
    <Page
      title="order.title"
      intro={
        <>
          {translate('peyk.order.number')} <bdi>{formatOrderNumber(order, locale)}</bdi>{' '}
          <WordChip words="order_state" value={order.state} />
        </>
      }
      maxWidth={900}
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <OrderFacts order={order} />
        <OrderSteps order={order} />
      </Box>
    </Page>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const label = (name: string) => translate(`resources.orders.fields.${name}`);
  return (
    <Section title="order.what">
      <Line label={label('items')}>
        <bdi>{describeItems(order, locale)}</bdi>
      </Line>
      <Line label={label('total')}>
        <bdi>{totalOf(order, locale)}</bdi>
      </Line>
      <Line label={label('customerName')}>
        <bdi>{order.customerName}</bdi>
      </Line>
      <Line label={label('phone')}>
        <bdi dir="ltr">{order.phone}</bdi>
      </Line>
      <Line label={label('address')}>
        <bdi>{order.address}</bdi>
      </Line>
      <Line label={label('contactName')}>
        <ConversationLink conversationId={order.conversationId} name={contactNameOf(order)} />
      </Line>
      <Line label={label('createdAt')}>
        <Moment at={order.createdAt} />
      </Line>
    </Section>
  );
}

/** What became of the order, whether its customer was told, and what may come next. */
function OrderSteps({ order }: { order: Order }) {
  const translate = useTranslate();
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'orders', action: 'manage' });
  const ids = order.history.flatMap(({ outboundId }) => outboundId ?? []);
  const { data: messages = [] } = useGetList<OutboundMessage>(
    'outbound-messages',
    { filter: { id: ids }, pagination: { page: 1, perPage: 25 } },
    { enabled: ids.length > 0 },
  );
  return (
    <Section title="order.steps">
      <Box component="ol" sx={{ listStyle: 'none', m: 0, mb: 2, p: 0, display: 'grid', gap: 1 }}>
        {order.history.map((entry) => {
          const message = messages.find((row) => row?.id === entry.outboundId);
          return (
            <li key={`${entry.at} ${entry.state}`}>
              <Word words="order_state" value={entry.state} /> · <Moment at={entry.at} />
              {message && (
                <>
                  {' · '}
                  {translate('peyk.order.message')} <WordChip words="outbound_state" value={message.state} />{' '}
                  <Word words="reason" value={message.reason} />
                </>
              )}
            </li>
          );
        })}
      </Box>
      {canAccess && (
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          {order.nextStates.map((state) => (
            <ActionButton
              key={state}
              action={`order_${state}`}
              done="order_moved"
              run={() => operator.changeOrderState(order.id, state)}
              {...(state === 'cancelled' ? { confirm: 'cancel_order', color: 'error' as const } : {})}
            />
          ))}
        </Box>
      )}
    </Section>
  );
}
