import {
  ArrayInput,
  minLength,
  required,
  SelectArrayInput,
  SelectInput,
  SimpleFormIterator,
  TextInput,
  useTranslate,
} from 'react-admin';
import { fromChoices, fromLines, toChoices, toLines } from './test-set.ts';

const MUST = required();
const ONE_TURN = [required(), minLength(1)];
const OWN_DIRECTION = { htmlInput: { dir: 'auto' } };
const FIRST = [{ say: [], action: ['answer'] }];
const LANGUAGES = ['fa', 'en', 'latin', 'mixed'];
const ACTIONS = ['answer', 'ask', 'person', 'note', 'silent'];
const SAYINGS = ['yes', 'no', 'unknown', 'absent', 'sorry'];
const hasWords = (value: readonly string[] | undefined) =>
  (value ?? []).some((line) => line.trim() !== '') ? undefined : 'ra.validation.required';

/** What the customer says, and what the answer must and must not have: plain words, one thing a line. */
export function TestConversationInputs() {
  const translate = useTranslate();
  const choicesOf = (words: string, names: readonly string[]) =>
    names.map((id) => ({ id, name: translate(`peyk.test_set.${words}.${id}`) }));
  return (
    <>
      <TextInput source="name" validate={MUST} fullWidth slotProps={OWN_DIRECTION} />
      <SelectInput source="language" defaultValue="fa" choices={choicesOf('language', LANGUAGES)} validate={MUST} />
      <ArrayInput source="turns" validate={ONE_TURN} defaultValue={FIRST}>
        <SimpleFormIterator disableReordering disableClear fullWidth>
          <TextInput
            source="say"
            label="resources.test-conversations.fields.say"
            format={toLines}
            parse={fromLines}
            validate={hasWords}
            helperText="peyk.test_set.say_hint"
            {...LINES}
          />
          <TextInput
            source="must"
            label="resources.test-conversations.fields.must"
            format={toChoices}
            parse={fromChoices}
            helperText="peyk.test_set.must_hint"
            {...LINES}
          />
          <TextInput
            source="mustNot"
            label="resources.test-conversations.fields.mustNot"
            format={toLines}
            parse={fromLines}
            helperText="peyk.test_set.must_not_hint"
            {...LINES}
          />
          <SelectArrayInput
            source="says"
            label="resources.test-conversations.fields.says"
            choices={choicesOf('says', SAYINGS)}
          />
          <SelectArrayInput
            source="action"
            label="resources.test-conversations.fields.action"
            choices={choicesOf('action', ACTIONS)}
            helperText="peyk.test_set.action_hint"
          />
        </SimpleFormIterator>
      </ArrayInput>
    </>
  );
}

const LINES = { multiline: true, fullWidth: true, slotProps: OWN_DIRECTION } as const;
