import { type Client, NotSimulated } from '#practice/command.ts';

export const tkn: Client = {
  name: 'tkn',
  command: async () => {
    throw new NotSimulated('tkn');
  },
  can: [],
  differs: [],
};
