import { useCanAccess } from 'react-admin';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { OutboundMessage } from '../records.ts';

/**
 * A send whose outcome nobody knows is for a person to settle, who can look at the channel itself. One that certainly did
 * not arrive can be sent again, without that doubt. One that was sent again has nothing left to settle.
 */
export function SettleButtons({ outbound }: { outbound: OutboundMessage }) {
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'outbound-messages', action: 'manage' });
  const isUnknown = outbound.state === 'unknown';
  const isUndelivered = outbound.state === 'rejected' || outbound.state === 'blocked';
  if (!canAccess || outbound.settledBy || !(isUnknown || isUndelivered)) return null;
  return (
    <>
      {isUnknown && (
        <ActionButton
          action="mark_sent"
          done="marked_sent"
          confirm="mark_sent"
          run={() => operator.markSent(outbound.id)}
        />
      )}
      <ActionButton
        action="send_again"
        done="sent_again"
        color={isUnknown ? 'warning' : 'primary'}
        confirm={isUnknown ? 'send_again' : 'resend'}
        run={() => operator.sendAgain(outbound.id)}
      />
    </>
  );
}
