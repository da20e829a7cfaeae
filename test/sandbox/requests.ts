import type { BrokerInstruction } from '../../activities/broker/wire.ts';
import type { TrackingSubscription } from '../../activities/carrier/wire.ts';
import type { DecMessage } from '../../activities/customs/wire.ts';
import type { ClaimBatch, DoubtAnswer } from '../../activities/tax-bureau/wire.ts';
import { ORGANISATION } from './play.ts';

/** The time of every request below. */
export const SENT_AT = '2027-03-01T02:00:00.000Z';

/** So many hours after {@link SENT_AT}. */
export function hoursLater(hours: number): string {
  return new Date(Date.parse(SENT_AT) + hours * 3_600_000).toISOString();
}

export const keyOf = (reference: string, step: string, revision = 1) =>
  `${ORGANISATION}/${reference}/${step}/${revision}`;

/** Declared at 0.9 USD apiece, to leave on 4 March 2027. */
export function declaration(reference: string, revision = 1, signTime = SENT_AT): DecMessage {
  return {
    DecHead: {
      SeqNo: '', EntryId: '', IEFlag: 'E', CutMode: '101', TradeMode: '0110', TradeName: '示例进出口有限公司', TradeCoScc: '91330200MA0000000X',
      OverseasConsigneeEname: 'Buyer Inc.', IEDate: '20270304', DDate: '20270301', TrafMode: '2', TrafName: 'EVER GIVEN', TradeCountry: 'USA',
      DistinatePort: 'USLAX', TransMode: '3', FeeMark: '', FeeRate: '', FeeCurr: '', InsurMark: '', InsurRate: '', InsurCurr: '', PackNo: '10',
      WrapType: '22', GrossWet: '100.00000', NetWt: '90.00000', ContrNo: 'C-1', MarkNo: 'N/M', NoteS: '',
    }, // biome-ignore format: a form
    DecLists: [
      {
        GNo: '1', CodeTS: '7013370000', GName: '玻璃瓶', GModel: '0|0|', GQty: '5000', GUnit: '007', DeclPrice: '0.9000', DeclTotal: '4500.00',
        TradeCurr: 'USD', OriginCountry: 'CHN', DestinationCountry: 'USA',
      }, // biome-ignore format: a form
    ],
    DecSign: { OperType: 'C', ClientSeqNo: keyOf(reference, 'declaration', revision), SignTime: signTime },
  };
}

export function subscription(reference: string, more: Partial<TrackingSubscription> = {}): TrackingSubscription {
  return {
    subscriptionReference: keyOf(reference, 'tracking'),
    shipmentReference: reference,
    transportMode: 'sea',
    portOfLoading: 'CNNGB',
    destinationCountry: 'US',
    plannedDeparture: '2027-03-04',
    subscribedAt: SENT_AT,
    ...more,
  };
}

export function instruction(
  reference: string,
  kind: BrokerInstruction['kind'],
  step: string,
  sentAt = SENT_AT,
): BrokerInstruction {
  return {
    instructionReference: keyOf(reference, step),
    shipmentReference: reference,
    kind,
    destinationCountry: 'US',
    subject: 'Bottles',
    body: 'as attached',
    documentIds: ['D-1'],
    sentAt,
  };
}

/** A refund of 6,760.00 CNY. */
export function claim(reference: string, revision = 1): ClaimBatch {
  return {
    batchReference: keyOf(reference, 'claim', revision),
    claimantTaxId: '91330200MA0000000X',
    period: '202703',
    exportLines: [],
    purchaseLines: [],
    refundClaimed: '6760.00',
    submittedAt: SENT_AT,
  };
}

export function doubtAnswer(reference: string, submittedAt: string, revision = 1): DoubtAnswer {
  return {
    answerReference: keyOf(reference, 'doubts-1-1', revision),
    batchReference: keyOf(reference, 'claim'),
    round: 1,
    explanation: 'the invoice was red-lettered and re-issued',
    evidence: ['D-2'],
    submittedAt,
  };
}
