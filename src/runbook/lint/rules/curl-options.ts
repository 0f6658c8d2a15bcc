import { perCommand } from '../rule.ts';

export const curlOptions = perCommand(
  'curl-options',
  'Write the long one, as in --fail --silent --show-error --location.',
  ({ name, argv }) => {
    const short = name === 'curl' ? argv.slice(1).find((word) => /^-[A-Za-z#]/.test(word)) : undefined;
    return short === undefined ? null : `A reader cannot tell what the option ${short} of curl does`;
  },
);
