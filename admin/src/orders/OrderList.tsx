import { DataTable, useLocale } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { Moment } from '../fields/Moment.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { Order } from '../records.ts';
import { describeItems, formatOrderNumber, totalOf } from './order-parts.ts';

const STATES = ['placed', 'draft', 'confirmed', 'shipped', 'delivered', 'cancelled'];
const FILTERS = [searchFilter, wordFilter('state', 'order_state', STATES, true), CHANNEL_FILTER];

const Column = DataTable.Col<Order>;

/** What customers ordered by chat, newest first. */
export default function OrderList() {
  const locale = useLocale() ?? 'en';
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="orders">
      <DataTable<Order> rowClick="show" bulkActionButtons={false}>
        <Column source="number" render={(row) => <bdi>{formatOrderNumber(row, locale)}</bdi>} />
        <Column source="state" render={(row) => <WordChip words="order_state" value={row.state} />} />
        <Column source="items" disableSort render={(row) => <bdi>{describeItems(row, locale)}</bdi>} />
        <Column source="total" disableSort render={(row) => <bdi>{totalOf(row, locale)}</bdi>} />
        <Column
          source="contactName"
          disableSort
          render={(row) => (
            <ConversationLink conversationId={row.conversationId} name={row.customerName || contactNameOf(row)} />
          )}
        />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
      </DataTable>
    </RecordList>
  );
}
