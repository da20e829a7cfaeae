import { allHandlersFinished, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import { type Closing, isCarried, newShipment, type ShipmentStart, type ShipmentState, unread } from './carried.ts';
import { closingOf } from './closing.ts';
import { type MessageName, messageNames, shipmentMessages, signalOf, stateQuery, updateOf } from './messages.ts';
import { CalledOff, ShipmentFile } from './shipment-file.ts';
import { answerCases, casesAreAnswered } from './stages/cases.ts';
import { declare, readReceiptsAfterRelease } from './stages/declaration.ts';
import { prepareDocuments } from './stages/documents.ts';
import { reviewCompliance, takeIn } from './stages/intake-and-review.ts';
import { deliver, readNewsAfterDelivery } from './stages/logistics.ts';
import { recoverTax, watchRefund } from './stages/money.ts';
import { viewOf } from './view.ts';

/**
 * One shipment, from the order to the refund paid; it may live longer than a year. Start reading here.
 * A cancel request of the engine is not heard: goods and money do not stop by it. An order is called off by `cancelShipment`.
 */
export function shipment(input: ShipmentStart | ShipmentState): Promise<Closing> {
  return CancellationScope.nonCancellable(() => toItsEnd(input));
}

async function toItsEnd(input: ShipmentStart | ShipmentState): Promise<Closing> {
  const file = openFile(input); // handlers only record facts and verdicts; every decision is below this line
  const closing = await course(file).then(
    () => closingOf(file.state, file.asOf),
    (stopped: unknown) => {
      if (stopped instanceof CalledOff) return closingOf(file.state, file.asOf);
      throw stopped;
    },
  );
  await file.close(closing);
  await condition(allHandlersFinished);
  return closing;
}

async function course(file: ShipmentFile): Promise<void> {
  await takeIn(file);
  void answerCases(file);
  await reviewCompliance(file);
  await prepareDocuments(file);
  const declaration = await declare(file);
  file.leave('trunk');
  if (declaration.kind !== 'released') return;
  void readReceiptsAfterRelease(file);
  void readNewsAfterDelivery(file);
  // The buyer may pay before the ship sails: the lanes run side by side; the claim waits for the facts it needs.
  await Promise.all([deliver(file), recoverTax(file), watchRefund(file)]);
  // What an authority or customs still says is dealt with before the file is closed.
  const { customs, destination } = file.state;
  await file.when(() => casesAreAnswered(file) && !unread(customs) && !unread(destination.news));
}

function openFile(input: ShipmentStart | ShipmentState): ShipmentFile {
  const file = new ShipmentFile(isCarried(input) ? input : newShipment(input, new Date(Date.now()).toISOString()));
  setHandler(stateQuery, () => viewOf(file.state, file.asOf), {
    description:
      'Where the shipment stands: stage, whom it waits on since and until when, open tasks, the last fifty messages.',
  });
  for (const name of messageNames) listen(file, name);
  void file.keepRecords();
  return file;
}

function listen(file: ShipmentFile, name: MessageName): void {
  const { schema, alsoSignal, description } = shipmentMessages[name];
  const validator = (message: unknown) => {
    const read = schema.safeParse(message);
    if (!read.success)
      throw new TypeError(
        read.error.issues.map((issue) => `${issue.path.join('.') || name}: ${issue.message}`).join('; '),
      );
  };
  setHandler(updateOf(name), (message) => file.receive(name, message), { validator, description });
  if (alsoSignal) setHandler(signalOf(name), (message) => void file.receive(name, message), { description });
}
