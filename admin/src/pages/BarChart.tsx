import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import type { ChartBar } from './chart-bar.ts';

const HEIGHT = 140;
const WIDTH = 504;
/** Room for the words below the bars. */
const FOOT = 20;

/** Two bars a slot, oldest first in the direction of reading; the same figures stand below as a table. */
export function BarChart({ bars, label }: { bars: readonly ChartBar[]; label: string }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const theme = useTheme();
  const isRtl = theme.direction === 'rtl';
  const slotWidth = WIDTH / Math.max(1, bars.length);
  const barWidth = Math.min(16, slotWidth * 0.38);
  const top = Math.max(1, ...bars.flatMap(({ incoming, outgoing }) => [incoming, outgoing]));
  const heightOf = (count: number) => (count / top) * (HEIGHT - 12);
  // Few words are better than words on top of each other.
  const every = Math.ceil(bars.length / 8);
  const colours = { incoming: theme.palette.primary.main, outgoing: theme.palette.warning.main };
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 2, mb: 1 }} aria-hidden>
        {(['incoming', 'outgoing'] as const).map((series) => (
          <Typography key={series} variant="caption" sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
            <Box component="span" sx={{ width: 10, height: 10, borderRadius: 0.5, bgcolor: colours[series] }} />
            {translate(`peyk.dashboard.${series}`)}
          </Typography>
        ))}
      </Box>
      <Box
        component="svg"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
        sx={{ width: '100%', height: 'auto', maxHeight: 220, display: 'block' }}
      >
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} stroke={theme.palette.divider} />
        {bars.map((bar, index) => {
          const slot = isRtl ? bars.length - 1 - index : index;
          const x = slot * slotWidth + slotWidth / 2 - barWidth;
          return (
            <g key={bar.label}>
              <title>{`${bar.label}: ${formatNumber(bar.incoming, locale)} / ${formatNumber(bar.outgoing, locale)}`}</title>
              {(['incoming', 'outgoing'] as const).map((series, at) => (
                <rect
                  key={series}
                  x={x + at * barWidth}
                  y={HEIGHT - heightOf(bar[series])}
                  width={barWidth - 1}
                  height={heightOf(bar[series])}
                  rx={2}
                  fill={colours[series]}
                />
              ))}
              {index % every === 0 && (
                <text
                  x={slot * slotWidth + slotWidth / 2}
                  y={HEIGHT + 14}
                  textAnchor="middle"
                  fontSize={11}
                  fill={theme.palette.text.secondary}
                >
                  {bar.label}
                </text>
              )}
            </g>
          );
        })}
      </Box>
      <ChartTable bars={bars} />
    </Box>
  );
}

function ChartTable({ bars }: { bars: readonly ChartBar[] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  return (
    <Box component="details" sx={{ mt: 1 }}>
      <Typography component="summary" variant="caption" sx={{ cursor: 'pointer' }}>
        {translate('peyk.dashboard.chart_table')}
      </Typography>
      <Table size="small">
        <TableHead>
          <TableRow>
            {['slot', 'incoming', 'outgoing'].map((name) => (
              <TableCell key={name}>{translate(`peyk.dashboard.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {bars.map((bar) => (
            <TableRow key={bar.label}>
              <TableCell>{bar.label}</TableCell>
              <TableCell>{formatNumber(bar.incoming, locale)}</TableCell>
              <TableCell>{formatNumber(bar.outgoing, locale)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
