import { RecordCreate } from '../layout/RecordForm.tsx';
import { LabelInputs } from './LabelInputs.tsx';

export default function LabelCreate() {
  return (
    <RecordCreate>
      <LabelInputs />
    </RecordCreate>
  );
}
