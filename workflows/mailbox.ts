import type { Instant } from '../rules/civil-date.ts';
import { isStorable } from '../rules/storable-text.ts';
import { entryOf, type Misfit, type ShipmentState } from './carried.ts';
import { digestOf } from './digest.ts';
import { recordFact } from './facts.ts';
import { type MessageName, type MessageOf, shipmentMessages, type Verdict } from './messages.ts';
import type { Recorder } from './recorder.ts';
import { RoomInFile, tooManyFiles } from './room.ts';
import { clipped } from './text.ts';
import { aheadOfItsTime, judge } from './verdicts.ts';

const JOURNAL_LENGTH = 50;
/** As the schema allows; what is longer is unreadable, and cut for the journal. */
const MESSAGE_ID_LENGTH = 200;
/** Misfits that a question can show; more of them say the same. */
const MISFITS_WAITING_MOST = 20;

/** Takes messages in, whoever sends them: shape, double delivery, verdict, fact, journal. Never throws, awaits nothing. */
export class Mailbox {
  private readonly state: ShipmentState;
  private readonly recorder: Recorder;
  private readonly now: () => Instant;
  private readonly room: RoomInFile;

  constructor(state: ShipmentState, recorder: Recorder, now: () => Instant) {
    this.state = state;
    this.recorder = recorder;
    this.now = now;
    this.room = new RoomInFile(state);
  }

  /** The verdict on a message, after recording it and what it changes. What makes no sense and nobody hears of is put to a person. */
  receive(name: MessageName, raw: unknown, heard = true): Verdict {
    const verdict = this.take(name, raw);
    if (!heard && (verdict.status === 'impossible' || verdict.status === 'conflict'))
      this.putAside({ name, messageId: messageIdOf(raw), reason: verdict.reason ?? verdict.status });
    return verdict;
  }

  /** What came under a name that no message has. */
  receiveUnknown(name: string, raw: unknown): void {
    const reason = `there is no signal ${clipped(name, 60)} here; a message may be an update, or go by the API`;
    this.journal(clipped(name, 60), messageIdOf(raw), { status: 'impossible', reason }, rawText(raw));
    this.putAside({ name: clipped(name, 60), messageId: messageIdOf(raw), reason });
  }

  private take(name: MessageName, raw: unknown): Verdict {
    const read = readMessage(name, raw);
    if ('trouble' in read)
      return this.journal(
        name,
        messageIdOf(raw),
        { status: 'impossible', reason: clipped(read.trouble) },
        rawText(raw),
      );
    const { message } = read;
    const { seen } = this.state.messages;
    const id = digestOf(message.messageId);
    const digest = digestOf({ name, message });
    const before = entryOf(seen, id);
    if (before)
      return this.journal(
        name,
        message.messageId,
        before === digest ? { status: 'duplicate', reason: 'received before' } : conflict(message.messageId),
      );
    if (this.state.closing !== null) return this.journal(name, message.messageId, { ...AFTER_THE_END }, message, true);
    const sense = aheadOfItsTime(message, this.now()) ?? this.judged(name, message);
    const makesSense = sense.status === 'applied' || sense.status === 'held';
    const verdict = (makesSense ? this.room.refusal(name, message as never) : undefined) ?? sense;
    // An impossible one changed nothing: sent again it gets the same answer, or is taken when its time has come.
    if (verdict.status === 'applied' || verdict.status === 'held') {
      seen[id] = digest;
      this.room.take(name, message as never);
    }
    this.journal(name, message.messageId, verdict, message);
    if (verdict.status === 'held') this.state.messages.held.push({ name, message });
    if (verdict.status === 'applied') {
      recordFact(name, this.state, message as never, this.now());
      this.applyHeld();
    }
    return verdict;
  }

  /** Judges the held messages again; called whenever the shipment has moved. One that applies may make way for another. */
  applyHeld(): void {
    for (let moved = true; moved; ) {
      const waiting = this.state.messages.held;
      this.state.messages.held = [];
      for (const { name, message } of waiting) {
        const verdict = this.judged(name, message);
        if (verdict.status === 'held') this.state.messages.held.push({ name, message });
        else this.release(name, message, verdict);
      }
      moved = this.state.messages.held.length < waiting.length && this.state.messages.held.length > 0;
    }
  }

