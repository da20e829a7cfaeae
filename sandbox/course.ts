/**
 * What a party answers, as data: a course is a list of steps, a step says when, through which door of our public API,
 * and with which words. Courses are chosen by the prefix of the shipment's reference, so that anyone can play a case
 * by hand; docs/sandbox.md lists the prefixes.
 */

/** Doors of our public API, `POST /v1/shipments/{reference}/events/{door}`. */
export const doors = ['customs-response', 'inspection-result', 'logistics-event', 'tax-response'] as const;
export type Door = (typeof doors)[number];

/**
 * The body of an answer. A text `@name` stands for a value of the request (`@key`, `@refundClaimed` …) or for the
 * moment at which the answer goes out: `@now` (instant), `@today` and `@today+30` (dates where the party sits).
 */
export type Words = string | number | boolean | null | readonly Words[] | Body;
export type Body = { readonly [name: string]: Words | undefined };

export interface Step {
  /** Milliseconds after the request's own time, or the name of a moment that the party reckons (`closing`). */
  readonly when: number | string;
  readonly door: Door;
  readonly body: Body;
  /** Never sent: whoever wants to know has to ask by key. */
  readonly silent?: boolean;
}
export type Course = readonly Step[];

/** For each kind of message the courses by prefix in capitals; `plain` is for every other reference. */
export type Courses<Kind extends string> = Readonly<
  Record<Kind, { readonly plain: Course; readonly [prefix: string]: Course }>
>;

const HOUR_IN_MS = 3_600_000;

/** So many hours, as {@link Step.when}. */
export const hours = (count: number): number => count * HOUR_IN_MS;

/** So many natural days and hours, as {@link Step.when}. */
export const days = (count: number, andHours = 0): number => hours(count * 24 + andHours);

/** The same steps, to be learnt only by asking. */
export const silently = (course: Course): Course => course.map((step) => ({ ...step, silent: true }));

/** What the reference asks for: its text up to the first hyphen, in capitals (`inspect-7` is `INSPECT`). */
export function prefixOf(reference: string): string {
  return (reference.split('-')[0] ?? '').toUpperCase();
}

/** The course of this kind of message for a shipment. */
export function courseFor<Kind extends string>(courses: Courses<Kind>, kind: Kind, reference: string): Course {
  const byPrefix = courses[kind];
  const prefix = prefixOf(reference);
  return (Object.hasOwn(byPrefix, prefix) ? byPrefix[prefix] : undefined) ?? byPrefix.plain;
}

/** A step with its moment and the request's values filled in. */
export interface DueStep {
  readonly dueAt: string;
  readonly door: Door;
  readonly silent: boolean;
  readonly body: Body;
}

/**
 * Puts dates to a course. No step comes before the one above it, whatever its own moment says: goods that are released
 * late are closed late.
 * @param sentAt the request's own time, ISO 8601 UTC: business time, which may run ahead of the wall clock.
 * @throws Error when a step names a moment or a value that the party does not give: a slip in its table.
 */
export function datedSteps(
  course: Course,
  request: {
    sentAt: string;
    moments?: Readonly<Record<string, string>>;
    values: Readonly<Record<string, Words | undefined>>;
  },
): DueStep[] {
  let latest = Number.NEGATIVE_INFINITY;
  return course.map((step) => {
    const named = typeof step.when === 'string' ? request.moments?.[step.when] : undefined;
    const wanted = typeof step.when === 'number' ? Date.parse(request.sentAt) + step.when : Date.parse(named ?? '');
    if (Number.isNaN(wanted)) throw new Error(`the step's moment ${step.when} is not known`);
    latest = Math.max(latest, wanted);
    const value = (name: string): Words | undefined => {
      if (momentWord.test(`@${name}`)) return `@${name}`;
      if (!(name in request.values)) throw new Error(`the step's word @${name} is not known`);
      return request.values[name];
    };
    return {
      dueAt: new Date(latest).toISOString(),
      door: step.door,
      silent: step.silent ?? false,
      body: filled(step.body, value),
    };
  });
}

const momentWord = /^@(?:now|today(?:\+(\d+))?)$/;

/**
 * The body as it goes out at that moment.
 * @param utcOffsetInHours where the party sits, for its dates.
 */
export function spokenAt(body: Body, instant: string, utcOffsetInHours: number): Body {
  return filled(body, (name) => {
    const word = momentWord.exec(`@${name}`);
    // Values of the request are in by now and may start with an @ of their own.
    if (!word) return `@${name}`;
    if (name === 'now') return instant;
    const there = Date.parse(instant) + hours(utcOffsetInHours) + days(Number(word[1] ?? 0));
    return new Date(there).toISOString().slice(0, 10);
  });
}

/** Replaces each `@name`; a name without a value drops the field that it stood for. */
function filled(body: Body, value: (name: string) => Words | undefined): Body {
  const fill = (words: Words | undefined): Words | undefined => {
    if (typeof words === 'string') return words.startsWith('@') ? value(words.slice(1)) : words;
    if (Array.isArray(words)) return words.map(fill).filter((word) => word !== undefined);
    if (typeof words === 'object' && words !== null) return filled(words as Body, value);
    return words;
  };
  const entries = Object.entries(body).map(([name, words]) => [name, fill(words)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Words] => entry[1] !== undefined));
}
