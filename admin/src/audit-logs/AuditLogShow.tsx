import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { ShowBase, useRecordContext, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { Page } from '../pages/Page.tsx';
import { Line, Section } from '../pages/Section.tsx';
import { ActorName } from './ActorName.tsx';
import { type AuditEntry, listChanges } from './audit.ts';
import { SubjectName } from './SubjectName.tsx';

export default function AuditLogShow() {
  return (
    <ShowBase>
      <Entry />
    </ShowBase>
  );
}

function Entry() {
  const translate = useTranslate();
  const entry = useRecordContext<AuditEntry>();
  if (!entry) return null;
  const t = (source: string) => translate(`resources.audit-logs.fields.${source}`);
  return (
    <Page title="audit.details" maxWidth={900}>
      <Section title="audit.details">
        <Line label={t('createdAt')}>
          <Moment at={entry.createdAt} />
        </Line>
        <Line label={t('actor')}>
          <ActorName actor={entry.actor} />
        </Line>
        <Line label={t('action')}>
          <Word words="audit_action" value={entry.action} />
        </Line>
        <Line label={t('resource')}>
          {translate(`resources.${entry.resource}.name`, { smart_count: 1, _: entry.resource })}
        </Line>
        <Line label={t('subject')}>
          <SubjectName entry={entry} />
        </Line>
        <Line label={t('outcome')}>
          <Word words="audit_outcome" value={entry.outcome} />
        </Line>
        <Line label={t('resourceId')}>
          <bdi>{entry.resourceId}</bdi>
        </Line>
        <Changes entry={entry} />
      </Section>
    </Page>
  );
}

/** What is said of a thing that was not there before, or is not there after. */
const NOTES: Readonly<Record<string, string>> = { create: 'created', delete: 'deleted' };

function Changes({ entry }: { entry: AuditEntry }) {
  const translate = useTranslate();
  // Nobody has noted what became of it: that nothing of the old is left would be a wrong word.
  const changes = entry.outcome === 'done' ? listChanges(entry.before, entry.after) : [];
  const note = NOTES[entry.action];
  return (
    <>
      {note && changes.length > 0 && <Typography sx={{ mt: 1 }}>{translate(`peyk.audit.${note}`)}</Typography>}
      {changes.length === 0 && <Typography sx={{ mt: 1 }}>{translate('peyk.audit.unchanged')}</Typography>}
      {changes.length > 0 && (
        <TableContainer>
          <Table size="small">
            <TableHead>
              <TableRow>
                {['field', 'before', 'after'].map((name) => (
                  <TableCell key={name}>{translate(`peyk.audit.${name}`)}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {changes.map(({ field, before, after }) => (
                <TableRow key={field}>
                  <TableCell component="th" scope="row">
                    {translate(`resources.${entry.resource}.fields.${field}`, { _: field })}
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere', color: 'error.main' }} dir="auto">
                    <FieldValue value={before} />
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere', color: 'success.main' }} dir="auto">
                    <FieldValue value={after} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </>
  );
}

const IS_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** A value as a person reads it: times in their calendar, switches in words, the rest as it is. */
function FieldValue({ value }: { value: string }) {
  const translate = useTranslate();
  if (IS_MOMENT.test(value)) return <Moment at={value} />;
  return value === 'true' || value === 'false' ? translate(`ra.boolean.${value}`) : value;
}
