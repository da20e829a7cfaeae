import { makeContinueAsNewFunc } from '@temporalio/workflow';
import type { RecheckCause, RecheckReport } from '../rules/compliance/recheck.ts';
import { untilReached } from './attempt.ts';
import { compliance, summary } from './parties.ts';
import { isMoveDue } from './time-to-move.ts';

export interface RecheckStart {
  organisation: string;
  /** Also the last part of the workflow id. */
  id: string;
  cause: RecheckCause;
}

/** What a re-check carries into its next run. */
export interface RecheckState extends RecheckStart {
  after: string | null;
  report: RecheckReport;
}

const continueAsNew = makeContinueAsNewFunc<typeof recheck>({ initialVersioningBehavior: 'AUTO_UPGRADE' });

/**
 * One look at all open shipments of an organisation after a list, a table or a rule changed. A shipment in whose review
 * something is new makes it again and puts it to its people; the report says which and why. Whatever stops meanwhile, it
 * goes on where it was.
 */
export async function recheck(start: RecheckStart | RecheckState): Promise<RecheckReport> {
  const { organisation, id, cause } = start;
  const of = { organisation, id, cause };
  const state: RecheckState =
    'report' in start ? start : { ...of, after: null, report: { looked: 0, affected: [], failed: [] } };
  if (!('report' in start))
    await untilReached(() =>
      compliance.beginRecheck.executeWithOptions({ summary: summary(cause.what) }, [{ ...of, asOf: now() }]),
    );
  const moveIfDue = async () => {
    if (isMoveDue()) await continueAsNew(state);
  };
  for (;;) {
    const look = () =>
      compliance.recheckShipments.executeWithOptions({ summary: `after ${state.after ?? 'none'}` }, [
        { ...of, asOf: now(), after: state.after },
      ]);
    const page = await untilReached(look, moveIfDue);
    state.report.looked += page.looked;
    state.report.affected.push(...page.affected);
    state.report.failed.push(...page.failed);
    if (page.next === null) break;
    state.after = page.next;
    await moveIfDue();
  }
  await untilReached(() =>
    compliance.endRecheck.executeWithOptions({ summary: `${state.report.affected.length} affected` }, [
      { ...of, asOf: now(), report: state.report },
    ]),
  );
  return state.report;
}

const now = () => new Date(Date.now()).toISOString();
