/** Asks the API for the commands that also work without one. */
import type { z } from 'zod';
import { type ProblemBody, problemSchema } from '../api/problem.ts';
import { fieldErrors } from '../rules/field-errors.ts';
import { ask, findQuayside, NotReached, type Place, type Reply } from './quayside.ts';
import { NotDone, NotUnderstood, type Terminal } from './terminal.ts';

/** Where Quayside is; undefined where none is started here and none is named. @throws NotDone where one is named by half */
export function quaysideIfAny({ environment }: Terminal): Place | undefined {
  try {
    return findQuayside(environment);
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    if (isNamed(environment)) throw new NotDone(error.message);
    return undefined;
  }
}

/**
 * Asks the API and parses the answer. Undefined when nobody answers at the place that `npm start` has left here.
 * @throws NotDone when a place that was named does not answer, or the API refuses
 * @throws NotUnderstood when the API does not understand the content, with its fields
 */
export async function askIfThere<Schema extends z.ZodType>(
  terminal: Terminal,
  { path, body, schema }: { path: string; body?: object; schema: Schema },
): Promise<{ read: z.infer<Schema>; raw: unknown } | undefined> {
  const place = quaysideIfAny(terminal);
  if (!place) return undefined;
  let reply: Reply;
  try {
    reply = await ask(place, path, body);
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    if (isNamed(terminal.environment)) throw new NotDone(error.message);
    return undefined;
  }
  return { read: answerOf(reply, schema), raw: reply.body };
}

/** Where Quayside is. @throws NotDone where none is started here and none is named */
export function quaysideOrNot(terminal: Terminal): Place {
  const place = quaysideIfAny(terminal);
  if (!place)
    throw new NotDone(
      'This needs a running Quayside, and none is found: start it with npm start, or set QUAYSIDE_URL and QUAYSIDE_KEY.',
    );
  return place;
}

/** As {@link askIfThere}, where there is no answer without a server. @throws NotDone or NotReached also when there is none */
export async function askQuayside<Schema extends z.ZodType>(
  terminal: Terminal,
  question: { path: string; body?: object; schema: Schema },
): Promise<{ read: z.infer<Schema>; raw: unknown }> {
  const reply = await ask(quaysideOrNot(terminal), question.path, question.body);
  return { read: answerOf(reply, question.schema), raw: reply.body };
}

/** What a reply says by its schema. @throws NotUnderstood or NotDone with the problem's own words */
export function answerOf<Schema extends z.ZodType>({ status, body }: Reply, schema: Schema): z.infer<Schema> {
  if (status >= 200 && status < 300) return readBy(schema, body);
  const problem = problemSchema.safeParse(body);
  if (!problem.success) throw new NotDone(`The API answered ${status}.`);
  const lines = linesOf(problem.data);
  throw status === 400 || status === 422 ? new NotUnderstood(...lines) : new NotDone(lines.join('\n'));
}

function readBy<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [error] = fieldErrors(read.error.issues);
  throw new NotDone(
    `The API answers in a form that this version does not know (${error?.field}: ${error?.message}): use the command line of the same version.`,
  );
}

function linesOf({ title, detail, errors = [] }: ProblemBody): string[] {
  if (errors.length === 0) return [`${title}: ${detail}.`];
  return [
    `${title}:`,
    ...errors.map(({ field, message }) => (field === '' ? `  ${message}` : `  ${field}: ${message}`)),
  ];
}

const isNamed = ({ QUAYSIDE_URL, QUAYSIDE_KEY }: NodeJS.ProcessEnv) => Boolean(QUAYSIDE_URL || QUAYSIDE_KEY);
