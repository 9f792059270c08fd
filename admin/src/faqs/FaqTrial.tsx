import Box from '@mui/material/Box';
import { FormDataConsumer, useCanAccess } from 'react-admin';
import { TestSetTrial } from '../test-set/TestSetTrial.tsx';

/** Whether what is written in the form would make an answer of the test set worse. */
export function FaqTrial() {
  const { canAccess: mayRun } = useCanAccess({ resource: 'test-conversations', action: 'manage' });
  if (!mayRun) return null;
  return (
    <FormDataConsumer<{ question?: string; answer?: string }>>
      {({ formData: { question = '', answer = '' } }) => {
        const faq = { question: question.trim(), answer: answer.trim() };
        if (faq.question === '' || faq.answer === '') return null;
        return (
          <Box>
            <TestSetTrial key={JSON.stringify(faq)} candidate={{ faq }} />
          </Box>
        );
      }}
    </FormDataConsumer>
  );
}
