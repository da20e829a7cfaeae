/** The one reading of what is stuck; the metric, /readyz, the list of troubles and `npm run doctor` are made of it. */
import type { Instant } from '../../rules/civil-date.ts';
import {
  failingWorkflowTrouble,
  isOverdue,
  isStillRetrying,
  retryingStepTrouble,
  type Trouble,
  type TroubleKind,
  taskTrouble,
  troubleKinds,
} from '../../rules/trouble.ts';
import { endedWorkflowTrouble } from '../../rules/trouble-of-ends.ts';
import { misfitMessagesSince, openShipments, openTasks, rolesInUse } from '../../store/overview.ts';
import { organisationsWithOpenShipments } from '../../store/rechecks.ts';
import { forgetStepRetry, stepsRetrying } from '../../store/step-retries.ts';
import type { Services } from '../services.ts';
import { endedReferenceAge } from './ended.ts';
import { eachOf, engineOnStep, failingWorkflows, marksFailingWorkflows } from './engine.ts';
import { troublesOfRecords } from './records.ts';
import { pausedSteps, stepsOfReferenceAge } from './steps.ts';
import { isServed, servingOf, unservedWorkflows } from './unserved.ts';
import type { Walk } from './walk.ts';

/** What is stuck in all organisations, and the counts that stand beside it. */
export interface Reading {
  readAt: Instant;
  /** Oldest first. */
  troubles: Trouble[];
  openShipments: { real: number; simulated: number };
  openTasksByRole: Map<string, number>;
  overdueTasks: number;
  /** Of the last 24 hours. */
  misfitMessages: number;
  /** Workers that ask for work. */
  workers: number;
  /** False: no worker, or none that takes what has been waiting for a while. */
  isServed: boolean;
  /** False: the engine does not mark workflows whose task fails, so that none of them is among the troubles. */
  seesFailingWorkflows: boolean;
}

/** Steps that the engine is asked about in one reading. */
const ASKED_ABOUT_AT_MOST = 50;
const A_DAY_IN_MS = 86_400_000;

/** Reads engine and database. @throws whatever keeps either from answering: half a reading would hide the other half. */
export async function readTroubles(services: Services, walk: Walk): Promise<Reading> {
  const { database, temporal } = services;
  const readAt = new Date().toISOString();
  const dayAgo = new Date(Date.parse(readAt) - A_DAY_IN_MS).toISOString();
  const [seesFailingWorkflows, serving, tasks, roles, shipments, misfitMessages, steps] = await Promise.all([
    marksFailingWorkflows(temporal),
    servingOf(temporal),
    openTasks(database),
    rolesInUse(database),
    openShipments(database),
    misfitMessagesSince(database, dayAgo),
    standingSteps({ database, temporal }, readAt),
  ]);
  const organisations = [...new Set([...roles.keys(), ...(await organisationsWithOpenShipments(database))])].sort();
  const troubles = [
    ...(await stuckInEngine(temporal, seesFailingWorkflows)),
    ...steps,
    ...(await walk.next(services, organisations)).flatMap((ended) => endedWorkflowTrouble(ended) ?? []),
    ...(await troublesOfRecords(services, organisations, readAt)),
    ...tasks.flatMap((task) => taskTrouble(task, roles.get(task.organisation) ?? new Set(), readAt) ?? []),
  ];
  return {
    readAt,
    troubles: eachOnce(troubles).sort((a, b) => (a.since < b.since ? -1 : 1)),
    openShipments: shipments,
    openTasksByRole: countedBy(tasks.map(({ ownerRole }) => ownerRole)),
    overdueTasks: tasks.filter((task) => isOverdue(task, readAt)).length,
    misfitMessages,
    workers: serving.workers,
    isServed: isServed(serving),
    seesFailingWorkflows,
  };
}

/** What only the engine knows. */
async function stuckInEngine(temporal: Services['temporal'], seesFailingWorkflows: boolean): Promise<Trouble[]> {
  const failing = seesFailingWorkflows ? await failingWorkflows(temporal) : [];
  const unserved = await unservedWorkflows(temporal);
  return [
    ...[...failing, ...unserved].flatMap((workflow) => failingWorkflowTrouble(workflow) ?? []),
    // Before the rows of the worker: a pause says more of a step than that it was tried often.
    ...(await pausedSteps(temporal)),
    ...(await stepsOfReferenceAge(temporal)),
    ...(await endedReferenceAge(temporal)).flatMap((ended) => endedWorkflowTrouble(ended) ?? []),
  ];
}

/** A thing that was found in two ways is one trouble: as it was found first. */
function eachOnce(troubles: readonly Trouble[]): Trouble[] {
  const ids = new Set<string>();
  return troubles.filter(({ id }) => !ids.has(id) && ids.add(id));
}

function countedBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/**
 * The steps that the worker wrote down. The engine is asked about those that were not tried for longest: with a counterparty
 * away there may be a thousand, all tried within the last minute, and each question takes milliseconds of the engine.
 * Rows that it does not confirm go.
 */
async function standingSteps({ database, temporal }: Services, asOf: Instant): Promise<Trouble[]> {
  const steps = (await stepsRetrying(database)).sort((a, b) => (a.lastTriedAt < b.lastTriedAt ? -1 : 1));
  const words = await eachOf(steps.slice(0, ASKED_ABOUT_AT_MOST), (step) => engineOnStep(temporal, step));
  const told = steps.map((step, index) => ({ step, engine: words[index] ?? ('not-told' as const) }));
  const found = await eachOf(told, async ({ step, engine }) => {
    if (isStillRetrying(step, engine, asOf)) return [retryingStepTrouble(step, engine)];
    await database.within(step.organisation, (transaction) => forgetStepRetry(transaction, step));
    return [];
  });
  return found.flat();
}

/** How many of each kind; kinds without any too. */
export function countsOf(troubles: readonly Trouble[]): Record<TroubleKind, number> {
  const counts = Object.fromEntries(troubleKinds.map((kind) => [kind, 0])) as Record<TroubleKind, number>;
  for (const { kind } of troubles) counts[kind] += 1;
  return counts;
}
