import { RecordEdit } from '../layout/RecordForm.tsx';
import { LabelInputs } from './LabelInputs.tsx';

export default function LabelEdit() {
  return (
    <RecordEdit>
      <LabelInputs />
    </RecordEdit>
  );
}
