import { WorkflowUpdateFailedError } from '@temporalio/client';
import { unprintableCharacters } from '../../printing/glyphs.ts';
import { chinaDate, type Instant } from '../../rules/civil-date.ts';
import type { Affected, RecheckCause, RecheckReport } from '../../rules/compliance/recheck.ts';
import { reviewOrder } from '../../rules/compliance/review.ts';
import { findingKey } from '../../rules/finding.ts';
import type { Transaction } from '../../store/database.ts';
import { settingsOf } from '../../store/organisations.ts';
import { beginRecheck, endRecheck, reviewedFactsOf } from '../../store/rechecks.ts';
import { reviewRecordsOf } from '../../store/review-records.ts';
import { listShipments, type ShipmentRow } from '../../store/shipments.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { tellWorkflow } from '../tell-workflow.ts';

/** A re-check of one organisation's open shipments. */
export interface Recheck {
  organisation: string;
  id: string;
  cause: RecheckCause;
  asOf: Instant;
}

/** What one page of shipments came to; `next` is null after the last. */
export type RecheckPage = RecheckReport & { next: string | null };

const OLDER_VERSION =
  'it runs on an older version, which knows no re-check: it is looked at again after it has moved (npm run doctor)';
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
     * crash it tells nobody twice: the message has the re-check's own id.
     */
    async recheckShipments(recheck: Recheck & { after: string | null }): Promise<RecheckPage> {
      const { organisation, after } = recheck;
      const rows = await database.within(organisation, (transaction) =>
        listShipments(transaction, { limit: PAGE, after: after ?? undefined, open: true }),
      );
      const page: RecheckPage = { looked: rows.length, affected: [], failed: [], next: null };
      for (const row of rows) {
        try {
          const findings = await database.within(organisation, (transaction) =>
            newFindings(transaction, row, recheck.asOf),
          );
          if (findings.length === 0) continue;
          await tell(recheck, row);
          page.affected.push({ reference: row.reference, findings });
        } catch (error) {
          // One shipment that cannot be looked at keeps no other from it; an engine or a database that is away keeps all.
          if (error instanceof RangeError) page.failed.push({ reference: row.reference, because: error.message });
          else if (error instanceof WorkflowUpdateFailedError)
            page.failed.push({ reference: row.reference, because: OLDER_VERSION });
          else throw error;
        }
      }
      page.next = rows.length === PAGE ? (rows.at(-1)?.reference ?? null) : null;
      return page;
    },

    /** Keeps the report. */
    async endRecheck({ organisation, id, asOf, report }: Recheck & { report: RecheckReport }): Promise<void> {
      await database.within(organisation, (transaction) => endRecheck(transaction, { id, finishedAt: asOf, report }));
    },
  };

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

  async function tell({ organisation, id, cause, asOf }: Recheck, row: ShipmentRow): Promise<void> {
    await tellWorkflow(temporal, shipmentWorkflowId(organisation, row.reference), 'reviewAgain', {
      messageId: `recheck/${id}`,
      occurredAt: clockOf(row, asOf),
      source: 'compliance',
      cause: cause.kind,
      what: cause.what,
      recheck: id,
    });
  }
}

/** A simulated shipment's clock is ahead of ours: the later of both counts. */
function clockOf({ asOf: own }: Pick<ShipmentRow, 'asOf'>, asOf: Instant): Instant {
  return own !== null && own > asOf ? own : asOf;
}
export type ComplianceActivities = ReturnType<typeof complianceActivities>;
