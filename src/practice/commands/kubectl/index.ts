import { type Client, NotSimulated } from '#practice/command.ts';

export const kubectl: Client = {
  name: 'kubectl',
  command: async () => {
    throw new NotSimulated('kubectl');
  },
  can: [],
  differs: [],
};

/** What kubectl can do. */
export const oc: Client = { ...kubectl, name: 'oc' };
