import { type Client, NotSimulated } from '#practice/command.ts';

export const podman: Client = {
  name: 'podman',
  command: async () => {
    throw new NotSimulated('podman');
  },
  can: [],
  differs: [],
};
