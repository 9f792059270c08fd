import Typography from '@mui/material/Typography';

/** Words of a customer in a table: their own direction, whatever the panel's is, and at most two lines. */
export function CustomerText({ text }: { text: string | null | undefined }) {
  return (
    <Typography
      component="span"
      variant="body2"
      dir="auto"
      sx={{
        display: '-webkit-box',
        WebkitLineClamp: 2,
        WebkitBoxOrient: 'vertical',
        overflow: 'hidden',
        overflowWrap: 'anywhere',
        maxWidth: 360,
        minWidth: 120,
      }}
    >
      {text}
    </Typography>
  );
}
