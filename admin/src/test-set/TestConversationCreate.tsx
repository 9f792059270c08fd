import { RecordCreate } from '../layout/RecordForm.tsx';
import { TestConversationInputs } from './TestConversationInputs.tsx';
import { cleanTurn, type TestConversation } from './test-set.ts';

export default function TestConversationCreate() {
  return (
    <RecordCreate transform={toSent}>
      <TestConversationInputs />
    </RecordCreate>
  );
}

const toSent = (given: Partial<TestConversation>) => ({ ...given, turns: (given.turns ?? []).map(cleanTurn) });
