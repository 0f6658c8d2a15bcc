import { secondAt } from '#sim/clock.ts';
import { TEST_ACCOUNT } from '#sim/kube/core/names.ts';
import { applicationOf } from '#sim/kube/core/tenant.ts';
import type { Controller, Inside, KubeObject } from '#sim/kube/kind.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import type { Agenda, Job } from './agenda.ts';
import { CHANGE } from './built.ts';
import { bornAt, isStudio, labelOf, noteOf, placeOf, specOf, withConditions, withLabels, withNotes } from './parts.ts';
import { promoted } from './promotion.ts';
import { inMinutes, newRun } from './runs.ts';

/** The integration service: it tests each new Snapshot, and again when a label asks for it. */

export const SNAPSHOTS = 'snapshots.appstudio.redhat.com';
const SCENARIOS = 'integrationtestscenarios.appstudio.redhat.com';
const RUN = 'test.appstudio.openshift.io/run';
const STATUS = 'test.appstudio.openshift.io/status';
const OPTIONAL = 'test.appstudio.openshift.io/optional';
const TYPE = 'test.appstudio.openshift.io/type';
const UNENDED = new Set(['InProgress', 'Pending']);
/** Runs of tests take eight minutes or so. */
const ROUND_MINUTES = 10;

type Row = Fields;

export function tests(agenda: Agenda): Controller {
  async function start(
    snapshot: KubeObject,
    rows: readonly Row[],
    again: ReadonlySet<string>,
    inside: Inside,
    atMs: number,
  ) {
    const begun: Row[] = [];
    for (const row of rows)
      begun.push(again.has(textOf(row['scenario'])) ? await begin(snapshot, row, inside, atMs) : row);
    const busy = withConditions(
      withLabels(withNotes(snapshot, { [STATUS]: JSON.stringify(begun) }), { [RUN]: null }),
      atMs,
      {
        ...{
          type: 'AppStudioIntegrationStatus',
          status: 'Unknown',
          reason: 'InProgress',
          message: 'sample: tests run',
        },
      },
    );
    await inside.write(busy);
    agenda.add(inMinutes(ROUND_MINUTES, atMs), end(placeOf(snapshot), snapshot.metadata.name));
  }

  const end =
    (namespace: string, name: string): Job =>
    async (inside, atMs) => {
      const snapshot = await inside.get(SNAPSHOTS, namespace, name);
      if (!snapshot) return;
      const rows = rowsOf(snapshot).map((row) => (isOpen(row) ? passed(row, atMs) : row));
      const told = withNotes(snapshot, { [STATUS]: JSON.stringify(rows) });
      const isBad = rows.some(
        (row) => row['isOptionalScenario'] !== true && !/Passed|Warning/.test(textOf(row['status'])),
      );
      const judged = withConditions(
        told,
        atMs,
        { type: 'AppStudioTestSucceeded', status: isBad ? 'False' : 'True', reason: isBad ? 'Failed' : 'Passed' },
        { type: 'AppStudioIntegrationStatus', status: 'True', reason: 'Finished' },
      );
      await inside.write(isBad ? judged : await promoted(judged, inside, atMs));
    };

  return {
    name: 'tests',
    onWrite: async (before, snapshot, inside) => {
      if (!isStudio(snapshot, 'Snapshot')) return;
      const rows = rowsOf(snapshot);
      if (before === null && rows.length === 0) {
        const atMs = bornAt(snapshot, inside.nowMs);
        const override = labelOf(snapshot, TYPE) === 'override';
        const scenarios = await scenariosOf(snapshot, inside);
        const fresh = scenarios.filter((one) => fits(one, snapshot)).map(rowOf);
        const whole = override ? await promoted(snapshot, inside, atMs) : snapshot;
        await start(whole, fresh, new Set(fresh.map((row) => textOf(row['scenario']))), inside, atMs);
        return;
      }
      const asked = labelOf(snapshot, RUN);
      // The next round begins when the first one is over.
      if (asked === '' || rows.some(isOpen)) return;
      const all = await withAsked(snapshot, rows, asked, inside);
      const again = new Set(all.map((row) => textOf(row['scenario'])).filter((name) => isAsked(name, asked, snapshot)));
      if (again.size > 0) await start(snapshot, all, again, inside, inside.nowMs);
    },
  };
}

