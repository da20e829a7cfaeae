/** What the demo prints of its reviews: what people were asked and said, and which shipments a change concerned. */

import type { Instant } from '../rules/civil-date.ts';

/** As the API answers it, as far as it is shown. */
export interface Told {
  tasks?: {
    reference: string | null;
    kind: string;
    question: string;
    status: string;
    finding: { kind: string; title: string; expected: string; found: string; remedy: string } | null;
    askedAt: Instant;
    closedAt: Instant | null;
    evidence: { label: string; value: string }[];
    answer: { choice: string; reason: string } | null;
  }[];
  rechecks?: {
    cause: { what: string };
    report: { looked: number; affected: { reference: string; findings: { title: string }[] }[] } | null;
  }[];
}

const WIDTH = 132;
const ofReviews = ['review-finding', 'review-warnings', 'rule-change'];

/** A text over several lines, each after an indent. */
export function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + last.length + word.length < WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => indent + line).join('\n');
}

/** The questions of the reviews with their answers, and the reports of the re-checks. */
export function reviewsPrinted(tasks: NonNullable<Told['tasks']>, rechecks: NonNullable<Told['rechecks']>): string {
  const asked = tasks
    .filter(({ kind }) => ofReviews.includes(kind))
    .map(({ reference, question, evidence, answer, kind }) =>
      [
        `  ${reference}`,
        wrapped(question, '    '),
        ...(kind === 'review-warnings' ? evidence.slice(0, 1).map(({ value }) => wrapped(value, '      ')) : []),
        wrapped(answer ? `→ ${answer.choice}: ${answer.reason}` : '→ not needed any more', '    '),
      ].join('\n'),
    );
  const looked = rechecks
    .filter(({ report }) => report !== null && report.looked > 0)
    .map(({ cause, report }) => {
      const names = (report?.affected ?? []).map(
        ({ reference, findings }) => `${reference} (${findings.map(({ title }) => title).join('; ')})`,
      );
      const concerned = names.length === 0 ? 'none is concerned' : names.join(', ');
      return wrapped(`after ${cause.what}: ${report?.looked} open shipments looked at, ${concerned}`, '  ');
    });
  return [
    '\nWhat the reviews asked, and what people said\n',
    asked.join('\n\n'),
    ...(looked.length > 0 ? ['\nAfter a list or a table was loaded\n', looked.join('\n')] : []),
    '',
  ].join('\n');
}
