import { useCanAccess } from 'react-admin';
import { useRead } from '../pages/use-read.ts';
import type { UnansweredList } from '../unanswered/unanswered.ts';
import { PlacePage } from './PlacePage.tsx';

/** Where the answers of the bot are looked after: first what it could not answer. */
export default function BotPage() {
  const { canAccess = false } = useCanAccess({ resource: 'unanswered', action: 'view' });
  const { data } = useRead<UnansweredList>('/api/unanswered-questions?state=open', {
    staleWith: 'unanswered-questions',
    enabled: canAccess,
  });
  const count = data?.counts.open ?? 0;
  const more = count > 0 ? [{ kind: 'unanswered', place: 'bot', to: '/unanswered', isUrgent: true, count }] : [];
  return <PlacePage place="bot" more={more} />;
}
