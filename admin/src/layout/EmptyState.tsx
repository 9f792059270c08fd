import InboxIcon from '@mui/icons-material/InboxOutlined';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { CreateButton, LinkBase, useCanAccess, useResourceDefinition, useTranslate } from 'react-admin';

/** An empty list says how it will fill, and offers the first step: `words` names the texts below `peyk.empty`. */
export function EmptyState({ words }: { words: string }) {
  const translate = useTranslate();
  const { hasCreate } = useResourceDefinition();
  const { canAccess: canSimulate } = useCanAccess({ resource: 'simulator', action: 'view' });
  return (
    <Box sx={{ textAlign: 'center', maxWidth: 520, mx: 'auto', p: 4, mt: 4 }}>
      <InboxIcon sx={{ fontSize: 72, opacity: 0.4 }} />
      <Typography variant="h6" component="h2" gutterBottom>
        {translate(`peyk.empty.${words}_title`)}
      </Typography>
      <Typography color="text.secondary" sx={{ mb: 3 }}>
        {translate(`peyk.empty.${words}_text`)}
      </Typography>
      {hasCreate && <CreateButton variant="contained" />}
      {canSimulate && !hasCreate && (
        <MuiButton component={LinkBase} to="/simulator" variant="contained">
          {translate('peyk.action.open_simulator')}
        </MuiButton>
      )}
    </Box>
  );
}
