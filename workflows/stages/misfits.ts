import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';

/** Messages that make no sense, from senders who hear no verdict: a person is asked about all that wait, one question at a time. */
export async function settleMisfits(file: ShipmentFile): Promise<never> {
  const { misfits } = file.state;
  for (;;) {
    await file.when(() => misfits.waiting.length > 0);
    // Carried over while the question is open, it is about those that stood in it.
    misfits.inQuestion ||= misfits.waiting.length;
    await file.ask(
      questions.messageMisfit(misfits.waiting.slice(0, misfits.inQuestion), misfits.asked + 1),
      'logistics',
    );
    misfits.waiting = misfits.waiting.slice(misfits.inQuestion);
    misfits.inQuestion = 0;
    misfits.asked += 1;
  }
}
