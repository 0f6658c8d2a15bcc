import { type Client, NotSimulated } from '#practice/command.ts';

export const yq: Client = {
  name: 'yq',
  command: async () => {
    throw new NotSimulated('yq');
  },
  can: [],
  differs: [],
};
