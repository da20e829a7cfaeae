import { addDays, type CivilDate, chinaDate, type Instant } from '../../rules/civil-date.ts';
import { decMessageOf } from '../../rules/declaration/dec-message.ts';
import { amendOrder } from '../../rules/order/amend.ts';
import { findShipment } from '../../store/shipments.ts';
import type { CustomsResponse } from '../../workflows/messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { httpDoor } from '../http.ts';
import type { LineCorrections, ShipmentName } from '../records/contract.ts';
import { settingsOfLockedPapers } from '../records/settings-of-papers.ts';
import { sendOnce } from '../send-once.ts';
import { type DecMessage, type DecResult, decImportResponseSchema, declarationStatusSchema } from './wire.ts';

export interface FileDeclarationInput extends ShipmentName {
  key: string;
  revision: number;
  asOf: Instant;
  /** Those that the locked papers contain. */
  amendments: LineCorrections[];
  /** Of the declaration that this one corrects. */
  earlierDeclarationNumber: string | null;
}

/** Taken: customs answers later, by receipts. Refused: the client would not take it, and says why. */
export type FileDeclarationAnswer =
  | { kind: 'will-answer'; sequenceNumber: string }
  | { kind: 'refused'; reason: string };

export function customsActivities({ database, counterparties, reference: law }: Dependencies) {
  const door = httpDoor('customs', counterparties.customs);
  return {
    /** Files the declaration of these papers. A repeated call is the same filing. */
    async fileDeclaration(input: FileDeclarationInput): Promise<FileDeclarationAnswer> {
      const { organisation, reference, key, revision, asOf } = input;
      const response = await sendOnce(database, {
        organisation,
        reference,
        key,
        party: 'customs',
        kind: revision === 1 ? 'declaration' : 'amendment',
        asOf,
        body: (): Promise<DecMessage> =>
          database.within(organisation, async (transaction) => {
            const shipment = await findShipment(transaction, reference);
            if (!shipment) throw new Error(`there is no shipment ${reference}`);
            const order = amendOrder(shipment.order, input.amendments);
            return decMessageOf({
              order,
              settings: await settingsOfLockedPapers(transaction, reference),
              key,
              revision,
              earlierDeclarationNumber: input.earlierDeclarationNumber ?? undefined,
              plannedExportOn: plannedExport(order.plannedExportOn, asOf),
              asOf,
              reference: law,
            });
          }),
        send: (body) => door.post('/declarations', body, decImportResponseSchema),
        find: async () =>
          (await door.find(`/declarations/${encodeURIComponent(key)}`, declarationStatusSchema))?.response,
        isRefusal: ({ ResponseCode }) => ResponseCode !== '0',
      });
      if (response.ResponseCode !== '0')
        return { kind: 'refused', reason: response.ErrorMessage || `response code ${response.ResponseCode}` };
      return { kind: 'will-answer', sequenceNumber: response.SeqNo ?? '' };
    },

    /** Asks customs what it has under our key: silence is asked about, never filed again to find out. */
    async findCustomsAnswers({
      key,
      asOf,
    }: ShipmentName & { key: string; asOf: Instant }): Promise<{ messages: CustomsResponse[] }> {
      const status = await door.find(`/declarations/${encodeURIComponent(key)}?asOf=${asOf}`, declarationStatusSchema);
      return { messages: (status?.receipts ?? []).map((receipt) => messageOf(receipt, key)) };
    },
  };
}
export type CustomsActivities = ReturnType<typeof customsActivities>;

/** A planned day that has passed is no plan: the goods leave tomorrow at the earliest. */
function plannedExport(planned: CivilDate | undefined, asOf: Instant): CivilDate {
  const tomorrow = addDays(chinaDate(asOf), 1);
  return planned && planned > tomorrow ? planned : tomorrow;
}

/** Our words for a receipt. Its id is made of what it says, so that a receipt that was asked for and one that was sent are one message. */
function messageOf(receipt: DecResult, key: string): CustomsResponse {
  return {
    messageId: `customs/asked/${key}/${receipt.CHANNEL}/${receipt.NOTICE_DATE}`,
    occurredAt: receipt.NOTICE_DATE,
    source: 'customs, when asked',
    side: 'export',
    clientSequenceNumber: key,
    declarationNumber: receipt.ENTRY_ID || undefined,
    channel: receipt.CHANNEL,
    note: receipt.NOTE || undefined,
    noticeTime: receipt.NOTICE_DATE,
    exportedOn: receipt.I_E_DATE
      ? (`${receipt.I_E_DATE.slice(0, 4)}-${receipt.I_E_DATE.slice(4, 6)}-${receipt.I_E_DATE.slice(6, 8)}` as CivilDate)
      : undefined,
  };
}
