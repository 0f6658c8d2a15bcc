import { perRow, rowsWith } from '../rule.ts';

/** Programs by their path, sockets of bash, and words that switch a proxy off. */
const AROUND =
  /(^|[\s"'=(;|&])\/(usr\/|usr\/local\/|opt\/\S*)?s?bin\/|\/dev\/(tcp|udp)\/|--noproxy|\bno_proxy=|--resolve\b|--connect-to\b/i;

export const noWayAround = perRow(
  'no-way-around',
  'Name the program alone, and let it ask the address that readers ask.',
  'It goes past the pretend services in which commands are tried, to real ones',
  ({ text }) => rowsWith(text, AROUND),
);
