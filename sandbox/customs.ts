/** China customs (海关) behind the Single Window: takes declarations and answers with receipts 回执, sometimes with an inspection. */
import {
  type DecImportResponse,
  type DeclarationStatus,
  type DecMessage,
  type DecResult,
  decImportResponseSchema,
  decMessageSchema,
} from '../activities/customs/wire.ts';
import { type Body, type Courses, courseFor, days, hours, type Step, silently } from './course.ts';
import { digitsFrom, inbound, type OutAnswer, type Party, type Reaction, type Reading, Unreadable } from './party.ts';
import type { Received } from './record.ts';

const notes = {
  J: '通关无纸化审结 (reviewed)',
  C: '布控查验 (inspection ordered)',
  P: '放行 (released)',
  R: '结关 (closed)',
  Z: '退单：第1项申报要素不完整，请补充品牌类型后重新申报 (sent back: item 1, the declaration elements are incomplete, add the brand type and declare again)',
};

/** A receipt with its channel code; released and closed ones carry the export date. */
function receipt(channel: keyof typeof notes, when: Step['when'], note = notes[channel]): Step {
  const exportedOn: Body = channel === 'P' || channel === 'R' ? { exportedOn: '@exportedOn' } : {};
  const body = {
    side: 'export',
    clientSequenceNumber: '@key',
    declarationNumber: '@entryId',
    channel,
    note,
    noticeTime: '@now',
    ...exportedOn,
  };
  return { when, door: 'customs-response', body };
}

function inspection(outcome: string, when: number, findings: readonly Body[] = []): Step {
  return {
    when,
    door: 'inspection-result',
    body: { side: 'export', kind: 'unpacking', outcome, findings, papers: [] },
  };
}

const underpriced = { line: 1, what: 'unit price', declared: '@declaredPrice', found: '1.90' };
const plain = [receipt('J', hours(1)), receipt('P', hours(2.5)), receipt('R', 'closing')];
const inspected = [
  receipt('J', hours(1)),
  receipt('C', hours(2.5)),
  inspection('released', hours(27)),
  receipt('P', hours(28.5)),
  receipt('R', 'closing'),
];
const seized = [receipt('C', hours(1.5)), inspection('seized', hours(27))];

/** `closing`: three days after the export date at 10:00 in China, when the carrier's manifest has reached customs. */
const courses: Courses<'first' | 'amended'> = {
  first: {
    plain,
    RETURNED: [receipt('Z', hours(1))],
    INSPECT: inspected,
    UNDERVALUED: [
      receipt('J', hours(1)),
      receipt(
        'C',
        hours(2.5),
        '布控查验：申报单价低于同类出口货物的60% (inspection ordered: price under 60 % of comparable exports)',
      ),
      inspection('discrepancy', hours(27), [underpriced]),
    ],
    SILENT: silently(plain),
    SEIZED: seized,
  },
  amended: {
    plain,
    INSPECT: inspected,
    UNDERVALUED: [receipt('J', hours(1)), receipt('P', hours(2.5)), receipt('R', 'closing')],
    SILENT: silently(plain),
    SEIZED: seized,
  },
};

/** The 18-digit declaration number of a shipment, one of Ningbo's; an amendment keeps it. */
function entryId(organisation: string, reference: string): string {
  return `3104${digitsFrom(`EntryId ${organisation}/${reference}`, 14)}`;
}

/** `YYYYMMDD` as `YYYY-MM-DD`. */
function exportDate(ieDate: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(ieDate) ?? [];
  const date = `${year}-${month}-${day}`;
  if (Number.isNaN(Date.parse(date)))
    throw new Unreadable(`DecHead.IEDate: ${JSON.stringify(ieDate)} is not a date YYYYMMDD`);
  return date;
}

function react({ key, body, earlier }: Reading<DecMessage>): Reaction {
  const exportedOn = exportDate(body.DecHead.IEDate);
  // Not by the revision's number: corrections before the first filing count too, and customs never saw them.
  const stage = earlier.some((each) => each.kind === 'declaration') ? 'amended' : 'first';
  const response: DecImportResponse = {
    ResponseCode: '0',
    ErrorMessage: '',
    ClientSeqNo: key.text,
    SeqNo: digitsFrom(`SeqNo ${key.text}`, 18),
  };
  return {
    answer: response,
    later: courseFor(courses, stage, key.reference),
    moments: { closing: new Date(Date.parse(`${exportedOn}T10:00:00+08:00`) + days(3)).toISOString() },
    values: {
      key: key.text,
      entryId: entryId(key.organisation, key.reference),
      exportedOn,
      declaredPrice: body.DecLists[0]?.DeclPrice,
    },
  };
}

/** Receipts only: how an inspection ended is told by the inspectors, not by the declaration's status. */
function status(received: Received, out: readonly OutAnswer[]): DeclarationStatus {
  const response = decImportResponseSchema.parse(received.answer);
  const receipts = out.filter(
    ({ answer, body }) => answer.door === 'customs-response' && body.clientSequenceNumber === received.key,
  );
  return { response, receipts: receipts.map(({ at, body }) => decResult(response, at, body)) };
}

function decResult(response: DecImportResponse, at: string, body: Body): DecResult {
  const exported = body.exportedOn === undefined ? {} : { I_E_DATE: String(body.exportedOn).replaceAll('-', '') };
  return {
    CUS_CIQ_NO: response.SeqNo ?? '',
    ENTRY_ID: String(body.declarationNumber),
    NOTICE_DATE: at,
    CHANNEL: String(body.channel),
    NOTE: String(body.note),
    ...exported,
  };
}

/** 海关. */
export const customs: Party = {
  name: 'customs',
  utcOffsetInHours: 8,
  courses,
  inbound: [
    inbound({
      kind: 'declaration',
      path: '/declarations',
      schema: decMessageSchema,
      keyOf: (message) => message.DecSign.ClientSeqNo,
      sentAtOf: (message) => message.DecSign.SignTime,
      react,
      status,
    }),
  ],
};
