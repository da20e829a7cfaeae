import type { Question } from '../task.ts';
import type { AgedRule } from './aged-rules.ts';

/** A list that an organisation loaded, and the day from which it is old. */
export interface AgedList {
  list: string;
  version: string;
  importedOn: string;
  dueOn: string;
}

const SHOWN_MOST = 20;

/**
 * What is asked about data that nobody has looked at for longer than its kind allows: one question a kind. The key holds the
 * oldest day of verification, so that the same data is asked about once, and data that ages anew is asked about anew.
 */
export function agedQuestions(rules: readonly AgedRule[], lists: readonly AgedList[]): Question[] {
  const kinds = [...new Set(rules.map(({ kind }) => kind))].sort();
  return [
    ...kinds.map((kind) =>
      rulesQuestion(
        kind,
        rules.filter((rule) => rule.kind === kind),
      ),
    ),
    ...lists.map(listQuestion),
  ];
}

function rulesQuestion(kind: string, rules: readonly AgedRule[]): Question {
  const oldest = rules.map(({ verifiedOn }) => verifiedOn).sort()[0] ?? '';
  return {
    key: `reference-aged/${kind}/${oldest}`,
    kind: 'reference-aged',
    question: `${rules.length} entries of ${kind} were last verified on ${oldest} or soon after. Read the law again, and enter what changed with its source.`,
    evidence: [
      ...rules.slice(0, SHOWN_MOST).map(({ table, id, verifiedOn, needsHumanConfirmation }) => ({
        label: `${table} ${id}`,
        value: `verified on ${verifiedOn}${needsHumanConfirmation ? ', a lead that needs confirmation' : ''}`,
      })),
      ...(rules.length > SHOWN_MOST ? [{ label: 'and', value: `${rules.length - SHOWN_MOST} more` }] : []),
    ],
    choices: [
      { id: 'verified', label: 'read again: what changed is entered, or stands in the reason' },
      { id: 'later', label: 'not now: the reason says until when it is relied on' },
    ],
    ownerRole: 'operator',
  };
}

function listQuestion({ list, version, importedOn, dueOn }: AgedList): Question {
  return {
    key: `reference-aged/list-${list}/${version}`,
    kind: 'reference-aged',
    question: `The list ${list} was imported on ${importedOn} and is old since ${dueOn}. Import the present one: quayside reference import ${list} FILE.`,
    evidence: [{ label: 'version', value: version }],
    choices: [
      { id: 'imported', label: 'the present list is imported' },
      { id: 'later', label: 'not now: the reason says until when it is relied on' },
    ],
    ownerRole: 'operator',
  };
}
