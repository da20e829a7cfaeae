import { taskIdOf } from './asked-task.ts';
import { entryOf, type ShipmentState } from './carried.ts';
import { carryOver } from './carry-over.ts';
import type { MessageName, MessageOf, Verdict } from './messages.ts';
import { bytesOf } from './text.ts';

/** How far a message may fill the file, in bytes, and the part of the room left that it may take by itself: one in `share`. */
interface Room {
  most: number;
  share: number;
}

/**
 * The engine carries two megabytes from one run to the next; a file that outgrows them stops its shipment for good. Papers
 * and files alone fill it to the first mark, whatever sends them in a loop; above it there is room for what authorities,
 * carriers and banks say, and at last for our own people's answers. A share: many small ones never take the last of it.
 */
const rooms = {
  papers: { most: 1_300_000, share: 20 },
  parties: { most: 1_550_000, share: 10 },
  people: { most: 1_700_000, share: 10 },
} satisfies Record<string, Room>;

/** Which room a message takes, and the bytes that it makes at most beside what it says: questions, waits, deadlines, answers. */
const takes: Record<MessageName, { room: Room; makes: number }> = {
  customsResponse: { room: rooms.parties, makes: 5000 },
  inspectionResult: { room: rooms.parties, makes: 3000 },
  logisticsEvent: { room: rooms.parties, makes: 100 },
  fxReceipt: { room: rooms.parties, makes: 1000 },
  taxResponse: { room: rooms.parties, makes: 3000 },
  submitDocument: { room: rooms.papers, makes: 1500 },
  submitDocuments: { room: rooms.papers, makes: 15_000 },
  receiveDocument: { room: rooms.papers, makes: 3000 },
  unlockDocuments: { room: rooms.papers, makes: 3000 },
  answerTask: { room: rooms.people, makes: 200 },
  amendDeclaration: { room: rooms.parties, makes: 1000 },
  registerVatInvoice: { room: rooms.parties, makes: 2500 },
  reviewAgain: { room: rooms.parties, makes: 3000 },
  cancelShipment: { room: rooms.people, makes: 100 },
};

/** What a question that is not put yet makes, what is not read yet, and a deadline that the recorder has not brought yet. */
const QUESTION_BYTES = 2500;
const UNREAD_BYTES = 1000;
const DEADLINE_BYTES = 700;
/** The file is weighed again when so much may have come: a weighing of a full one takes some hundredths of a second. */
const WEIGHED_EVERY_BYTES = 100_000;
/** More files than a shipment has papers; whoever sends more sends them in a loop. */
export const UNCONFIRMED_FILES_MOST = 100;

/** How much the file of a shipment still takes. What a message makes is counted high, and weighed where that count fills the file. */
export class RoomInFile {
  private readonly state: ShipmentState;
  private weighed: number;

  constructor(state: ShipmentState) {
    this.state = state;
    this.weighed = state.messages.bytes;
  }

  /** Counts a message that was taken. */
  take<Name extends MessageName>(name: Name, message: MessageOf<Name>): void {
    this.state.messages.bytes += this.bytesMadeBy(name, message, bytesOf(JSON.stringify(message)));
  }

  /** Why a message that makes sense cannot be taken; undefined when it can. */
  refusal<Name extends MessageName>(name: Name, message: MessageOf<Name>): Verdict | undefined {
    const bytes = bytesOf(JSON.stringify(message));
    const { most, share } = takes[name].room;
    const fits = () => {
      const room = most - this.state.messages.bytes;
      return bytes * share <= room && this.bytesMadeBy(name, message, bytes) <= room;
    };
    if (fits()) return undefined;
    if (this.state.messages.bytes - this.weighed >= WEIGHED_EVERY_BYTES) {
      this.weighed = weightOf(this.state);
      this.state.messages.bytes = this.weighed;
      if (fits()) return undefined;
    }
    return { status: 'impossible', reason: nearlyFull(name, bytes) };
  }

  /** What it says stands in the file twice at most: as the fact, and in what is asked about it. */
  private bytesMadeBy<Name extends MessageName>(name: Name, message: MessageOf<Name>, bytes: number): number {
    const { makes } = takes[name];
    if (name !== 'amendDeclaration') return 2 * bytes + makes;
    // A correction answers every open question of its kind, each in its words.
    const open = Object.values(this.state.tasks).filter(({ answer, moot }) => answer === null && !moot);
    return 2 * bytes + makes + open.length * bytesOf((message as MessageOf<'amendDeclaration'>).reason);
  }
}

function nearlyFull(name: MessageName, bytes: number): string {
  const what = `and this one has ${bytes} bytes: is a sender in a loop? What is long belongs into a document`;
  return takes[name].room === rooms.papers
    ? `the shipment's file is nearly full of papers and files, ${what}. The room that is left is for customs, carriers, banks and answers`
    : `the shipment's file is nearly full of messages, ${what}`;
}

/** Why one more file is not taken while so many wait for a person; undefined when it is. The same paper in a new file takes the place of the one before. */
export function tooManyFiles(state: ShipmentState, documentId: string): Verdict | undefined {
  const waiting = state.review.asides.filter(
    ({ question, settled, moot }) =>
      question.kind === 'document-unconfirmed' &&
      !settled &&
      !moot &&
      question.documentId !== documentId &&
      !entryOf(state.tasks, taskIdOf(state, question.key))?.answer,
  );
  if (waiting.length < UNCONFIRMED_FILES_MOST) return undefined;
  return {
    status: 'impossible',
    reason: `${waiting.length} files of this shipment wait to be confirmed: confirm them, or answer that they are not of this shipment, then send this one again`,
  };
}

/** Bytes of the file as the next run would get it, once all that is noted is written and all that came has been asked about. */
export function weightOf(state: ShipmentState): number {
  const { bytes } = carryOver({ ...state, records: { ...state.records, pending: [] } }).messages;
  const unasked = state.review.asides.filter(
    ({ question, settled }) => !settled && !entryOf(state.tasks, taskIdOf(state, question.key)),
  );
  const unread = [
    state.review.changes,
    state.customs,
    state.exportInspections,
    state.destination.news,
    state.destination.inspections,
    state.claim.steps,
  ].reduce((sum, { items, read }) => sum + items.length - read, 0);
  const unclocked = state.waits.filter(({ deadline }) => deadline === null);
  const held = state.messages.held.reduce((sum, { name }) => sum + takes[name].makes, 0);
  const heldText = state.messages.held.length === 0 ? 0 : bytesOf(JSON.stringify(state.messages.held));
  return (
    bytes +
    unasked.length * QUESTION_BYTES +
    unread * UNREAD_BYTES +
    unclocked.length * DEADLINE_BYTES +
    held +
    heldText
  );
}
