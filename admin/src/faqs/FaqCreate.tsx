import { RecordCreate } from '../layout/RecordForm.tsx';
import { FaqInputs } from './FaqInputs.tsx';

export default function FaqCreate() {
  return (
    <RecordCreate>
      <FaqInputs />
    </RecordCreate>
  );
}
