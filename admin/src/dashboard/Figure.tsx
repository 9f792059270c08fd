import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import { LinkBase, useTranslate } from 'react-admin';

interface FigureProps {
  /** Key below `peyk.dashboard`. */
  words: string;
  value: string;
  note?: string;
  /** Somebody should look at it. */
  isUrgent?: boolean;
  /** The list behind the figure. */
  to?: string;
}

export function Figure({ words, value, note, isUrgent = false, to }: FigureProps) {
  const translate = useTranslate();
  const body = (
    <CardContent>
      <Typography variant="body2" color="text.secondary" component="h2">
        {translate(`peyk.dashboard.${words}`)}
      </Typography>
      <Typography variant="h5" component="p" color={isUrgent ? 'error' : 'text.primary'} data-figure={words}>
        {value}
      </Typography>
      {note && (
        <Typography variant="caption" color="text.secondary">
          {note}
        </Typography>
      )}
    </CardContent>
  );
  return (
    <Card sx={{ borderInlineStart: '4px solid', borderColor: isUrgent ? 'error.main' : 'primary.main' }}>
      {to ? (
        <CardActionArea component={LinkBase} to={to} sx={{ height: '100%' }}>
          {body}
        </CardActionArea>
      ) : (
        body
      )}
    </Card>
  );
}
