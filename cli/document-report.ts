/** How the papers of a shipment look on a terminal. */
import type { z } from 'zod';
import type { documentListSchema } from '../api/document-contract.ts';
import { isDoubtful, type Reading } from '../rules/documents/facts.ts';
import { table, underlined } from './layout.ts';

type DocumentList = z.infer<typeof documentListSchema>;

/** What a reader made of a file, the doubtful marked. */
export function readingText({ outcome, fields, notes }: Reading, kind: string | null): string[] {
  const what = kind === null ? 'Its words do not say what it is.' : `It seems to be: ${kind}.`;
  if (outcome !== 'read') return [what, `Nothing was read (${outcome}): state its fields.`, ...notes];
  return [
    what,
    ...notes,
    ...table(
      [{ heading: '' }, { heading: 'field' }, { heading: 'read', most: 44 }, { heading: 'where', most: 22 }],
      fields.map((field) => [isDoubtful(field) ? '?' : '', field.path, field.value, field.place]),
    ),
    ...(fields.some(isDoubtful) ? ['', '? is a guess: look at the paper.'] : []),
  ];
}

/** Papers, files that wait, and the archive with who owes what. */
export function documentListText({ documents, unconfirmed, archive }: DocumentList): string[] {
  return [
    ...underlined('Papers'),
    ...(documents.length === 0 ? ['None yet.'] : papersTable(documents)),
    ...(unconfirmed.length === 0
      ? []
      : ['', ...underlined('Files that nobody has confirmed'), ...waiting(unconfirmed)]),
    '',
    ...underlined(
      `Document archive 备案单证: ${archive.complete ? 'complete' : 'not complete'}${dueText(archive.dueOn)}`,
    ),
    ...table(
      [
        { heading: 'paper', most: 40 },
        { heading: 'state' },
        { heading: 'owed by' },
        { heading: 'since' },
        { heading: 'here as', most: 30 },
      ],
      archive.papers.map(({ nameZh, name, state, owedBy, since, documents: here }) => [
        `${nameZh} ${name}`,
        state,
        owedBy,
        since ?? '',
        here.map(({ id }) => id).join(', '),
      ]),
    ),
  ];
}

const dueText = (dueOn: string | null) => (dueOn === null ? '' : `, due ${dueOn}`);

function papersTable(documents: DocumentList['documents']): string[] {
  return table(
    [
      { heading: 'id', most: 44 },
      { heading: 'rev' },
      { heading: 'number', most: 20 },
      { heading: 'by' },
      { heading: '' },
    ],
    documents.map(({ id, revision, number, made, supersededBy, statement }) => [
      id,
      String(revision),
      number ?? '',
      made ? 'us' : (statement?.from ?? 'handed in'),
      supersededBy === null ? '' : `superseded by ${supersededBy}`,
    ]),
  );
}

function waiting(files: DocumentList['unconfirmed']): string[] {
  return table(
    [{ heading: 'id', most: 40 }, { heading: 'seems to be' }, { heading: 'file', most: 30 }, { heading: 'state' }],
    files.map(({ documentId, kind, file, state }) => [documentId, kind ?? '?', file.name, state]),
  );
}
