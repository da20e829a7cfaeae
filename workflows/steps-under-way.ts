import type { Instant } from '../rules/civil-date.ts';

/** A step of the outside that is not answered after this long is not a moment's affair any more. */
const LONG_IN_MS = 60_000;

/**
 * The steps that a shipment has under way: on our own records (local activities, milliseconds) and on the outside
 * (activities, for as long as it takes). Nothing continues as new meanwhile.
 */
export class StepsUnderWay {
  own = 0;
  private readonly outsideSince: number[] = [];

  /** How many steps of the outside are under way. */
  get outside(): number {
    return this.outsideSince.length;
  }

  /** Whether nothing is under way. */
  get areNone(): boolean {
    return this.own === 0 && this.outside === 0;
  }

  /** Whether one of the outside has been under way for long. */
  takeLong(now: Instant): boolean {
    return this.outsideSince.some((since) => Date.parse(now) - since >= LONG_IN_MS);
  }

  /** Counts a step on our own records while it runs. */
  async ofOurOwn<T>(step: () => Promise<T>): Promise<T> {
    this.own += 1;
    try {
      return await step();
    } finally {
      this.own -= 1;
    }
  }

  /** Counts a step of the outside while it runs. */
  async ofTheOutside<T>(now: Instant, step: () => Promise<T>): Promise<T> {
    const since = Date.parse(now);
    this.outsideSince.push(since);
    try {
      return await step();
    } finally {
      this.outsideSince.splice(this.outsideSince.indexOf(since), 1);
    }
  }
}