const isOpen = (row: Row): boolean => UNENDED.has(textOf(row['status']));

/** A scenario is meant by its name, or by that of its object, which may name the application too. */
const isAsked = (name: string, asked: string, snapshot: KubeObject): boolean =>
  asked === 'all' || asked === name || asked === `${name}-${applicationOf(snapshot)}`;

/** What is known of the scenarios of a Snapshot; nothing where the annotation cannot be read. */
function rowsOf(snapshot: KubeObject): Row[] {
  try {
    return listOf(JSON.parse(noteOf(snapshot, STATUS))).map(fieldsOf);
  } catch {
    return [];
  }
}

async function scenariosOf(snapshot: KubeObject, inside: Inside): Promise<KubeObject[]> {
  const all = await inside.list(SCENARIOS, placeOf(snapshot));
  return all.filter((one) => applicationOf(one) === applicationOf(snapshot));
}

/** Rows with those of the scenarios that are asked for and were not run before. */
async function withAsked(snapshot: KubeObject, rows: Row[], asked: string, inside: Inside): Promise<Row[]> {
  if (rows.some((row) => isAsked(textOf(row['scenario']), asked, snapshot))) return rows;
  const named = await scenariosOf(snapshot, inside);
  const wanted = named.filter((one) => (asked === 'all' ? fits(one, snapshot) : one.metadata.name === asked));
  return [...rows, ...wanted.map(rowOf)];
}

const rowOf = (scenario: KubeObject): Row => ({
  scenario: scenario.metadata.name,
  isOptionalScenario: labelOf(scenario, OPTIONAL) === 'true',
});

/** Whether a scenario's contexts are such as the Snapshot is; without contexts it always runs. */
function fits(scenario: KubeObject, snapshot: KubeObject): boolean {
  const names = listOf(specOf(scenario, 'contexts')).map((one) => textOf(fieldOf(one, 'name')));
  if (names.includes('disabled')) return false;
  const components = listOf(specOf(snapshot, 'components')).map((one) => `component_${textOf(fieldOf(one, 'name'))}`);
  const event = labelOf(snapshot, 'pac.test.appstudio.openshift.io/event-type');
  const own = new Set([
    'application',
    'all',
    labelOf(snapshot, TYPE),
    event === 'pull_request' || labelOf(snapshot, CHANGE) !== '' ? 'pull_request' : 'push',
    ...components,
  ]);
  return names.length === 0 || names.some((name) => own.has(name));
}

async function begin(snapshot: KubeObject, row: Row, inside: Inside, atMs: number): Promise<Row> {
  const scenario = textOf(row['scenario']);
  const isOptional = row['isOptionalScenario'] === true;
  const run = await newRun(
    inside,
    {
      namespace: placeOf(snapshot),
      prefix: scenario,
      account: TEST_ACCOUNT,
      labels: {
        'appstudio.openshift.io/application': applicationOf(snapshot),
        'appstudio.openshift.io/component': labelOf(snapshot, 'appstudio.openshift.io/component'),
        'appstudio.openshift.io/snapshot': snapshot.metadata.name,
        'pipelines.appstudio.openshift.io/type': 'test',
        'test.appstudio.openshift.io/scenario': scenario,
        [OPTIONAL]: String(isOptional),
      },
      params: [{ name: 'SNAPSHOT', value: JSON.stringify(snapshot['spec'] ?? {}) }],
    },
    atMs,
  );
  await inside.write(run);
  const time = secondAt(atMs);
  return {
    ...{ scenario, status: 'InProgress', lastUpdateTime: time, startTime: time, details: `sample: ${scenario} runs` },
    ...{ testPipelineRunName: run.metadata.name, isOptionalScenario: isOptional },
  };
}

function passed(row: Row, atMs: number): Row {
  const time = secondAt(atMs);
  const details = `sample: ${textOf(row['scenario'])} is TestPassed`;
  return { ...row, status: 'TestPassed', lastUpdateTime: time, completionTime: time, details };
}
