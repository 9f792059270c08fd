import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link, useCanAccess, useLocale, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { Line, Section } from '../pages/Section.tsx';
import { pathToTest } from '../test-set/test-set.ts';
import { explain, type Facts, isBuiltin, readToolNote, type Why } from './why.ts';

interface PartProps {
  why: Why;
}

/** Names and questions in a sentence keep their own direction, and the sentence its own. */
function isolate(values: Record<string, string | number> = {}): Record<string, string | number> {
  const own = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? `\u2068${value}\u2069` : value,
  ]);
  return Object.fromEntries(own);
}

export function ShortPart({ why }: PartProps) {
  const translate = useTranslate();
  const { decision } = why;
  const intent = translate(`peyk.intent.${decision.intent}`, { _: decision.intent });
  return (
    <Section title="why.short" aside={<WordChip words="outcome" value={decision.outcome || decision.state} />}>
      {explain(why, intent).map(({ words, values }) => (
        <Typography key={words} sx={{ mb: 0.5 }}>
          {translate(`peyk.why.says.${words}`, isolate(values))}
        </Typography>
      ))}
    </Section>
  );
}

export function AskedPart({ why }: PartProps) {
  const translate = useTranslate();
  const { messages } = why;
  const { canAccess: mayWrite } = useCanAccess({ resource: 'test-conversations', action: 'create' });
  const said = messages.map(({ text }) => text).filter(Boolean);
  return (
    <Section title="why.asked">
      {messages.length > 1 && (
        <Typography variant="body2" color="text.secondary">
          {translate('peyk.why.asked_many', { count: messages.length })}
        </Typography>
      )}
      {messages.map((message) => (
        <Words key={message.id} text={message.text || translate(`peyk.message_kind.${message.kind}`)}>
          <Moment at={message.sentAt} />
        </Words>
      ))}
      {mayWrite && said.length > 0 && (
        <Link to={pathToTest({ say: said, conversationId: why.conversation.id })}>
          {translate('peyk.action.add_to_test_set')}
        </Link>
      )}
    </Section>
  );
}

/** Somebody's own words, in their own direction, with a small line below. */
export function Words({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Box sx={{ borderInlineStart: '3px solid', borderColor: 'divider', paddingInlineStart: 1.5, my: 1 }}>
      <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Typography>
      <Typography variant="caption" color="text.secondary" component="div">
        {children}
      </Typography>
    </Box>
  );
}

export function MadeOfPart({ why }: PartProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { decision, facts, prompts } = why;
  const t = (words: string) => translate(`peyk.why.${words}`);
  const number = (value: number | undefined) => formatNumber(value ?? 0, locale);
  return (
    <Section title="why.made_of">
      <Line label={t('prompt')}>
        {decision.promptName === 'fixed' || decision.promptName === 'order_form' ? (
          t('no_prompt')
        ) : (
          <>
            <Word words="prompt_name" value={decision.promptName} /> <bdi>{decision.promptVersion}</bdi>{' '}
            {prompts.map((prompt) => (
              <Link key={prompt.id} to={`/${prompt.resource}/${prompt.id}/show`} sx={{ marginInlineEnd: 1 }}>
                <Word words="prompt_kind" value={prompt.kind} /> (<Word words="language" value={prompt.language} />)
              </Link>
            ))}
          </>
        )}
      </Line>
      <Line label={t('model')}>{isBuiltin(decision) ? t('builtin') : <bdi>{decision.model}</bdi>}</Line>
      <Line label={t('transcript')}>{number(facts.transcriptLines)}</Line>
      <Line label={t('faqs_offered')}>{number(facts.faqsOffered)}</Line>
      <Line label={t('faqs_used')}>
        <Items values={facts.faqsUsed?.map(asWords)} />
      </Line>
      <Line label={t('instructions')}>{t(facts.shopInstructions ? 'yes' : 'no')}</Line>
      <Line label={t('products')}>
        <Products products={facts.products} />
      </Line>
      {facts.suggested && (
        <Line label={t('suggested')}>
          <Products products={facts.suggested} />
        </Line>
      )}
      <Line label={t('sentences')}>
        <Items values={facts.sentences?.map(asWords)} />
      </Line>
      <Line label={t('tools')}>
        <Items
          values={facts.tools?.map((tool) => ({
            key: tool.name,
            words: <ToolCall name={tool.name} note={tool.note} />,
          }))}
        />
      </Line>
    </Section>
  );
}

function Products({ products }: { products: Facts['products'] }) {
  const items = products?.map(({ id, title, price }) => ({
    key: id,
    words: (
      <>
        <Link to={`/products/${id}/show`}>{title}</Link>
        {price && ` · ${price}`}
      </>
    ),
  }));
  return <Items values={items} />;
}

interface Item {
  key: string;
  words: ReactNode;
}

const asWords = (words: string): Item => ({ key: words, words });

function ToolCall({ name, note }: { name: string; note: string }) {
  const translate = useTranslate();
  const said = readToolNote(note).map(({ words, values }) =>
    translate(`peyk.tool_note.${words}`, { ...values, _: words }),
  );
  return (
    <>
      {translate(`peyk.tool.${name}`, { _: name })}: {said.length > 0 ? said.join(' · ') : <bdi>{note}</bdi>}
    </>
  );
}

function Items({ values }: { values: Item[] | undefined }) {
  const translate = useTranslate();
  if (!values || values.length === 0) return translate('peyk.why.none');
  return (
    <Box component="ul" sx={{ m: 0, paddingInlineStart: 2 }}>
      {values.map(({ key, words }) => (
        <li key={key}>
          <bdi>{words}</bdi>
        </li>
      ))}
    </Box>
  );
}
