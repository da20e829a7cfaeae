import type { Instant } from './civil-date.ts';
import { contentHashOf } from './documents/content-hash.ts';

/** The ways in which something can be stuck. */
export const troubleKinds = [
  'workflow-task-failing',
  'step-retrying',
  'message-misfit',
  'task-unowned',
  'not-started',
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** What somebody can do about a trouble: let it try again, or let it go on another way. */
export const troubleActionNames = ['retry', 'override'] as const;
export type TroubleActionName = (typeof troubleActionNames)[number];

/** Something that does not go on by itself, or not for a while: what it is, and what to do about it. */
export interface Trouble {
  /** The same for as long as the trouble lasts; short enough to be typed. */
  id: string;
  kind: TroubleKind;
  /** Null: the whole service's, shown to all; its words hold nothing that is somebody's. */
  organisation: string | null;
  /** Of the shipment; null where it is none's. */
  reference: string | null;
  workflowId: string | null;
  since: Instant;
  what: string;
  remedy: string;
  /** What there is to do through us; the remedy may lie elsewhere. */
  actions: readonly TroubleActionName[];
  /** Figures and texts for whoever looks into it. */
  detail: Record<string, string>;
}

/** The id of a trouble: by its kind and the thing that is stuck. */
export function troubleIdOf(kind: TroubleKind, organisation: string | null, thing: string): string {
  return contentHashOf([kind, organisation ?? '', thing]).slice(0, 12);
}

/** What a workflow of ours is about, and whose it is. */
export interface WorkflowOwner {
  of: 'shipment' | 'statement' | 'recheck' | 'reference-age';
  /** Null: the daily look at what has grown old is made for all of them. */
  organisation: string | null;
  /** Of the shipment; null where it is none's. */
  reference: string | null;
  /** What the workflow's id calls it within its organisation. */
  name: string;
  /** In words. */
  thing: string;
}

/** Whose workflow it is, by its id; undefined where the id is none of ours. */
export function ownerOfWorkflow(workflowId: string): WorkflowOwner | undefined {
  if (/^reference-age(-|$)/.test(workflowId)) {
    const thing = 'the daily look at what has grown old';
    return { of: 'reference-age', organisation: null, reference: null, name: workflowId, thing };
  }
  const [, of, organisation, name] = /^(shipment|statement|recheck)\/([^/]+)\/(.+)$/.exec(workflowId) ?? [];
  if (!of || !organisation || !name) return undefined;
  if (of === 'shipment') return { of, organisation, reference: name, name, thing: `shipment ${name}` };
  const ours = { organisation, reference: null, name };
  return of === 'statement'
    ? { ...ours, of, thing: `bank statement ${name.slice(0, 12)}` }
    : { ...ours, of: 'recheck', thing: `the look ${name} at all open shipments` };
}

/** The error as its organisation may read it. What is nobody's own is shown to all, and an error may name one of them. */
function toldError(organisation: string | null, error: string): string {
  return organisation === null ? 'see the worker’s log, or the workflow in the engine’s own pages' : error;
}

/** A workflow whose task fails, or is taken by nobody, as the engine tells it. */
export interface FailingWorkflow {
  workflowId: string;
  attempt: number;
  since: Instant;
  error: string;
  /** The version of the worker that it is bound to, where nobody runs that version any more. */
  unserved?: string;
  /** The step that waits there, where it is a step and not the workflow's own task. */
  step?: string;
}

/** The trouble of a workflow whose task fails again and again, or finds no worker; undefined where the id is none of ours. */
export function failingWorkflowTrouble(failing: FailingWorkflow): Trouble | undefined {
  const { workflowId, attempt, since, unserved, step } = failing;
  const owner = ownerOfWorkflow(workflowId);
  if (!owner) return undefined;
  const { organisation, reference, thing } = owner;
  const error = toldError(organisation, failing.error);
  const common = {
    id: troubleIdOf('workflow-task-failing', organisation, workflowId),
    kind: 'workflow-task-failing' as const,
    organisation,
    reference,
    workflowId,
    since,
  };
  if (unserved !== undefined)
    return {
      ...common,
      what: `The workflow of ${thing} is bound to version ${unserved} of the worker, and none of that version takes ${step === undefined ? 'it' : `its step ${step}`}`,
      remedy: `Start a worker of version ${unserved} again, or override: it moves to the current version.`,
      actions: ['override'],
      detail: { version: unserved, ...(step === undefined ? {} : { step }) },
    };
  return {
    ...common,
    what: `The workflow of ${thing} fails whenever it is woken: ${error}`,
    remedy:
      'A worker with the mended code has to run. Then retry: it goes back to its last good step at once instead of after up to ten minutes. Where the worker is versioned and the workflow pinned to the broken one, override moves it to the current version.',
    actions: ['retry', 'override'],
    detail: { attempt: String(attempt), error },
  };
}

/** A step that has been failing for a while, as the worker wrote it down or the engine tells it. */
export interface RetryingStep {
  organisation: string | null;
  workflowId: string;
  activityId: string;
  activity: string;
  local: boolean;
  attempt: number;
  lastError: string | null;
  since: Instant;
  lastTriedAt: Instant;
}

/** What the engine says of the same step: `gone` when the workflow has ended or waits for it no more, `not-told` when it does not know or was not asked. */
export type EnginesWord =
  | 'gone'
  | 'not-told'
  | { attempt: number; lastError: string | null; nextTryAt: Instant | null };

/** Twice the longest pause between two tries of a local activity, its time-out and some slowness: after that nobody tries. */
const LOCAL_STEP_FORGOTTEN_AFTER_MS = 5 * 60_000;

/**
 * Whether the row still says the truth. The engine knows of ordinary steps; of local ones it knows only whether their
 * workflow runs, so those count for as long as somebody goes on trying.
 */
export function isStillRetrying(step: RetryingStep, engine: EnginesWord, asOf: Instant): boolean {
  if (engine === 'gone') return false;
  if (!step.local) return true;
  return Date.parse(asOf) - Date.parse(step.lastTriedAt) <= LOCAL_STEP_FORGOTTEN_AFTER_MS;
}

/** The trouble of a step that is tried again and again. */
export function retryingStepTrouble(step: RetryingStep, engine: EnginesWord): Trouble {
  const { organisation, workflowId, activityId, activity, local } = step;
  const told = typeof engine === 'object' ? engine : undefined;
  const error = toldError(
    organisation,
    told?.lastError ?? step.lastError ?? 'it ends without an answer: the worker dies, or it takes too long',
  );
  const owner = ownerOfWorkflow(workflowId);
  return {
    id: troubleIdOf('step-retrying', organisation, `${workflowId} ${activityId}`),
    kind: 'step-retrying',
    organisation,
    reference: owner?.reference ?? null,
    workflowId,
    since: step.since,
    what: `The step ${activity} of ${owner?.thing ?? workflowId} does not get through: ${error}`,
    remedy: local
      ? 'It is tried again by itself, at least every two minutes: see that what it needs (the database, mostly) is there.'
      : 'See that the counterparty named in the error is up and its address is right. It is tried again by itself, at least once a minute; retry does so at once.',
    actions: local ? [] : ['retry'],
    detail: {
      activity,
      activityId,
      local: local ? 'yes' : 'no',
      attempt: String(told?.attempt ?? step.attempt),
      error,
      lastTriedAt: step.lastTriedAt,
      ...(told?.nextTryAt ? { nextTryAt: told.nextTryAt } : {}),
    },
  };
}

/** An open task, as far as it matters here. */
export interface OpenTask {
  organisation: string;
  id: string;
  reference: string | null;
  workflowId: string | null;
  kind: string;
  question: string;
  ownerRole: string;
  askedAt: Instant;
  dueAt: Instant;
  escalatedAt: Instant | null;
  /** The shipment's own clock: that of a simulated one is ahead of ours. */
  shipmentAsOf: Instant | null;
}

/** So long after its time, and after it was given to another, an open task counts as nobody's. */
const LEFT_FOR_MS = 86_400_000;

function clockOf(task: OpenTask, asOf: Instant): number {
  return Math.max(Date.parse(asOf), Date.parse(task.shipmentAsOf ?? asOf));
}

/** Whether its time is over, by our clock or by the shipment's own. */
export function isOverdue(task: OpenTask, asOf: Instant): boolean {
  return Date.parse(task.dueAt) < clockOf(task, asOf);
}

/**
 * The trouble that an open task is, if it is one: a message that fits nowhere; a task whose owner role nobody in the
 * organisation has a key for (the manager may answer any); one that has been overdue, or with its new owner, for longer than a day.
 * `rolesInUse`: roles that have a key in the task's organisation.
 */
export function taskTrouble(task: OpenTask, rolesInUse: ReadonlySet<string>, asOf: Instant): Trouble | undefined {
  const { organisation, id, reference, workflowId, kind, question, ownerRole, askedAt, dueAt, escalatedAt } = task;
  const common = { organisation, reference, workflowId, actions: ['override'] as const };
  const detail = { taskId: id, taskKind: kind, ownerRole, dueAt, question };
  if (kind === 'message-misfit')
    return {
      ...common,
      id: troubleIdOf('message-misfit', organisation, id),
      kind: 'message-misfit',
      since: askedAt,
      what: `A message fits nowhere${reference === null ? '' : ` in shipment ${reference}`}: ${question}`,
      remedy:
        'Read what came, and have its sender send it anew as the documentation says, under a new messageId. Then answer the task, or override to close it as seen.',
      detail,
    };
  const left = escalatedAt !== null && escalatedAt > dueAt ? escalatedAt : dueAt;
  const ofNobody = !rolesInUse.has(ownerRole) && !rolesInUse.has('manager');
  if (!ofNobody && clockOf(task, asOf) - Date.parse(left) <= LEFT_FOR_MS) return undefined;
  return {
    ...common,
    id: troubleIdOf('task-unowned', organisation, id),
    kind: 'task-unowned',
    since: ofNobody ? askedAt : left,
    what: ofNobody
      ? `Nobody can answer task ${id}: there is no key of role ${ownerRole}, nor of a manager`
      : `Nobody has answered task ${id} of role ${ownerRole}, due ${dueAt}`,
    remedy: ofNobody
      ? `Give somebody a key of role ${ownerRole}, or override with a role that has one.`
      : 'Answer it (GET /v1/tasks shows its choices), or override with the role that is to answer it: it gets a day.',
    detail,
  };
}
