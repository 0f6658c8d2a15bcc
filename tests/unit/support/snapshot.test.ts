import { expect, test } from 'vitest';
import { Snapshot } from '#status/model.ts';
import { everyState, snapshot } from '../../support/snapshot.ts';

test('builds snapshots that the schema accepts, in every state', () => {
  const built = snapshot(everyState());
  expect(Snapshot.parse(built)).toEqual(built);
});
