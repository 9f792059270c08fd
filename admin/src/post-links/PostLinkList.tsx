import { DataTable, DeleteButton, Link, useCreatePath } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';

interface PostLink {
  id: string;
  post: string;
  productId: string;
  productTitle: string;
  createdAt: string;
}

const FILTERS = [searchFilter];
const Column = DataTable.Col<PostLink>;

export default function PostLinkList() {
  const createPath = useCreatePath();
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="post-links">
      <DataTable<PostLink> rowClick={false} bulkActionButtons={false}>
        <Column source="post" render={(row) => <bdi style={{ overflowWrap: 'anywhere' }}>{row.post}</bdi>} />
        <Column
          source="productId"
          disableSort
          render={(row) => (
            <Link to={createPath({ resource: 'products', type: 'show', id: row.productId })}>
              <bdi>{row.productTitle}</bdi>
            </Link>
          )}
        />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column
          label="peyk.action_column"
          render={() => <DeleteButton mutationMode="pessimistic" redirect={false} />}
        />
      </DataTable>
    </RecordList>
  );
}
