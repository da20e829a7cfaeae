/**
 * Lets so many of a crowd act at a time, in the order in which they came. Two hundred drivers that all look at once
 * whether their shipment rests would measure the looking.
 */
export class Turnstile {
  private free: number;
  private readonly queue: (() => void)[] = [];

  constructor(places: number) {
    this.free = places;
  }

  /** Until it is one's turn. */
  async enter(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  /** Makes room for the next. */
  leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.free += 1;
  }

  /** Lets everybody who waits go first. */
  async giveWay(): Promise<void> {
    this.leave();
    await this.enter();
  }
}
