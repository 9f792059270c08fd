/** One slot of a chart: a day or an hour. */
export interface ChartBar {
  label: string;
  incoming: number;
  outgoing: number;
}
