import { RecordEdit } from '../layout/RecordForm.tsx';
import { FaqInputs } from './FaqInputs.tsx';

export default function FaqEdit() {
  return (
    <RecordEdit>
      <FaqInputs />
    </RecordEdit>
  );
}
