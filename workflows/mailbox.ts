import type { Instant } from '../rules/civil-date.ts';
import { isStorable } from '../rules/storable-text.ts';
import { entryOf, type ShipmentState } from './carried.ts';
import { digestOf } from './digest.ts';
import { recordFact } from './facts.ts';
import { type MessageName, type MessageOf, shipmentMessages, type Verdict } from './messages.ts';
import type { Recorder } from './recorder.ts';
import { judge } from './verdicts.ts';

const JOURNAL_LENGTH = 50;
/** More than a journal line needs; a megabyte typed by hand must not stay in the state. */
const REASON_LENGTH = 300;
/** As the schema allows; what is longer is unreadable, and cut for the journal. */
const MESSAGE_ID_LENGTH = 200;

/** Takes messages in, whoever sends them: shape, double delivery, verdict, fact, journal. Never throws, awaits nothing. */
export class Mailbox {
  private readonly state: ShipmentState;
  private readonly recorder: Recorder;
  private readonly now: () => Instant;

  constructor(state: ShipmentState, recorder: Recorder, now: () => Instant) {
    this.state = state;
    this.recorder = recorder;
    this.now = now;
  }

  /** The verdict on a message, after recording it and what it changes. */
  receive(name: MessageName, raw: unknown): Verdict {
    const read = shipmentMessages[name].schema.safeParse(raw);
    const trouble = read.success ? unstorable(read.data) : unreadable(read.error.issues[0]);
    if (!read.success || trouble)
      return this.journal(
        name,
        messageIdOf(raw),
        { status: 'impossible', reason: clipped(trouble ?? 'unreadable') },
        rawText(raw),
      );
    const message = read.data;
    const digest = digestOf(message);
    const seen = entryOf(this.state.messages.seen, message.messageId);
    if (seen)
      return this.journal(
        name,
        message.messageId,
        seen.name === name && seen.digest === digest
          ? { status: 'duplicate', reason: 'received before' }
          : conflict(message.messageId),
      );
    const verdict = judge(name, this.state, message as never);
    // An impossible one changed nothing: sent again it gets the same answer, or is taken when its time has come.
    if (verdict.status === 'applied' || verdict.status === 'held')
      this.state.messages.seen[message.messageId] = { name, digest };
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
        const verdict = judge(name, this.state, message as never);
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
    name: MessageName,
    messageId: string | undefined,
    verdict: Verdict,
    content?: MessageOf<MessageName> | string,
  ): Verdict {
    this.remember(name, messageId, verdict);
    this.recorder.note('message', { name, messageId, ...verdict, ...(content ? { content } : {}) });
    return verdict;
  }

  private remember(name: MessageName, messageId: string | undefined, verdict: Verdict): void {
    this.state.journal = [...this.state.journal, { name, messageId, at: this.now(), ...verdict }].slice(
      -JOURNAL_LENGTH,
    );
  }
}

/** Text for a journal line or a title. */
export function clipped(text: string, most = REASON_LENGTH): string {
  // By characters, so that none is cut in half; and what PostgreSQL cannot keep is a question mark.
  const characters = [...text].map((character) => (isStorable(character) ? character : '?'));
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most).join('')}…`;
}

function conflict(messageId: string): Verdict {
  return {
    status: 'conflict',
    reason: `messageId ${messageId} was used before with other content: use a new id for a new message`,
  };
}

function unreadable(issue: { path: PropertyKey[]; message: string } | undefined): string {
  return `unreadable: ${issue?.path.join('.') || 'the message'}: ${issue?.message ?? 'not understood'}`;
}

/** What was sent, as far as a journal keeps it: an unreadable message is not lost. */
function rawText(raw: unknown): string {
  // JSON writes what PostgreSQL cannot keep as escapes; they go the same way.
  return clipped(JSON.stringify(raw)?.replace(/\\u(0000|d[89a-f]..)/gi, '?') ?? 'nothing');
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
