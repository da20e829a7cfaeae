import type { Lane } from '../carried.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';

/** A refusal is settled by a person and sent again under the next revision; anything else is the answer. */
export async function sendUntilTaken<T extends { kind: string }>(
  file: ShipmentFile,
  lane: Lane,
  party: string,
  step: string,
  send: (key: string) => Promise<T>,
  first = 1,
): Promise<{ answer: Exclude<T, { kind: 'refused' }>; revision: number }> {
  for (let revision = first; ; revision++) {
    const key = file.key(step, revision);
    const answer = await file.attempt(step, lane, () => send(key));
    if (answer.kind !== 'refused') return { answer: answer as Exclude<T, { kind: 'refused' }>, revision };
    await file.ask(questions.counterpartyRefused(party, key, 'reason' in answer ? String(answer.reason) : ''), lane);
  }
}
