import { type Client, NotSimulated } from '#practice/command.ts';

export const git: Client = {
  name: 'git',
  command: async () => {
    throw new NotSimulated('git');
  },
  can: [],
  differs: [],
};
