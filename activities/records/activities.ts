import { unprintableCharacters } from '../../printing/glyphs.ts';
import type { ComparisonStage } from '../../reference/comparison-schema.ts';
import { archivePapersOf } from '../../rules/archive.ts';
import { type CivilDate, chinaDate, type Instant } from '../../rules/civil-date.ts';
import { reviewOrder } from '../../rules/compliance/review.ts';
import type { SubmittedPaper } from '../../rules/compliance/submitted-paper.ts';
import { deadlineOf } from '../../rules/deadlines.ts';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import { amendOrder } from '../../rules/order/amend.ts';
import { instalmentsOf, orderTotal } from '../../rules/order/figures.ts';
import { checkThreeWay } from '../../rules/refund/consistency.ts';
import { withRatesOfTable } from '../../rules/refund/rates-of-table.ts';
import { checkVatInvoices } from '../../rules/refund/vat-invoice.ts';
import type { Transaction } from '../../store/database.ts';
import { settingsOf } from '../../store/organisations.ts';
import { claimedOfInvoices, insertClaim, vatInvoicesOf } from '../../store/papers.ts';
import { reviewRecordsOf } from '../../store/review-records.ts';
import {
  amendedOrder,
  appendEvents,
  makeWayForWrite,
  otherShipmentDeclaredAs,
  writeProgress,
} from '../../store/shipments.ts';
import { tariffCodesOf } from '../../store/tariff-codes.ts';
import type { Dependencies } from '../dependencies.ts';
import { Unreachable } from '../errors.ts';
import { comparedPapers } from './compared-papers.ts';
import type {
  InvoiceCheck,
  LineCorrections,
  OrderFacts,
  Papers,
  RecordEntry,
  RecordProgressInput,
  RecordProgressResult,
  Review,
  ShipmentName,
  ThreeWayCheck,
} from './contract.ts';
import { bookEntries } from './entries.ts';
import { settingsForPapers } from './settings-of-papers.ts';

interface AsOf extends ShipmentName {
  asOf: Instant;
}

/** Our own records as a party: what is decided by rules and data is decided here, and stands in the history as the result. */
export function recordActivities({ database, reference: law }: Dependencies) {
  return {
    /** Takes the order in: what the process needs to know of it. */
    async takeIn({ organisation, reference, asOf }: AsOf): Promise<OrderFacts> {
      return database.within(organisation, async (transaction) => {
        const order = await amendedOrder(transaction, reference, []);
        const settings = await settingsOf(transaction);
        const orderedOn = order.orderedOn ?? chinaDate(asOf);
        return {
          orderedOn,
          plannedExportOn: order.plannedExportOn,
          lastContractualDate: order.payment.lastContractualDate,
          destination: order.destination.country,
          portOfLoading: order.transport.portOfLoading,
          destinationPort: order.destination.port,
          transportMode: order.transport.mode,
          total: orderTotal(order),
          lines: order.lines.length,
          instalments: instalmentsOf(order, orderedOn),
          goods: order.lines
            .map((line) => `${line.quantity} ${line.nameEn}`)
            .join(', ')
            .slice(0, 80),
          claimBeforeReceipt: settings.claimBeforeReceipt,
          channels: law.customsChannels,
          archivePapers: archivePapersOf(law),
        };
      });
    },

    /** Reviews the order with the papers handed in so far; each blocking finding comes with the question to a person. */
    async reviewCompliance(
      input: AsOf & {
        documents: SubmittedPaper[];
        amendments: LineCorrections[];
        waived: string[];
        confirmed?: string[];
        told?: string[];
        stage?: ComparisonStage;
      },
    ): Promise<Review> {
      return database.within(input.organisation, async (transaction) => {
        const order = await amendedOrder(transaction, input.reference, []);
        const settings = await settingsOf(transaction);
        const stage = input.stage ?? 'before-filing';
        const records = {
          ...(await reviewRecordsOf(transaction, order, settings, input.reference)),
          papers: {
            documents: await comparedPapers(
              transaction,
              {
                ...{ organisation: input.organisation, reference: input.reference, asOf: input.asOf },
                order: amendOrder(order, input.amendments),
                papers: input.documents,
                isFiled: stage !== 'before-filing',
              },
              law,
            ),
            stage,
          },
        };
        const { findings, questions, warnings, wanted } = reviewOrder({
          ...input,
          order,
          reference: law,
          records,
          exporter: settings.exporter,
          unprintable: unprintableCharacters,
        });
        return {
          questions,
          warnings,
          ...(wanted.length > 0 ? { wanted } : {}),
          screenedBy: records.screening?.lists.map(({ list, version }) => ({ list, version })) ?? null,
          findings: findings.map(({ rule, severity, title, where, of }) => ({
            rule,
            severity,
            title,
            where,
            ...(of === undefined ? {} : { of }),
          })),
        };
      });
    },

    /** Prepares invoice, packing list, contract and declaration draft as data; the hash locks them. The recorder keeps them. */
    async prepareDocuments({
      organisation,
      reference,
      revision,
      asOf,
      amendments,
    }: AsOf & { revision: number; amendments: LineCorrections[] }): Promise<Papers> {
      return database.within(organisation, async (transaction) => {
        const order = await amendedOrder(transaction, reference, amendments);
        const prepared = prepareDocuments({
          order,
          settings: await settingsForPapers(transaction, reference, revision),
          organisation,
          revision,
          asOf,
          reference: law,
        });
        return {
          revision,
          contentHash: prepared.contentHash,
          documents: prepared.documents.map(({ id, kind }) => ({ id, kind })),
          total: orderTotal(order),
          instalments: instalmentsOf(order, order.orderedOn ?? chinaDate(asOf)),
        };
      });
    },

    /** Holds the registered VAT invoices against the declared lines. */
    async checkVatInvoices({
      organisation,
      reference,
      amendments,
      explained,
    }: AsOf & { amendments: LineCorrections[]; explained: string[] }): Promise<InvoiceCheck> {
      return database.within(organisation, async (transaction) => {
        const order = await amendedOrder(transaction, reference, amendments);
        const { exporter } = await settingsOf(transaction);
        const { status, questions } = checkVatInvoices({
          order,
          invoices: await vatInvoicesOf(transaction, reference),
          exporterTaxId: exporter.taxId,
          explained,
          reference: law,
        });
        return { status, questions };
      });
    },

    /** Declaration, invoices and receipts against each other; what comes out is kept as the claim to submit. */
    async checkConsistency(
      input: AsOf & {
        amendments: LineCorrections[];
        declarationNumber: string | null;
        exportedOn: CivilDate | null;
        receipts: Parameters<typeof checkThreeWay>[0]['receipts'];
        requireReceipts: boolean;
        explained: string[];
        claimRevision: number;
      },
    ): Promise<ThreeWayCheck> {
      const { organisation, reference, asOf } = input;
      return database.within(organisation, async (transaction) => {
        const order = await amendedOrder(transaction, reference, input.amendments);
        const invoices = await vatInvoicesOf(transaction, reference);
        const numbers = invoices.map((invoice) => invoice.number);
        const codes = await tariffCodesOf(
          transaction,
          order.lines.map(({ hsCode }) => hsCode),
        );
        const { treatment, refund, questions, claim } = checkThreeWay({
          order,
          settings: await settingsOf(transaction),
          declarationNumber: input.declarationNumber,
          exportedOn: input.exportedOn,
          invoices,
          claimedElsewhere: await claimedOfInvoices(transaction, reference, numbers),
          receipts: input.receipts,
          requireReceipts: input.requireReceipts,
          explained: input.explained,
          reference: withRatesOfTable(law, codes),
          asOf,
        });
        if (claim)
          await insertClaim(transaction, reference, {
            revision: input.claimRevision,
            content: claim,
            refundClaimed: claim.refundClaimed,
            asOf,
          });
        return { treatment, refund, questions };
      });
    },
  };
}
export type RecordActivities = ReturnType<typeof recordActivities>;

