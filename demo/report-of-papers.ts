/** What the demo prints of papers that others made: what was read, what a person corrected, what was found, how it was mended. */
import { daysBetween, type Instant } from '../rules/civil-date.ts';
import { fieldsIn } from '../rules/documents/fact-paths.ts';
import type { DocumentFacts } from '../rules/documents/facts.ts';
import { type Told, wrapped } from './report-of-reviews.ts';

type Task = NonNullable<Told['tasks']>[number];

type Read = (path: string) => Promise<unknown>;

/** As the API lists it, as far as it is shown. */
interface ListedPaper {
  id: string;
  revision: number;
  file: { name: string } | null;
  statement: { from: string; at: Instant; corrected: { path: string; read: string | null }[] } | null;
}

/** Something that happened to a paper. */
interface Happened {
  at: Instant;
  what: 'read' | 'confirmed' | 'corrected' | 'found' | 'remedy' | 'mended' | 'explained';
  text: string;
}

const INDENT = ' '.repeat(26);

/** A paper was compared: a task of the review that speaks of no rule of a country, but of two papers. */
export function isOfPapers({ kind, finding, evidence }: Task): boolean {
  if (kind === 'review-warnings') return evidence.some(({ label }) => label.startsWith('document-'));
  return finding?.kind === 'document';
}

/**
 * The papers of some shipments, from the API: one paragraph for each shipment to which somebody handed in a file.
 * @param read answers a path of the API, as JSON
 */
export async function papersPrinted(
  references: readonly string[],
  tasks: readonly Task[],
  read: Read,
): Promise<string> {
  const paragraphs = await Promise.all(
    references.map(async (reference) => {
      const own = tasks.filter((task) => task.reference === reference);
      if (!own.some(({ kind }) => kind === 'document-unconfirmed')) return [];
      const { createdAt } = (await read(`/v1/shipments/${reference}`)) as { createdAt: Instant };
      const happened = [...own.flatMap(ofTask), ...(await confirmations(reference, read))];
      const lines = toldOnce(happened).map(({ at, what, text }) => {
        const day = daysBetween(createdAt, at).toFixed(1).padStart(4);
        return `    day ${day}   ${what.padEnd(11)}${wrapped(text, INDENT).trimStart()}`;
      });
      return [[`  ${reference}`, ...lines].join('\n')];
    }),
  );
  const told = paragraphs.flat();
  return told.length === 0
    ? ''
    : ['\nPapers that others made: read, confirmed, compared, mended\n', told.join('\n\n'), ''].join('\n');
}

/** In the order of time; what several findings share, a remedy or the answer, comes once and after them. */
function toldOnce(happened: readonly Happened[]): Happened[] {
  const inOrder = happened.toSorted((a, b) => a.at.localeCompare(b.at));
  return inOrder.filter(
    ({ what, text }, index) => inOrder.findLastIndex((one) => one.what === what && one.text === text) === index,
  );
}

function ofTask(task: Task): Happened[] {
  const { kind, askedAt: at, closedAt, answer, evidence, finding } = task;
  if (kind === 'document-unconfirmed') {
    const said = (label: string) => evidence.find((one) => one.label === label)?.value ?? '';
    return [{ at, what: 'read', text: `${said('file')}: ${said('seems to be')}, fields ${said('fields read')}` }];
  }
  if (!isOfPapers(task)) return [];
  const found: Happened[] = finding
    ? [
        { at, what: 'found', text: `${finding.title}: expected ${finding.expected}; found ${finding.found}` },
        { at, what: 'remedy', text: finding.remedy },
      ]
    : evidence.map(({ value }) => ({ at, what: 'found', text: value }));
  if (answer === null || closedAt === null) return found;
  const what = answer.choice === 'accepted' ? 'explained' : 'mended';
  return [...found, { at: closedAt, what, text: answer.reason }];
}

/** What persons said of the papers, and what they put in the place of what was read. */
async function confirmations(reference: string, read: Read): Promise<Happened[]> {
  const { documents } = (await read(`/v1/shipments/${reference}/documents`)) as { documents: ListedPaper[] };
  return Promise.all(
    documents.flatMap(({ id, revision, file, statement }) => {
      if (file === null || statement === null) return [];
      const query = new URLSearchParams({ id, revision: String(revision) });
      return [confirmation(file.name, statement, () => read(`/v1/shipments/${reference}/documents/content?${query}`))];
    }),
  );
}

async function confirmation(
  name: string,
  { from, at, corrected }: NonNullable<ListedPaper['statement']>,
  content: () => Promise<unknown>,
): Promise<Happened> {
  if (corrected.length === 0) return { at, what: 'confirmed', text: `${name}, as it was read, by ${from}` };
  const { facts } = (await content()) as { facts: DocumentFacts };
  const says = new Map(fieldsIn(facts).map(({ path, value }) => [path, value]));
  const changes = corrected.map(
    ({ path, read }) => `${path} was read as ${read ?? 'nothing'}, and is ${says.get(path) ?? 'not said'}`,
  );
  return { at, what: 'corrected', text: `${name}, by ${from}: ${changes.join('; ')}` };
}
