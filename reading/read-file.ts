/** Reads an admitted file. Run it in the reader's thread (in-worker.ts): the libraries are large, and a hostile file may hang them. */
import type { FieldReading, Reading } from '../rules/documents/facts.ts';
import { readingSchema } from '../rules/documents/facts.ts';
import type { FieldError } from '../rules/field-errors.ts';
import { isStorable } from '../rules/storable-text.ts';
import { factsFromFields } from './facts-from-fields.ts';
import { fieldsOf, type ReadingHints } from './fields/fields-of.ts';
import type { PlacedText } from './fields/placed.ts';
import { emptyReading, unreadable } from './reading-of.ts';
import type { FileKind } from './sniff.ts';

/** @param admitted as `admit` found it; only its kind is looked at. @returns never throws: what breaks a library is `unreadable` */
export async function readFile(
  bytes: Uint8Array,
  admitted: { kind: FileKind },
  hints: ReadingHints = {},
): Promise<Reading> {
  try {
    if (admitted.kind === 'pdf') return readingOf(await (await import('./pdf-text.ts')).textOfPdf(bytes), hints);
    if (admitted.kind === 'xlsx')
      return readingOf(await (await import('./workbook-text.ts')).textOfWorkbook(bytes), hints);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
  if (admitted.kind === 'xml' || admitted.kind === 'ofd')
    return emptyReading('no-reader', 'Files of this kind are kept and not read yet: give the fields by hand.');
  return emptyReading('no-text', 'A picture has no text to read: give the fields by hand.');
}

function leftOut({ field, message }: FieldError, fields: readonly FieldReading[]): string {
  const value = fields.find(({ path }) => path === field)?.value ?? '';
  return `${field} was read as ${value.slice(0, 60)} and left out: ${message}`;
}

/** Loads both libraries, by two files that are none: a file's time is its own. */
export async function warmUp(): Promise<void> {
  const nothing = new TextEncoder().encode('%PDF-1.7');
  await Promise.all([readFile(nothing, { kind: 'pdf' }), readFile(nothing, { kind: 'xlsx' })]);
}

function readingOf(text: PlacedText, hints: ReadingHints): Reading {
  if (text.sheets.every(({ rows }) => rows.length === 0))
    return emptyReading('no-text', 'The file has no text: it is a scan, or empty. Give the fields by hand.');
  const { kind, fields, notes } = fieldsOf(text, hints);
  const kept = fields.filter(
    ({ path, value, place }) => value !== '' && isStorable(value) && isStorable(place) && path.length <= 80,
  );
  const { facts, errors } = factsFromFields(kept);
  const wrong = new Set(errors.map(({ field }) => field));
  const all = [...text.notes, ...notes, ...errors.slice(0, 10).map((error) => leftOut(error, kept))];
  return readingSchema.parse({
    outcome: 'read',
    kind,
    facts,
    fields: kept
      .filter(({ path }) => !wrong.has(path))
      .slice(0, 10_000)
      .map((field) => ({ ...field, value: field.value.slice(0, 2000), place: field.place.slice(0, 120) })),
    notes: all
      .filter(isStorable)
      .slice(0, 50)
      .map((note) => note.slice(0, 300)),
  });
}
