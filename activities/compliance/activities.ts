import { unprintableCharacters } from '../../printing/glyphs.ts';
import { chinaDate, type Instant } from '../../rules/civil-date.ts';
import type { Affected, RecheckCause, RecheckCounts, RecheckReport } from '../../rules/compliance/recheck.ts';
import { reviewOrder } from '../../rules/compliance/review.ts';
import { findingKey } from '../../rules/finding.ts';
import type { Transaction } from '../../store/database.ts';
import { settingsOf } from '../../store/organisations.ts';
import {
  endRecheck,
  failedReferences,
  findRechecked,
  keepFailure,
  keepFindings,
  markTold,
  type RecheckedShipment,
} from '../../store/rechecked-shipments.ts';
import { beginRecheck, reviewedFactsOf } from '../../store/rechecks.ts';
import { reviewRecordsOf } from '../../store/review-records.ts';
import { findShipment, listShipments, type ShipmentRow } from '../../store/shipments.ts';
import type { Dependencies } from '../dependencies.ts';
import { isPassing } from '../errors.ts';
import { tellOfRecheck } from './tell-of-recheck.ts';

/** A re-check of one organisation's open shipments. */
export interface Recheck {
  organisation: string;
  id: string;
  cause: RecheckCause;
  asOf: Instant;
}

/** Which shipments are looked at next. */
export interface RecheckStep extends Recheck {
  after: string | null;
  /** Those alone that could not be looked at or told before. */
  failedOnly?: boolean;
  /** Counts alone are answered: who is named stands in the records, and would outgrow what a workflow may carry. */
  countsOnly?: boolean;
}

/** What one page of shipments came to; `next` is null after the last. */
export type RecheckPage = RecheckReport & { next: string | null; counts?: RecheckCounts };

/** What came of one shipment that the change concerns, or that could not be looked at. */
type Outcome = Pick<RecheckedShipment, 'reference' | 'findings' | 'failed'>;

/** Shipments a step: each is looked at in milliseconds, and the step says every second that it is at it. */
const PAGE = 20;