  private release(name: MessageName, message: unknown, verdict: Verdict): void {
    this.recorder.note('message-applied', { name, messageId: messageIdOf(message), ...verdict, content: message });
    this.remember(name, messageIdOf(message), verdict);
    if (verdict.status === 'applied') recordFact(name, this.state, message as never, this.now());
  }

  private journal(
    name: string,
    messageId: string | undefined,
    verdict: Verdict,
    content?: MessageOf<MessageName> | string,
    late = false,
  ): Verdict {
    this.remember(name, messageId, verdict);
    this.recorder.note('message', { name, messageId, ...verdict, ...(content && { content }), ...(late && { late }) });
    return verdict;
  }

  /** Whether it makes sense, and a person can still be asked about it. */
  private judged(name: MessageName, message: unknown): Verdict {
    const verdict = judge(name, this.state, message as never);
    if (name !== 'receiveDocument' || verdict.status !== 'applied') return verdict;
    return tooManyFiles(this.state, (message as MessageOf<'receiveDocument'>).documentId) ?? verdict;
  }

  private putAside(misfit: Misfit): void {
    const { misfits } = this.state;
    if (misfits.waiting.length - misfits.inQuestion < MISFITS_WAITING_MOST) misfits.waiting.push(misfit);
  }

  private remember(name: string, messageId: string | undefined, verdict: Verdict): void {
    this.state.journal = [...this.state.journal, { name, messageId, at: this.now(), ...verdict }].slice(
      -JOURNAL_LENGTH,
    );
  }
}

/** Between the end and the moment in which the engine knows of it. */
const AFTER_THE_END: Verdict = { status: 'held', reason: 'the shipment has ended; a task was opened' };

function conflict(messageId: string): Verdict {
  return {
    status: 'conflict',
    reason: `messageId ${messageId} was used before with other content: use a new id for a new message`,
  };
}

function unreadable(issue: { path: PropertyKey[]; message: string } | undefined): string {
  return `unreadable: ${issue?.path.join('.') || 'the message'}: ${issue?.message ?? 'not understood'}`;
}

/** Larger than any message can be; what is larger is not looked into: that would take the workflow task's whole time. */
const MESSAGE_CHARACTERS_MOST = 200_000;

/** The message, or why there is none. Never throws: whoever types by hand may nest a million brackets. */
function readMessage<Name extends MessageName>(
  name: Name,
  raw: unknown,
): { message: MessageOf<Name> } | { trouble: string } {
  try {
    const characters = JSON.stringify(raw)?.length ?? 0;
    if (characters > MESSAGE_CHARACTERS_MOST)
      return {
        trouble: `unreadable: the message has ${characters} characters, and none has more than ${MESSAGE_CHARACTERS_MOST}`,
      };
    const read = shipmentMessages[name].schema.safeParse(raw);
    if (!read.success) return { trouble: unreadable(read.error.issues[0]) };
    const trouble = unstorable(read.data);
    return trouble === undefined ? { message: read.data as MessageOf<Name> } : { trouble };
  } catch {
    return { trouble: 'unreadable: the message is nested too deeply' };
  }
}

/** What was sent, as far as a journal keeps it: an unreadable message is not lost. */
function rawText(raw: unknown): string {
  try {
    // JSON writes what PostgreSQL cannot keep as escapes; they go the same way.
    return clipped(
      JSON.stringify(raw)
        ?.slice(0, 2000)
        .replace(/\\u(0000|d[89a-f]..)/gi, '?') ?? 'nothing',
    );
  } catch {
    return 'nested too deeply to be shown';
  }
}

/** PostgreSQL keeps neither NUL nor half a character: such a message would stop the recorder for ever. */
function unstorable(message: object): string | undefined {
  return hasStrangeText(message) ? 'unreadable: the text holds a NUL or half a character' : undefined;
}

function hasStrangeText(value: unknown): boolean {
  if (typeof value === 'string') return !isStorable(value);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([key, item]) => !isStorable(key) || hasStrangeText(item))
  );
}

function messageIdOf(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('messageId' in raw) || typeof raw.messageId !== 'string')
    return undefined;
  return clipped(raw.messageId, MESSAGE_ID_LENGTH);
}
