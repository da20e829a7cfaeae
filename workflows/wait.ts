import type { CivilDate } from '../rules/civil-date.ts';
import type { WaitKind } from '../rules/deadline.ts';
import type { Question, TaskKind, WaitedOn } from '../rules/task.ts';
import type { Lane, TaskAnswer } from './carried.ts';

/** What a stage waits for: who owes it, and the date its deadline hangs on. */
export interface Wait {
  what: WaitKind | TaskKind;
  key: string;
  lane: Lane;
  fromWhom: WaitedOn;
  on?: CivilDate;
  lastContractualDate?: CivilDate;
}

/** What to do when a wait's deadline passes in silence: ask the counterparty by key, then a person. */
export interface Silence {
  /** Asks the counterparty what it has; whatever it knows comes in as messages. When it `will-answer`, it gets the time of one more deadline before a person is asked. */
  enquire?: (round: number) => Promise<'asked' | 'will-answer'>;
  question: (round: number) => Question;
  /** Whether this answer ends the wait; otherwise it goes on with a new deadline. */
  ends?: (answer: TaskAnswer) => boolean;
}

/** Thrown out of the trunk's waits when the order is called off before filing; shipment.ts alone catches it. */
export class CalledOff extends Error {
  override name = 'CalledOff';
}
