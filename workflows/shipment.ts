import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  makeContinueAsNewFunc,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { keepAlarm } from './alarm.ts';
import { type Closing, type ShipmentStart, type ShipmentState, unread } from './carried.ts';
import { carryOver, isCarried, takeOver } from './carry-over.ts';
import { closingOf } from './closing.ts';
import {
  continueAsNewSignal,
  type MessageName,
  messageNames,
  SHIPMENT_HAS_ENDED,
  shipmentMessages,
  signalOf,
  stateQuery,
  updateOf,
} from './messages.ts';
import { ShipmentFile } from './shipment-file.ts';
import { answerCases, casesAreAnswered } from './stages/cases.ts';
import { declare, readReceiptsAfterRelease } from './stages/declaration.ts';
import { prepareDocuments } from './stages/documents.ts';
import { reviewAfterChanges, reviewCompliance, settleAsides, takeIn } from './stages/intake-and-review.ts';
import { deliver, readNewsAfterDelivery } from './stages/logistics.ts';
import { settleMisfits } from './stages/misfits.ts';
import { recoverTax, watchRefund } from './stages/money.ts';
import { viewOf } from './view.ts';
import { CalledOff } from './wait.ts';

/**
 * One shipment, from the order to the refund paid; it may live longer than a year. Start reading here.
 * A cancel request of the engine is not heard: goods and money do not stop by it. An order is called off by `cancelShipment`.
 */
export function shipment(input: ShipmentStart | ShipmentState): Promise<Closing> {
  return CancellationScope.nonCancellable(() => toItsEnd(input));
}

/** A run stays on the version of the worker that began it; the next one begins on the current version. docs/decisions/0010. */
const continueAsNew = makeContinueAsNewFunc<typeof shipment>({ initialVersioningBehavior: 'AUTO_UPGRADE' });

async function toItsEnd(input: ShipmentStart | ShipmentState): Promise<Closing> {
  const file = openFile(input); // handlers only record facts and verdicts; every decision is below this line
  const ended = course(file).catch((stopped: unknown) => {
    if (!(stopped instanceof CalledOff)) throw stopped;
  });
  // Every lane is parked in a wait then, and goes on inside its stage from what is carried over.
  if ((await Promise.race([ended, file.timeToMove()])) === 'time-to-move') return continueAsNew(carryOver(file.state));
  const closing = await file.close(closingOf(file.state, file.asOf));
  await condition(() => allHandlersFinished() && file.isRecorded);
  return closing;
}

async function course(file: ShipmentFile): Promise<void> {
  void settleMisfits(file);
  await takeIn(file);
  void answerCases(file);
  void settleAsides(file);
  void reviewAfterChanges(file);
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
  const file = new ShipmentFile(takeOver(input, new Date(Date.now()).toISOString()));
  if (isCarried(input)) file.carryOn();
  setHandler(stateQuery, () => viewOf(file.state, file.asOf), {
    description:
      'Where the shipment stands: stage, whom it waits on since and until when, open tasks, the last fifty messages.',
  });
  for (const name of messageNames) listen(file, name);
  setHandler(continueAsNewSignal, () => file.askToMove(), {
    description:
      'Goes on in a new run at the next quiet moment, on the current version of the worker. Changes nothing else.',
  });
  setDefaultSignalHandler((name, ...args) => file.receiveUnknown(name, args[0]));
  void file.keepRecords();
  void keepAlarm(file);
  return file;
}

function listen(file: ShipmentFile, name: MessageName): void {
  const { schema, alsoSignal, description } = shipmentMessages[name];
  const validator = (message: unknown) => {
    if (file.state.closing) throw ApplicationFailure.nonRetryable('the shipment has ended', SHIPMENT_HAS_ENDED);
    const read = schema.safeParse(message);
    if (!read.success)
      throw new TypeError(
        read.error.issues.map((issue) => `${issue.path.join('.') || name}: ${issue.message}`).join('; '),
      );
  };
  setHandler(updateOf(name), (message) => file.receive(name, message), { validator, description });
  if (alsoSignal) setHandler(signalOf(name), (message) => void file.receive(name, message, false), { description });
}
