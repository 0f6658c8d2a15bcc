import { custom, filled, list, matching, moment, object, open, says, text, texts } from './fields.ts';

/** The policy that Conforma judges images by. */

const DIGEST = '^sha256:[a-fA-F0-9]{64}$';
const choice = { exclude: texts, include: texts };

const forAWhile = list(
  object({
    ...{ componentNames: list(filled), effectiveOn: moment, effectiveUntil: moment },
    ...{ imageDigest: matching(DIGEST), imageRef: matching(DIGEST) },
    imageUrl: matching('^[a-z0-9][a-z0-9.-]*[a-z0-9](?:\\/[a-z0-9][a-z0-9-]*[a-z0-9]){2,}$'),
    ...{ reference: text, 'value*': text },
  }),
);

export const POLICY = custom('appstudio.redhat.com/v1alpha1', {
  kind: 'EnterpriseContractPolicy',
  plural: 'enterprisecontractpolicies',
  shortNames: ['ecp'],
  fields: {
    spec: object({
      configuration: object({ collections: texts, ...choice }),
      description: text,
      identity: object({ issuer: text, issuerRegExp: text, subject: text, subjectRegExp: text }),
      ...{ name: text, publicKey: text, rekorUrl: text },
      sources: list(
        object({
          ...{ config: object(choice), data: texts, name: text, policy: { ...texts, minItems: 1 }, ruleData: open },
          volatileConfig: says('Exceptions with an end', object({ exclude: forAWhile, include: forAWhile })),
        }),
        { minItems: 1 },
      ),
    }),
    status: { type: 'object' },
  },
});