/** The recorder: a local activity, so that a write costs no workflow task of its own. */
export function recordProgressActivity({ database, reference: law }: Dependencies) {
  return {
    /**
     * Appends what happened, books what it means, writes the projection, and brings the deadlines of new waits. As a local
     * activity it runs before the engine has kept what led to it: a workflow task that is made again writes anew.
     */
    async recordProgress({
      organisation,
      reference,
      asOf,
      entries,
      keptSeq,
      lastSeq,
      attempt,
      awaited,
      progress,
    }: RecordProgressInput): Promise<RecordProgressResult> {
      const writing = { ...attempt, asOf };
      return database.within(organisation, async (transaction) => {
        if (!(await makeWayForWrite(transaction, reference, keptSeq, writing)))
          throw new Unreachable('a later attempt at this workflow task has written: this one counts no more');
        const fresh = await appendEvents(transaction, reference, entries);
        await bookEntries(transaction, reference, fresh, law);
        const deadlines = await deadlinesOf(transaction, awaited);
        const waitingOn = progress.waitingOn.map((wait) => ({
          ...wait,
          until: wait.until ?? deadlines[`${wait.what}/${wait.key}`]?.dueAt ?? null,
        }));
        const nextDeadline = waitingOn.flatMap(({ until }) => (until ? [until] : [])).sort()[0] ?? null;
        await writeProgress(transaction, reference, { ...progress, waitingOn, nextDeadline }, writing, lastSeq);
        const { declarationNumber } = progress;
        if (declarationNumber === null || !entries.some(tellsDeclarationNumber)) return { deadlines };
        const sharesNumberWith = await otherShipmentDeclaredAs(transaction, reference, declarationNumber);
        return { deadlines, ...(sharesNumberWith && { sharesNumberWith }) };
      });
    },
  };
}
export type RecordProgressActivity = ReturnType<typeof recordProgressActivity>;

/** Whether customs told a declaration's number with it. */
function tellsDeclarationNumber({ data }: RecordEntry): boolean {
  const { name, content } = data;
  return (
    name === 'customsResponse' && typeof content === 'object' && content !== null && 'declarationNumber' in content
  );
}

/** Settings are read only where a deadline hangs on them: most writes bring no new wait. */
async function deadlinesOf(transaction: Transaction, awaited: RecordProgressInput['awaited']) {
  if (awaited.length === 0) return {};
  const settings = await settingsOf(transaction);
  return Object.fromEntries(awaited.map(({ id, basis }) => [id, deadlineOf(basis, settings)]));
}
