import { RecordCreate } from '../layout/RecordForm.tsx';
import { UserInputs } from './UserInputs.tsx';

export default function UserCreate() {
  return (
    <RecordCreate>
      <UserInputs isNew />
    </RecordCreate>
  );
}
