import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActions from '@mui/material/CardActions';
import CardContent from '@mui/material/CardContent';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { Link, LinkBase, useCanAccess, useLocale, useTranslate } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useOperator } from '../providers/use-operator.ts';
import { pathToTest } from '../test-set/test-set.ts';
import type { UnansweredQuestion } from './unanswered.ts';

/** One question with its wordings, who asked it, and what can be done about it. */
export function QuestionCard({ question, onAnswer }: { question: UnansweredQuestion; onAnswer: () => void }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const operator = useOperator();
  const { canAccess: mayWrite } = useCanAccess({ resource: 'faqs', action: 'create' });
  const { id, state, kind, count, conversations, faqId } = question;
  // Its words go with whoever wrote them.
  const newest = question.askings.find(({ text }) => text === question.question) ?? question.askings[0];
  const others = question.wordings.filter(({ text }) => text !== question.question);
  return (
    <Card component="article" data-question={id}>
      <CardContent sx={{ pb: 1 }}>
        <Typography component="h2" variant="subtitle1" dir="auto" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {question.question}
        </Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, my: 1 }}>
          <Chip size="small" variant="outlined" label={translate(`peyk.unanswered.kind.${kind}`)} />
          <Typography variant="body2" color="text.secondary">
            {translate('peyk.unanswered.asked', { smart_count: count, count: formatNumber(count, locale) })} ·{' '}
            {translate('peyk.unanswered.customers', {
              smart_count: conversations,
              count: formatNumber(conversations, locale),
            })}{' '}
            · {translate('peyk.unanswered.last')} <Moment at={question.lastAskedAt} />
          </Typography>
        </Box>
        {others.length > 0 && (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, mb: 1, p: 0 }}>
            {others.map(({ text }) => (
              <Typography key={text} component="li" variant="body2" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
                {text}
              </Typography>
            ))}
          </Box>
        )}
        <Askings question={question} />
      </CardContent>
      <CardActions sx={{ flexWrap: 'wrap', gap: 1, px: 2, pb: 2 }} disableSpacing>
        {state === 'open' && mayWrite && (
          <MuiButton size="small" variant="contained" onClick={onAnswer}>
            {translate('peyk.action.write_answer')}
          </MuiButton>
        )}
        {state === 'answered' && faqId && (
          <MuiButton size="small" variant="outlined" component={LinkBase} to={`/faqs/${faqId}`}>
            {translate('peyk.unanswered.show_answer')}
          </MuiButton>
        )}
        {state === 'open' && mayWrite && (
          <ActionButton
            action="dismiss_question"
            done="question_dismissed"
            variant="text"
            run={() => operator.dismissQuestion(id)}
          />
        )}
        {state !== 'dismissed' && mayWrite && newest && (
          <MuiButton
            size="small"
            component={LinkBase}
            to={pathToTest({ ...newest, say: [question.question], language: question.language })}
          >
            {translate('peyk.action.add_to_test_set')}
          </MuiButton>
        )}
        {state === 'dismissed' && mayWrite && (
          <ActionButton action="restore_question" done="question_restored" run={() => operator.restoreQuestion(id)} />
        )}
      </CardActions>
    </Card>
  );
}

/** Who asked, each with the chat and the reasons of what the bot said. */
function Askings({ question: { askings, count } }: { question: UnansweredQuestion }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  return (
    <Box component="details">
      <Typography component="summary" variant="body2" sx={{ cursor: 'pointer' }}>
        {translate('peyk.unanswered.who')}
      </Typography>
      <Box component="ul" sx={{ m: 0, mt: 0.5, paddingInlineStart: 2.5 }}>
        {askings.map(({ decisionId, conversationId, contactName, text, askedAt }) => (
          <Typography
            key={`${decisionId} ${text}`}
            component="li"
            variant="body2"
            sx={{ py: 0.5, overflowWrap: 'anywhere' }}
          >
            <ConversationLink conversationId={conversationId} name={contactName} /> · <Moment at={askedAt} /> ·{' '}
            <Link to={`/decisions/${decisionId}/show`}>{translate('peyk.action.why')}</Link>
          </Typography>
        ))}
      </Box>
      {askings.length < count && (
        <Typography variant="caption" color="text.secondary">
          {translate('peyk.unanswered.newest', { count: formatNumber(askings.length, locale) })}
        </Typography>
      )}
    </Box>
  );
}
