import { RecordEdit } from '../layout/RecordForm.tsx';
import { TestConversationInputs } from './TestConversationInputs.tsx';
import { cleanTurn, type TestConversation } from './test-set.ts';

export default function TestConversationEdit() {
  return (
    <RecordEdit transform={toSent}>
      <TestConversationInputs />
    </RecordEdit>
  );
}

const toSent = ({ name, language, turns = [] }: Partial<TestConversation>) => ({
  ...{ name, language },
  turns: turns.map(cleanTurn),
});