/** Looks at open shipments when what their reviews rest on has changed. */
export function complianceActivities({ database, reference: law, temporal }: Dependencies) {
  return {
    /** Notes that the re-check runs. */
    async beginRecheck({ organisation, id, cause, asOf }: Recheck): Promise<void> {
      await database.within(organisation, (transaction) => beginRecheck(transaction, { id, cause, startedAt: asOf }));
    },

    /**
     * Looks at the next open shipments, and has those make their review again in which something is new. Done again after a
     * crash it tells nobody twice and answers the same: what it found is kept before a shipment is told, and the message has
     * the re-check's own id. One shipment that cannot be looked at or told keeps no other from it, and is answered as failed;
     * an engine or a database that is away keeps all.
     */
    async recheckShipments(step: RecheckStep): Promise<RecheckPage> {
      const references = await nextReferences(step);
      const found: RecheckedShipment[] = [];
      for (const { row, reference } of references) {
        const shipment = await look(step, reference, row);
        if (shipment) found.push(shipment);
      }
      // Side by side: each that is silent takes its seconds.
      const outcomes = await Promise.all(found.map((shipment) => told(step, shipment)));
      const next = references.length === PAGE ? (references.at(-1)?.reference ?? null) : null;
      return pageOf(step, references.length, outcomes, next);
    },

    /** Keeps the report: what was written shipment by shipment, and how many were looked at. */
    async endRecheck({ organisation, id, asOf, report }: Recheck & { report: RecheckReport }): Promise<void> {
      await database.within(organisation, (transaction) => endRecheck(transaction, { id, finishedAt: asOf, report }));
    },
  };

  async function nextReferences(step: RecheckStep): Promise<{ reference: string; row: ShipmentRow | undefined }[]> {
    const { organisation, id, after } = step;
    return database.within(organisation, async (transaction) => {
      if (!step.failedOnly) {
        const rows = await listShipments(transaction, { limit: PAGE, after: after ?? undefined, open: true });
        return rows.map((row) => ({ reference: row.reference, row }));
      }
      const next = [];
      for (const reference of await failedReferences(transaction, id, { limit: PAGE, after }))
        next.push({ reference, row: await findShipment(transaction, reference) });
      return next;
    });
  }

  /** What is new in the review of a shipment, as it is kept; or why it cannot be looked at. */
  async function look(
    { organisation, id, asOf }: RecheckStep,
    reference: string,
    row: ShipmentRow | undefined,
  ): Promise<RecheckedShipment | undefined> {
    try {
      return await database.within(organisation, async (transaction) => {
        const before = await findRechecked(transaction, id, reference);
        // Found before and perhaps told: what its review says by now is no measure of what was new.
        if (before && (before.findings.length > 0 || before.toldAt !== null)) return before;
        if (!row) throw new RangeError('it is not on record');
        const findings = await newFindings(transaction, row, asOf);
        if (findings.length > 0)
          return keepFindings(transaction, id, { reference, findings, foundAt: clockOf(row, asOf) });
        if (before) await keepFailure(transaction, id, { reference, because: null, at: asOf });
        return undefined;
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      const failed = error instanceof Error ? error.message : String(error);
      return { reference, findings: [], foundAt: asOf, toldAt: null, failed };
    }
  }

  /** Tells a shipment what was found, and keeps whether it has the message. */
  async function told(step: RecheckStep, shipment: RecheckedShipment): Promise<Outcome> {
    const { organisation, id, asOf } = step;
    const { reference, findings, toldAt } = shipment;
    if (toldAt !== null) return { reference, findings, failed: null };
    const failed = findings.length === 0 ? shipment.failed : await tellOfRecheck(temporal, step, shipment);
    await database.within(organisation, (transaction) =>
      failed === null
        ? markTold(transaction, id, reference, asOf)
        : keepFailure(transaction, id, { reference, because: failed, at: asOf }),
    );
    return { reference, findings, failed };
  }

  async function newFindings(transaction: Transaction, row: ShipmentRow, asOf: Instant): Promise<Affected['findings']> {
    const { reference, order } = row;
    const { documents, amendments, told, confirmed } = await reviewedFactsOf(transaction, reference);
    const settings = await settingsOf(transaction);
    const { findings } = reviewOrder({
      order: { ...order, orderedOn: order.orderedOn ?? chinaDate(row.asOf ?? asOf) },
      documents,
      amendments,
      waived: [],
      confirmed,
      asOf: clockOf(row, asOf),
      reference: law,
      records: await reviewRecordsOf(transaction, order, settings, reference),
      exporter: settings.exporter,
      unprintable: unprintableCharacters,
    });
    const before = new Set(told);
    return findings
      .filter((finding) => finding.severity !== 'info' && !before.has(findingKey(finding)))
      .map(({ rule, severity, title, where }) => ({ rule, severity, title, where }));
  }
}

function pageOf(
  { countsOnly }: RecheckStep,
  looked: number,
  outcomes: readonly Outcome[],
  next: string | null,
): RecheckPage {
  const affected = outcomes.filter(({ failed }) => failed === null);
  const failed = outcomes.filter((one) => one.failed !== null);
  const counts = { affected: affected.length, failed: failed.length };
  if (countsOnly) return { looked, affected: [], failed: [], next, counts };
  return {
    ...{ looked, next, counts },
    affected: affected.map(({ reference, findings }) => ({ reference, findings })),
    failed: failed.map((one) => ({ reference: one.reference, because: one.failed ?? '' })),
  };
}

/** A simulated shipment's clock is ahead of ours: the later of both counts. */
function clockOf({ asOf: own }: Pick<ShipmentRow, 'asOf'>, asOf: Instant): Instant {
  return own !== null && own > asOf ? own : asOf;
}
export type ComplianceActivities = ReturnType<typeof complianceActivities>;
