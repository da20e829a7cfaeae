import { describe, expect, it } from '@jest/globals';
import {
  failingWorkflowTrouble,
  isOverdue,
  isStillRetrying,
  type OpenTask,
  ownerOfWorkflow,
  type RetryingStep,
  retryingStepTrouble,
  taskTrouble,
} from '../../rules/trouble.ts';
import { endedWorkflowTrouble } from '../../rules/trouble-of-ends.ts';

const now = '2026-11-24T12:00:00.000Z';
const everybody = new Set(['operator', 'finance', 'manager']);
const task = (changes: Partial<OpenTask> = {}): OpenTask => ({
  organisation: 'acme',
  id: 'A-1/customs-silent/1',
  reference: 'A-1',
  workflowId: 'shipment/acme/A-1',
  kind: 'customs-silent',
  question: 'Customs says nothing: what now?',
  ownerRole: 'operator',
  askedAt: '2026-11-24T08:00:00.000Z',
  dueAt: '2026-11-24T10:00:00.000Z',
  escalatedAt: null,
  shipmentAsOf: null,
  ...changes,
});

describe('which open tasks are troubles', () => {
  const cases: [string, Partial<OpenTask>, string[], boolean][] = [
    ['in time, of a role with a key', { dueAt: '2026-11-25T10:00:00.000Z' }, ['operator'], false],
    ['overdue for two hours', {}, ['operator'], false],
    ['overdue for a day and a second', { dueAt: '2026-11-23T11:59:59.000Z' }, ['operator'], true],
    [
      'overdue for days, with the manager for an hour',
      { dueAt: '2026-11-20T10:00:00.000Z', escalatedAt: '2026-11-24T11:00:00.000Z', ownerRole: 'manager' },
      ['manager'],
      false,
    ],
    [
      'overdue for days, with the manager for two',
      { dueAt: '2026-11-20T10:00:00.000Z', escalatedAt: '2026-11-22T10:00:00.000Z', ownerRole: 'manager' },
      ['manager'],
      true,
    ],
    [
      "an engineer's, which goes to nobody else",
      { ownerRole: 'engineer', dueAt: '2026-11-22T10:00:00.000Z' },
      ['manager'],
      true,
    ],
    ['of a role without a key', {}, ['finance'], true],
    ['of a role without a key, where the manager may answer', {}, ['manager'], false],
    ['of an organisation without any key', {}, [], true],
    [
      'a late message without a workflow, left for days',
      { workflowId: null, dueAt: '2026-11-20T00:00:00.000Z' },
      ['operator'],
      true,
    ],
    [
      'by the clock of a simulated shipment, which is ahead',
      { dueAt: '2027-01-10T00:00:00.000Z', shipmentAsOf: '2027-01-12T00:00:00.000Z' },
      ['operator'],
      true,
    ],
    [
      'a message that fits nowhere, at once',
      { kind: 'message-misfit', dueAt: '2026-11-30T00:00:00.000Z' },
      ['operator'],
      true,
    ],
  ];
  it.each(cases)('%s', (_what, changes, roles, isTrouble) =>
    expect(taskTrouble(task(changes), new Set(roles), now) !== undefined).toBe(isTrouble),
  );

  it('says who is missing, or since when nobody answers', () => {
    expect(taskTrouble(task(), new Set(), now)).toMatchObject({ kind: 'task-unowned', since: task().askedAt });
    const dueAt = '2026-11-20T10:00:00.000Z';
    expect(taskTrouble(task({ dueAt }), everybody, now)).toMatchObject({ since: dueAt, actions: ['override'] });
  });
  it('a misfit is one trouble, also when nobody owns it', () =>
    expect(taskTrouble(task({ kind: 'message-misfit' }), new Set(), now)?.kind).toBe('message-misfit'));
  it('overdue by either clock', () => {
    expect(isOverdue(task(), now)).toBe(true);
    expect(isOverdue(task({ dueAt: '2026-11-25T00:00:00.000Z' }), now)).toBe(false);
    expect(isOverdue(task({ dueAt: '2026-11-25T00:00:00.000Z', shipmentAsOf: '2026-11-26T00:00:00.000Z' }), now)).toBe(
      true,
    );
  });
});

