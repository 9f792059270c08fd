import { RecordCreate } from '../layout/RecordForm.tsx';
import { FaqInputs } from './FaqInputs.tsx';
import { FaqTrial } from './FaqTrial.tsx';

export default function FaqCreate() {
  return (
    <RecordCreate>
      <FaqInputs />
      <FaqTrial />
    </RecordCreate>
  );
}
