import { type Client, NotSimulated } from '#practice/command.ts';

export const curl: Client = {
  name: 'curl',
  command: async () => {
    throw new NotSimulated('curl');
  },
  can: [],
  differs: [],
};
