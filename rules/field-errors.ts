/** What is wrong with something that came in, field by field, in its writer's words: for the API and the command line alike. */
import { type core, z } from 'zod';
import { isStorable } from './storable-text.ts';

/** One field that is wrong. */
export const fieldErrorSchema = z.object({
  field: z.string().describe('Path as it stands in the request, for example lines[0].quantity; empty for the whole.'),
  message: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

type Issue = core.$ZodIssue;

/** A path as the caller would write it: `lines[0].quantity`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((written, step) => {
    if (typeof step === 'number') return `${written}[${step}]`;
    const name = String(step);
    if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return `${written}[${JSON.stringify(name)}]`;
    return written === '' ? name : `${written}.${name}`;
  }, '');
}

/** What a schema found, field by field, in the user's words. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: fieldPath([...issue.path, key]),
        message: 'is not a field that we know',
      }));
    return [{ field: fieldPath(issue.path), message: wordsOf(issue) }];
  });
}

/** One line that names the first few fields, for a reader of logs. */
export function summaryOf(errors: readonly FieldError[]): string {
  const named = errors.slice(0, 3).map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  return `${named.join('; ')}${errors.length > named.length ? `; and ${errors.length - named.length} more` : ''}`;
}

/** The schema's own message where it has one; zod's in fewer and plainer words otherwise. */
function wordsOf(issue: Issue): string {
  const isZodsOwn = issue.message.startsWith('Invalid ');
  if (!isZodsOwn) return issue.message;
  if (issue.message.endsWith('received undefined')) return 'is missing';
  if (issue.code === 'invalid_value') return `choose one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return `choose one of ${issue.options.join(', ')}`;
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  return issue.message;
}

const article = (type: string) =>
  ({ string: 'text', array: 'a list', int: 'a whole number', number: 'a number', boolean: 'true or false' })[type] ??
  `an ${type}`;

/** Where a value holds text that cannot be stored. */
export function unstorableText(value: unknown, path: readonly PropertyKey[] = []): FieldError[] {
  if (typeof value === 'string')
    return !isStorable(value)
      ? [{ field: fieldPath(path), message: 'holds a character that is no text (NUL, or half of a pair)' }]
      : [];
  // A file: its own reader says what is wrong with it, and where.
  if (value instanceof Uint8Array) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unstorableText(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    !isStorable(key)
      ? [{ field: fieldPath(path), message: 'has a field whose name is no text' }]
      : unstorableText(item, [...path, key]),
  );
}
