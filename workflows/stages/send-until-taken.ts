import type { Lane } from '../carried.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import type { Wait } from '../wait.ts';

/** A refusal is settled by a person and sent again under the next revision; anything else is the answer. `owed`: what is waited for from the sending on. */
export async function sendUntilTaken<T extends { kind: string }>(
  file: ShipmentFile,
  lane: Lane,
  party: string,
  step: string,
  send: (key: string) => Promise<T>,
  { first = 1, owed }: { first?: number; owed?: Wait } = {},
): Promise<{ answer: Exclude<T, { kind: 'refused' }>; revision: number }> {
  for (let revision = first; ; revision++) {
    const key = file.key(step, revision);
    if (owed) file.foresee(owed);
    const answer = await file.attempt(step, lane, () => send(key));
    if (answer.kind !== 'refused') return { answer: answer as Exclude<T, { kind: 'refused' }>, revision };
    if (owed) file.forgo(owed);
    await file.ask(questions.counterpartyRefused(party, key, 'reason' in answer ? String(answer.reason) : ''), lane);
  }
}
