import Box from '@mui/material/Box';
import { usePermissions } from 'react-admin';
import type { HealthPart } from '../../../src/platform/health/health-part.ts';
import { useRead } from '../pages/use-read.ts';
import { PartCard } from './PartCard.tsx';

const EVERY_MS = 30_000;

/** Says that strangers can post as customers, or that a channel's messages are refused, to those who can mend it. */
export function DoorNotice() {
  const { permissions } = usePermissions<readonly string[]>();
  const enabled = permissions?.includes('manage-instagram-accounts') ?? false;
  const { data } = useRead<HealthPart[]>('/api/health/parts', { everyMs: EVERY_MS, enabled });
  const part = data?.find(({ name }) => name === 'webhooks');
  if (!part || part.state === 'ok') return null;
  return (
    <Box sx={{ mb: 2 }}>
      <PartCard part={part} heading="h2" />
    </Box>
  );
}
