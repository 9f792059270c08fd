import { RecordEdit } from '../layout/RecordForm.tsx';
import { CannedReplyInputs } from './CannedReplyInputs.tsx';

export default function CannedReplyEdit() {
  return (
    <RecordEdit>
      <CannedReplyInputs />
    </RecordEdit>
  );
}
