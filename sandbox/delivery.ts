/** Brings a party's answers to our public API, one after another for each shipment. */
import { type Body, spokenAt } from './course.ts';
import type { Answer, ShipmentRecord } from './record.ts';

/** Our public API, as its counterparties know it. */
export interface Quayside {
  /** Without a slash at the end. */
  readonly url: string;
  /** Bearer key of {@link organisation}. */
  readonly key: string;
  /** Shipments of another organisation cannot be answered with this key: its reference could be another shipment of ours. */
  readonly organisation: string;
}

/** An answer did not get through; it stays to be delivered. */
export class Undelivered extends Error {}

/** What `POST /deliver-due` tells. */
export interface DeliveryReport {
  readonly delivered: number;
  /** The next answer's business time, ISO 8601 UTC. */
  readonly nextDueAt: string | null;
}

/** Received for good, whatever the receiver thinks of it: a second delivery would not change its mind. */
const received = (status: number) => (status >= 200 && status < 300) || [404, 409, 422].includes(status);

/** Longer than any answer of a healthy API: an update waits for a worker. */
const ANSWER_WITHIN_MS = 30_000;

export class Delivery {
  readonly #record: ShipmentRecord;
  readonly #quayside: Quayside;
  readonly #source: string;
  readonly #utcOffsetInHours: number;
  readonly #stopping = new AbortController();
  /** The last delivery under way for each shipment: two at once could overtake each other. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(record: ShipmentRecord, quayside: Quayside, party: { name: string; utcOffsetInHours: number }) {
    this.#record = record;
    this.#quayside = quayside;
    this.#source = party.name;
    this.#utcOffsetInHours = party.utcOffsetInHours;
  }

  /** Whether the key that we hold may speak for this organisation's shipments. */
  speaksFor(organisation: string): boolean {
    return organisation === this.#quayside.organisation;
  }

  /**
   * Delivers everything due by then, in order of due time, what is planned meanwhile included.
   * @param onDelivered called after each, so that a failure later on does not hide what got through.
   * @throws Undelivered at the first answer that does not get through.
   */
  deliverDue(organisation: string, reference: string, asOf: string, onDelivered: () => void = () => {}): Promise<void> {
    return this.#inTurn(organisation, reference, async () => {
      for (
        let next = this.#next(organisation, reference);
        next && Date.parse(next.dueAt) <= Date.parse(asOf);
        next = this.#next(organisation, reference)
      ) {
        await this.#deliver(next, reference, next.dueAt);
        onDelivered();
      }
    });
  }

  /**
   * Delivers the next answer, due or not, as happening now.
   * @throws Undelivered when it does not get through.
   */
  deliverNext(organisation: string, reference: string, now: () => string): Promise<void> {
    return this.#inTurn(organisation, reference, async () => {
      const next = this.#next(organisation, reference);
      if (next) await this.#deliver(next, reference, now());
    });
  }

  /** When the next answer of a shipment is due, ISO 8601 UTC. */
  nextDueAt(organisation: string, reference: string): string | null {
    return this.#next(organisation, reference)?.dueAt ?? null;
  }

  /** Gives up what is under way; it stays to be delivered. */
  stop(): void {
    this.#stopping.abort();
  }

  #next(organisation: string, reference: string): Answer | undefined {
    return this.#record.pending(organisation, reference)[0];
  }

  #inTurn(organisation: string, reference: string, work: () => Promise<void>): Promise<void> {
    const shipment = `${organisation}/${reference}`;
    const turn = (this.#underWay.get(shipment) ?? Promise.resolve()).then(work);
    const settled = turn
      .catch(() => {})
      .finally(() => {
        if (this.#underWay.get(shipment) === settled) this.#underWay.delete(shipment);
      });
    this.#underWay.set(shipment, settled);
    return turn;
  }

  async #deliver(answer: Answer, reference: string, moment: string): Promise<void> {
    // The moment of the first attempt stands: the same message id with another content would be a conflict.
    const occurredAt = this.#record.saidAt(answer) ?? moment;
    if (this.#record.saidAt(answer) === undefined)
      this.#record.append({ line: 'sending', messageId: answer.messageId, occurredAt });
    const body = {
      messageId: answer.messageId,
      occurredAt,
      source: this.#source,
      ...spokenAt(answer.body, occurredAt, this.#utcOffsetInHours),
    };
    const { status, text } = await this.#post(reference, answer, body);
    if (!received(status)) throw new Undelivered(`${answer.messageId}: answered ${status} ${text}`.trim());
    this.#record.append({
      line: 'delivered',
      messageId: answer.messageId,
      at: new Date().toISOString(),
      status,
      verdict: text,
    });
  }

  async #post(reference: string, answer: Answer, body: Body): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(
        `${this.#quayside.url}/v1/shipments/${encodeURIComponent(reference)}/events/${answer.door}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#quayside.key}` },
          body: JSON.stringify(body),
          signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.#stopping.signal]),
        },
      );
      return { status: response.status, text: (await response.text()).slice(0, 500) };
    } catch (cause) {
      const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
      throw new Undelivered(`${answer.messageId}: not reached: ${reason}`, { cause });
    }
  }
}
