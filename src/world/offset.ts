import { z } from 'zod';

const OFFSET = /^(0|[+-](?=\d)(\d{1,4}d)?(\d{1,4}h)?(\d{1,4}m)?)$/;

export const Offset = z
  .union([z.literal(0).transform(() => '0'), z.string()])
  .pipe(z.string().regex(OFFSET, 'write a distance from `now`, as in -5h, -1d12h, +30m or 0'))
  .describe('A moment, as its distance from `now`');
