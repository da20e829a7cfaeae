/** What the pre-order check found, for a person to read: a section each for findings, papers, costs, the plan and the lists. */
import type { ComplianceCheck } from '../rules/compliance/check.ts';
import { inWords } from '../rules/compliance/unread-papers.ts';
import type { Finding } from '../rules/finding.ts';
import { landedCostSection, tradeRemedySection } from './cost-report.ts';
import { labelled, padded, table, underlined, WIDTH, wrapped } from './layout.ts';

type Section = (check: ComplianceCheck) => string[];

/** In the order in which they are printed; one that has nothing to say prints nothing. */
const sections: readonly Section[] = [
  findingsSection,
  papersSection,
  tradeRemedySection,
  landedCostSection,
  planSection,
  listsSection,
];

/** The answer of a check in lines of at most {@link WIDTH} columns. */
export function checkReport(check: ComplianceCheck): string[] {
  return [
    ...heading(check),
    ...sections.flatMap((section) => {
      const lines = section(check);
      return lines.length === 0 ? [] : ['', ...lines];
    }),
  ];
}

function heading({ reference, asOf, blocked, findings }: ComplianceCheck): string[] {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const verdict = blocked ? 'BLOCKED: not to be accepted as it is' : 'nothing blocks it';
  return [
    `Order ${reference}, as of ${asOf}: ${verdict}`,
    `${count('block')} block, ${count('warn')} warn, ${count('info')} inform.`,
  ];
}

const severities: readonly [Finding['severity'], string][] = [
  ['block', 'What blocks'],
  ['warn', 'Warnings'],
  ['info', 'To know'],
];
const dueWords: Record<Finding['due'], string> = {
  'before-order': 'before the order is accepted',
  'before-export': 'before export',
  'at-entry': 'at entry abroad',
  'on-request': 'when an authority asks',
};

function findingsSection({ findings }: ComplianceCheck): string[] {
  const present = severities.filter(([severity]) => findings.some((finding) => finding.severity === severity));
  return present.flatMap(([severity, title], index) => {
    const these = findings.filter((finding) => finding.severity === severity);
    return [...(index === 0 ? [] : ['']), ...underlined(`${title} (${these.length})`), ...these.flatMap(findingLines)];
  });
}

function findingLines(finding: Finding, index: number): string[] {
  const [first = '', ...more] = wrapped(finding.title, WIDTH - 5);
  return [
    `${padded(String(index + 1).padStart(3), 5)}${first}`,
    ...more.map((line) => `     ${line}`),
    ...labelled('where', finding.where || 'the whole order'),
    ...labelled('expected', finding.expected),
    ...labelled('found', finding.found),
    ...labelled('remedy', finding.remedy),
    ...labelled('due', dueWords[finding.due]),
    ...labelled('rule', `${finding.rule}; ${finding.source}`),
  ];
}

const stateWords: Record<ComplianceCheck['documents'][number]['state'], string> = {
  here: 'here',
  missing: 'missing',
  expired: 'expired',
  contradicted: 'contradicts',
  maybe: 'if it applies',
};

function papersSection({ documents }: ComplianceCheck): string[] {
  if (documents.length === 0) return [];
  const rows = documents.map(({ name, lines, state, holder, by, startBy, days }) => [
    name,
    lines.length === 0 ? 'all' : lines.join(', '),
    stateWords[state],
    holder,
    startBy ?? '',
    by ?? 'on request',
    daysText(days),
  ]);
  return [
    ...underlined(`Papers (${documents.length})`),
    ...table(
      [
        { heading: 'paper' },
        { heading: 'lines', most: 8 },
        { heading: 'state', most: 13 },
        { heading: 'holder', most: 20 },
        { heading: 'begin by', most: 10 },
        { heading: 'needed by', most: 10 },
        { heading: 'days', most: 6 },
      ],
      rows,
    ),
    ...documents.flatMap(toBeRead),
  ];
}

/** Under the table: a column is too narrow for a dozen fields. */
function toBeRead({ name, unread }: ComplianceCheck['documents'][number]): string[] {
  if (unread.length === 0) return [];
  const lines = wrapped(`to be read: ${unread.map(inWords).join(', ')} (${name})`, WIDTH - 4);
  return lines.map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`));
}

function daysText(days: { least: number; most: number } | null): string {
  if (days === null) return '?';
  return days.least === days.most ? String(days.most) : `${days.least}–${days.most}`;
}

function planSection({ plan: { channel, exportOn, entryOn, refundBetween, steps } }: ComplianceCheck): string[] {
  const refund = refundBetween === null ? 'none' : `between ${refundBetween.earliest} and ${refundBetween.latest}`;
  return [
    ...underlined('Plan (estimates)'),
    ...labelled('channel', `${channel.supervisionMode} ${channel.name}, by ${channel.transport}`, { indent: 2 }),
    ...labelled('export', `${exportOn}, there about ${entryOn}`, { indent: 2 }),
    ...labelled('refund', refund, { indent: 2 }),
    '',
    ...table(
      [
        { heading: 'begin by', most: 10 },
        { heading: 'done by', most: 10 },
        { heading: 'who', most: 16 },
        { heading: 'what' },
      ],
      steps.map(({ what, who, by, startBy, late, cost }) => [
        startBy ?? '',
        by ?? 'on request',
        who,
        `${late ? 'LATE: ' : ''}${what}${cost === null ? '' : ` Cost: ${cost}`}`,
      ]),
    ),
  ];
}

function listsSection({ screenedBy }: ComplianceCheck): string[] {
  if (screenedBy === null)
    return [
      ...underlined('Parties'),
      '  Not screened: nobody held them against a list. A server with imported lists does.',
    ];
  const rows = screenedBy.map(({ list, version, importedAt }) => [list, version, importedAt.slice(0, 10)]);
  return [
    ...underlined('Parties were held against'),
    ...(rows.length === 0
      ? ['  No list: none is imported. quayside reference import sdn|csl FILE…']
      : table([{ heading: 'list' }, { heading: 'version' }, { heading: 'imported' }], rows)),
  ];
}
