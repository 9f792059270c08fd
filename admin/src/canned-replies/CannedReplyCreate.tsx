import { RecordCreate } from '../layout/RecordForm.tsx';
import { CannedReplyInputs } from './CannedReplyInputs.tsx';

export default function CannedReplyCreate() {
  return (
    <RecordCreate>
      <CannedReplyInputs />
    </RecordCreate>
  );
}
