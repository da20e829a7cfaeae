/** Our declaration as the wire of customs writes it (activities/customs/wire.ts). Decides nothing: what is declared stands in the draft. */
import type { DecMessage } from '../../activities/customs/wire.ts';
import type { Reference } from '../../reference/load.ts';
import { type CivilDate, chinaDate, type Instant } from '../civil-date.ts';
import type { DeclarationDraft } from '../documents/content.ts';
import { compare, roundTo } from '../money.ts';
import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import { declarationDraftOf } from './draft.ts';

/** What a filing is made from. */
export interface DecMessageInput {
  /** As amended. */
  order: Order;
  settings: Settings;
  /** Our outbound key, `<organisation>/<reference>/declaration/<revision>`: the client sequence number. */
  key: string;
  revision: number;
  /** Of the declaration that this one corrects (修改), 18 digits. */
  earlierDeclarationNumber?: string;
  plannedExportOn: CivilDate;
  asOf: Instant;
  reference: Reference;
}

/** The declaration of an order. The same input gives the same message, so a repeated submission is the same filing. */
export function decMessageOf(input: DecMessageInput): DecMessage {
  const organisation = input.key.split('/')[0] ?? '';
  const draft = declarationDraftOf({ ...input, organisation });
  return {
    DecHead: headOf(draft, input),
    DecLists: listsOf(draft),
    DecSign: { OperType: 'C', ClientSeqNo: input.key, SignTime: input.asOf },
  };
}

function headOf(
  draft: DeclarationDraft,
  { earlierDeclarationNumber, revision, plannedExportOn, asOf }: DecMessageInput,
): DecMessage['DecHead'] {
  return {
    SeqNo: '',
    EntryId: earlierDeclarationNumber ?? '',
    IEFlag: 'E',
    CutMode: draft.levy,
    TradeMode: draft.supervisionMode,
    TradeName: draft.seller.nameZh,
    TradeCoScc: draft.seller.taxId,
    OverseasConsigneeEname: draft.consignee.name,
    IEDate: compact(plannedExportOn),
    DDate: compact(chinaDate(asOf)),
    TrafMode: draft.transportMode,
    TrafName: draft.vessel,
    TradeCountry: draft.destinationCountry,
    DistinatePort: draft.destinationPort,
    TransMode: draft.transactionMode,
    ...chargesOf(draft),
    PackNo: String(draft.packages),
    WrapType: draft.wrapCode,
    GrossWet: headWeight(draft.grossWeightKg),
    NetWt: headWeight(draft.netWeightKg),
    ContrNo: draft.contractNumber,
    MarkNo: draft.marks,
    NoteS: [earlierDeclarationNumber ? `amendment, revision ${revision}` : '', draft.remarks]
      .filter((note) => note !== '')
      .join('; '),
  };
}

/** Freight and insurance by mark 3 (total amount); empty where the price has none. */
function chargesOf({ freight, insurance, currency }: DeclarationDraft) {
  const fee = compare(freight, '0') > 0;
  const insured = compare(insurance, '0') > 0;
  return {
    FeeMark: fee ? '3' : '',
    FeeRate: fee ? freight : '',
    FeeCurr: fee ? currency : '',
    InsurMark: insured ? '3' : '',
    InsurRate: insured ? insurance : '',
    InsurCurr: insured ? currency : '',
  };
}

function listsOf(draft: DeclarationDraft): DecMessage['DecLists'] {
  return draft.lines.map((line) => ({
    GNo: String(line.no),
    CodeTS: line.hsCode,
    GName: line.nameZh,
    // A bar inside a value would shift every element after it.
    GModel: line.elements.map(({ value }) => value.replaceAll('|', '/')).join('|'),
    GQty: line.quantity,
    GUnit: line.unitCode,
    DeclPrice: roundTo(line.unitPrice, 4),
    DeclTotal: roundTo(line.total, 2),
    TradeCurr: draft.currency,
    OriginCountry: line.originCountry,
    DestinationCountry: draft.destinationCountry,
  }));
}

/** At most five decimals, without trailing zeros. Customs enters a weight under 1 kg as 1 (practice; needs confirmation). */
function headWeight(kg: string): string {
  return compare(kg, '1') < 0 ? '1' : roundTo(kg, 5).replace(/\.?0+$/, '');
}

function compact(date: CivilDate): string {
  return date.replaceAll('-', '');
}
