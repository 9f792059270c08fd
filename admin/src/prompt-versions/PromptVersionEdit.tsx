import { RecordEdit } from '../layout/RecordForm.tsx';
import { PromptVersionInputs } from './PromptVersionInputs.tsx';

/** Only drafts: the server refuses to change what was published. */
export default function PromptVersionEdit() {
  return (
    <RecordEdit>
      <PromptVersionInputs />
    </RecordEdit>
  );
}