const step: RetryingStep = {
  organisation: 'acme',
  workflowId: 'shipment/acme/A-1',
  activityId: '7',
  activity: 'fileDeclaration',
  local: false,
  attempt: 6,
  lastError: 'customs does not answer',
  since: '2026-11-24T11:00:00.000Z',
  lastTriedAt: '2026-11-24T11:59:00.000Z',
};

describe('which steps are still being tried', () => {
  const pending = { attempt: 9, lastError: 'customs answers 502', nextTryAt: null };
  it('an ordinary one for as long as the engine has it, however long ago the last try', () => {
    expect(isStillRetrying({ ...step, lastTriedAt: '2026-11-01T00:00:00.000Z' }, pending, now)).toBe(true);
    expect(isStillRetrying(step, 'not-told', now)).toBe(true);
    expect(isStillRetrying(step, 'gone', now)).toBe(false);
  });
  it('a local one for as long as somebody tries', () => {
    const local = { ...step, local: true };
    expect(isStillRetrying(local, 'not-told', now)).toBe(true);
    expect(isStillRetrying({ ...local, lastTriedAt: '2026-11-24T11:54:59.000Z' }, 'not-told', now)).toBe(false);
    expect(isStillRetrying(local, 'gone', now)).toBe(false);
  });
  it('the engine knows the tries better than the row', () => {
    expect(retryingStepTrouble(step, pending)).toMatchObject({
      reference: 'A-1',
      actions: ['retry'],
      detail: { attempt: '9', error: 'customs answers 502' },
    });
    expect(retryingStepTrouble({ ...step, local: true }, 'not-told').actions).toEqual([]);
  });
  it('one without an error killed its worker, or never came back', () =>
    expect(retryingStepTrouble({ ...step, lastError: null }, { ...pending, lastError: null }).what).toContain(
      'worker dies',
    ));
});

describe('workflows whose task fails', () => {
  const failing = { attempt: 4, since: now, error: 'TypeError: x' };
  it.each([
    ['shipment/acme/A-1', { organisation: 'acme', reference: 'A-1' }],
    ['shipment/acme/shipment.1', { organisation: 'acme', reference: 'shipment.1' }],
    [`statement/acme/${'a'.repeat(64)}`, { organisation: 'acme', reference: null }],
    ['recheck/acme/sdn-1', { organisation: 'acme', reference: null }],
    ['reference-age-workflow-2026-11-24T00:00:00Z', { organisation: null, reference: null }],
  ])('%s', (workflowId, owner) => {
    expect(ownerOfWorkflow(workflowId)).toMatchObject(owner);
    expect(failingWorkflowTrouble({ ...failing, workflowId })).toMatchObject({ ...owner, workflowId });
  });
  it('what is the whole service’s tells no error: it may name an organisation', () =>
    expect(failingWorkflowTrouble({ ...failing, workflowId: 'reference-age-workflow-1' })?.what).not.toContain(
      'TypeError',
    ));
  it('one that has ended says what there is to do about such a one', () => {
    const actionsOf = (workflowId: string) =>
      endedWorkflowTrouble({ workflowId, since: now, ended: 'terminated' })?.actions;
    expect(actionsOf('shipment/acme/A-1')).toEqual(['override']);
    expect(actionsOf('statement/acme/f00')).toEqual(['override']);
    expect(actionsOf('recheck/acme/sdn-1')).toEqual(['retry']);
    expect(actionsOf('reference-age-workflow-1')).toEqual(['retry']);
    expect(actionsOf('temporal-sys-scanner')).toBeUndefined();
  });
  it('one that no worker takes says which version is missing, and can only be moved', () =>
    expect(
      failingWorkflowTrouble({ ...failing, workflowId: 'shipment/acme/A-1', attempt: 1, unserved: 'build-7' }),
    ).toMatchObject({ what: expect.stringContaining('version build-7'), actions: ['override'] }));
  it('the id stays while the error changes; a workflow that is not ours is none of our troubles', () => {
    const id = failingWorkflowTrouble({ ...failing, workflowId: 'shipment/acme/A-1' })?.id;
    expect(
      failingWorkflowTrouble({ ...failing, workflowId: 'shipment/acme/A-1', error: 'another', attempt: 9 })?.id,
    ).toBe(id);
    expect(failingWorkflowTrouble({ ...failing, workflowId: 'temporal-sys-scanner' })).toBeUndefined();
  });
});
