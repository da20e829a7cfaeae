/** The customs broker at the destination: clears with the dossier that it is sent, and passes on what the authority does and asks. */
import { type BrokerInstruction, brokerInstructionSchema, type InstructionReceipt } from '../activities/broker/wire.ts';
import { type Body, type Course, type Courses, courseFor, days, type Step } from './course.ts';
import { digitsFrom, inbound, type Party, type Reaction, type Reading } from './party.ts';

/** What the destination's customs did. */
function destination(effect: string, when: number, more: Body = {}): Step {
  return {
    when,
    door: 'customs-response',
    body: { side: 'destination', entryNumber: '@entryNumber', effect, ...more },
  };
}

const questions = [
  'State the cost breakdown of each line: materials, labour, overheads, packing, profit, and any assists such as moulds or designs supplied by the buyer free of charge.',
  'State of what material each article is made, with the share of each material by weight and by value, and attach the data sheets.',
  'Describe for what the article is used, by whom and where, and attach the product literature given to the final buyer.',
];

const examination: Course = [
  destination('hold-placed', days(1), { hold: 'CBP', note: 'intensive exam, CES' }),
  destination('exam-ordered', days(1, 1), { hold: 'CBP', note: 'intensive exam, CES' }),
  destination('note', days(3), {
    note: 'request for information received from the port',
    notice: { form: 'CBP Form 28', number: '@noticeNumber', datedOn: '@today', dueOn: '@today+30', questions },
  }),
];
const examined: Course = [
  {
    when: days(4),
    door: 'inspection-result',
    body: { side: 'destination', kind: 'unpacking', outcome: 'released', findings: [], papers: [] },
  },
  destination('hold-removed', days(4, 1), { hold: 'CBP' }),
  destination('released', days(5)),
];

const courses: Courses<BrokerInstruction['kind']> = {
  'clearance-dossier': {
    plain: [destination('released', days(2))],
    EXAM: examination,
    NOENTRY: [
      destination('entry-refused', days(2), { note: 'the goods may not enter: export or destroy them within 90 days' }),
    ],
  },
  'status-request': { plain: [] },
  'case-answer': { plain: [], EXAM: examined },
};

function react({ key, body, earlier }: Reading<BrokerInstruction>): Reaction {
  const answer: InstructionReceipt = { instructionReference: key.text, status: 'taken' };
  // The first answer to a case moves it on; a better one later must not release the goods a second time.
  const answered = body.kind === 'case-answer' && earlier.some((each) => kindOf(each.body) === 'case-answer');
  const shipment = `${key.organisation}/${key.reference}`;
  return {
    answer,
    later: answered ? [] : courseFor(courses, body.kind, key.reference),
    values: { entryNumber: entryNumber(shipment), noticeNumber: `CF28-${digitsFrom(`Notice ${key.text}`, 8)}` },
  };
}

const kindOf = (body: unknown): string | undefined => brokerInstructionSchema.safeParse(body).data?.kind;

/** In the form of a CBP entry number: filer, number, check digit (not reckoned). */
function entryNumber(shipment: string): string {
  const digits = digitsFrom(`Entry ${shipment}`, 8);
  return `QSB-${digits.slice(0, 7)}-${digits.slice(7)}`;
}

/** One broker for every destination; its cases are American. */
export const broker: Party = {
  name: 'broker',
  utcOffsetInHours: 0,
  courses,
  inbound: [
    inbound({
      kind: 'instruction',
      path: '/instructions',
      schema: brokerInstructionSchema,
      keyOf: (instruction) => instruction.instructionReference,
      sentAtOf: (instruction) => instruction.sentAt,
      react,
    }),
  ],
};
