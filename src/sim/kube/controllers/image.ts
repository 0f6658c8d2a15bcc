import { secondAt } from '#sim/clock.ts';
import { buildAccount, ORGANISATION, pullSecret, pushSecret } from '#sim/kube/core/names.ts';
import { login, thing } from '#sim/kube/core/tenant.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import type { Images } from '#sim/live/images.ts';
import { COMPONENTS } from './built.ts';
import { isStudio, labelOf, noteOf, placeOf, specOf, statusOf, withSpec, withStatus } from './parts.ts';

/** The image controller: each ImageRepository becomes one, with logins, and its Component learns where it is. */

const REPOSITORIES = 'imagerepositories.appstudio.redhat.com';
const COMPONENT = 'appstudio.redhat.com/component';
const UPDATE = 'image-controller.appstudio.redhat.com/update-component-image';

/** `registry` is where the repositories come to be. */
export const images = (registry: Images): Controller => ({
  name: 'images',
  onWrite: async (before, after, inside) => {
    if (isStudio(after, 'ImageRepository')) await settle(after, inside, registry);
    // It may have been there before its Component.
    if (before === null && isStudio(after, 'Component')) {
      const all = await inside.list(REPOSITORIES, placeOf(after));
      for (const one of all) if (labelOf(one, COMPONENT) === after.metadata.name) await tell(one, inside);
    }
  },
});

async function settle(repository: KubeObject, inside: Inside, registry: Images): Promise<void> {
  const namespace = placeOf(repository);
  const image = fieldsOf(specOf(repository, 'image'));
  const component = labelOf(repository, COMPONENT);
  const path = textOf(image['name']) || `${namespace}/${component || repository.metadata.name}`;
  const url = `${ORGANISATION}/${path.startsWith(`${namespace}/`) ? path : `${namespace}/${path}`}`;
  const visibility = textOf(image['visibility']) || 'public';
  if (!registry.hasRepository(url)) registry.open(url, visibility === 'public');
  const { 'regenerate-token': isAsked, ...credentials } = fieldsOf(specOf(repository, 'credentials'));
  const isNew = isAsked === true || statusOf(repository, 'credentials') === undefined;
  const whole = withSpec(repository, {
    image: { ...image, name: path, visibility },
    ...(isAsked === undefined ? {} : { credentials }),
  });
  const ready = withStatus(whole, {
    ...{ state: 'ready', image: { url, visibility } },
    ...(isNew ? { credentials: await logins(repository, component || repository.metadata.name, url, inside) } : {}),
  });
  await tell(await inside.write(ready), inside);
}

async function logins(repository: KubeObject, name: string, url: string, inside: Inside) {
  const namespace = placeOf(repository);
  const made = { namespace, bornMs: inside.nowMs };
  for (const secret of [pushSecret(name), pullSecret(name)])
    await inside.write(
      thing(made, 'v1', 'Secret', secret, { type: 'kubernetes.io/dockerconfigjson', data: login(url) }),
    );
  const account = await inside.get('serviceaccounts', namespace, buildAccount(name));
  const own = listOf(account?.['secrets']);
  if (account && !own.some((one) => fieldOf(one, 'name') === pushSecret(name)))
    await inside.write({ ...account, secrets: [...own, { name: pushSecret(name) }] });
  return {
    generationTimestamp: secondAt(inside.nowMs),
    ...{ 'push-secret': pushSecret(name), 'push-robot-account': 'sample+push' },
    ...{ 'pull-secret': pullSecret(name), 'pull-robot-account': 'sample+pull' },
  };
}

async function tell(repository: KubeObject, inside: Inside): Promise<void> {
  const url = textOf(fieldOf(statusOf(repository, 'image'), 'url'));
  if (noteOf(repository, UPDATE) !== 'true' || url === '') return;
  const component = await inside.get(COMPONENTS, placeOf(repository), labelOf(repository, COMPONENT));
  if (component && specOf(component, 'containerImage') !== url)
    await inside.write(withSpec(component, { containerImage: url }));
}
