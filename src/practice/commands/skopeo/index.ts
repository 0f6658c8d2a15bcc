import { type Client, NotSimulated } from '#practice/command.ts';

export const skopeo: Client = {
  name: 'skopeo',
  command: async () => {
    throw new NotSimulated('skopeo');
  },
  can: [],
  differs: [],
};
