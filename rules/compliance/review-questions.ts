/** The questions that a review puts to people. */
import type { Reference } from '../../reference/load.ts';
import { type Finding, findingId, findingKey } from '../finding.ts';
import { pairsOf } from '../screening/screen.ts';
import type { Question } from '../task.ts';
import type { Screening } from './review-context.ts';

/** More findings than a person reads in one task; the rest is counted. */
const EVIDENCE_MOST = 20;

const cancel = { id: 'cancel', label: 'the order is called off' };
const supplied = { id: 'supplied', label: 'the paper was submitted, or the data was corrected' };

/** One question a rule, whatever number of lines it found something in. */
export function questionsOf(
  findings: readonly Finding[],
  reference: Reference,
  screening: Screening | null,
): Question[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(groupOf(finding), [...(groups.get(groupOf(finding)) ?? []), finding]);
  return [...groups.values()].map((group) => ({ ...questionOf(group, reference), ...screenedIn(group, screening) }));
}

/** What is asked together: the same rule, of a line each. Screening asks about each party alone, and papers about one each. */
function groupOf({ rule, kind, title, undecided, where, of, document }: Finding): string {
  return kind === 'screening'
    ? findingId({ rule, where, of })
    : `${rule}/${undecided ?? false}/${title}/${document ?? ''}`;
}

function questionOf(group: readonly Finding[], reference: Reference): Question {
  const [finding] = group as [Finding, ...Finding[]];
  const rule = reference.rules.find(({ id }) => id === finding.rule);
  const wanted = finding.undecided ? undefined : rule?.evidence?.kinds[0];
  return {
    key: `review/${finding.rule}/${placesOf(group)}`,
    kind: 'review-finding',
    question: `${finding.title}. ${finding.remedy}`,
    evidence: evidenceOf(group),
    choices: [...choicesFor(finding), cancel],
    ownerRole: 'operator',
    ...(wanted ? { wantsDocument: wanted } : {}),
    ...(finding.document === undefined ? {} : { documentId: finding.document }),
    finding,
    ...(group.length > 1 || finding.of ? { covers: group.map(findingId) } : {}),
  };
}

/** The pairs of party and list entry that an answer decides upon, so that it is remembered for them and no others. */
function screenedIn([finding]: readonly Finding[], screening: Screening | null): Pick<Question, 'screened'> {
  const party =
    finding?.kind === 'screening' ? screening?.parties.find(({ where }) => where === finding.where) : undefined;
  return party ? { screened: pairsOf(party) } : {};
}

function choicesFor({ undecided, kind }: Finding): Question['choices'] {
  if (undecided)
    return [
      { id: 'applies', label: 'the rule applies to these goods' },
      { id: 'does-not-apply', label: 'the rule does not apply: the reason says why', needs: 'reason' },
      supplied,
    ];
  if (kind === 'screening')
    return [
      { id: 'another-party', label: 'compared: another party than the one on the list', needs: 'reason' },
      {
        id: 'proceed',
        label: 'the same party, and the business is allowed: needs a manager’s reason',
        needs: 'managers-reason',
      },
    ];
  return [
    supplied,
    { id: 'not-required', label: 'not required here: needs a manager’s reason', needs: 'managers-reason' },
  ];
}

/** `lines[0,3,4].certificates` for several lines, so that a key stays short. */
function placesOf(group: readonly Finding[]): string {
  const [first] = group;
  if (group.length === 1 && first) return first.where;
  const lines = group.map(({ where }) => /^lines\[(\d+)\]/.exec(where)?.[1] ?? where);
  return `lines[${lines.join(',')}]${first?.where.replace(/^lines\[\d+\]/, '') ?? ''}`.slice(0, 120);
}

function evidenceOf(group: readonly Finding[]): Question['evidence'] {
  const shown = group.slice(0, EVIDENCE_MOST).flatMap(({ where, expected, found }) => [
    { label: 'where', value: where },
    { label: 'expected', value: expected },
    { label: 'found', value: found },
  ]);
  const rest = group.length - EVIDENCE_MOST;
  return [
    ...shown,
    ...(rest > 0 ? [{ label: 'and', value: `${rest} more` }] : []),
    { label: 'source', value: group[0]?.source ?? '' },
  ];
}

/** All warnings in one task: they hold nothing up, and whoever goes on with them says why. */
export function warningsQuestion(findings: readonly Finding[]): Question | null {
  if (findings.length === 0) return null;
  const shown = findings.slice(0, EVIDENCE_MOST);
  return {
    key: 'review-warnings',
    kind: 'review-warnings',
    question: `${findings.length === 1 ? 'One warning' : `${findings.length} warnings`}: ${shown
      .map(({ title }) => title)
      .filter((title, at, all) => all.indexOf(title) === at)
      .join('; ')}. Mend them, or accept them with the reason.`.slice(0, 1500),
    evidence: [
      ...shown.flatMap(({ rule, where, expected, found, remedy }) => [
        { label: `${rule} at ${where}`, value: `expected ${expected}; found ${found}. ${remedy}`.slice(0, 600) },
      ]),
      ...(findings.length > EVIDENCE_MOST
        ? [{ label: 'and', value: `${findings.length - EVIDENCE_MOST} more, in the shipment’s findings` }]
        : []),
    ],
    choices: [
      { id: 'accepted', label: 'accepted: the reason says why', needs: 'reason' },
      { id: 'mended', label: 'mended: the paper was submitted, or the data was corrected' },
      cancel,
    ],
    ownerRole: 'operator',
    covers: findings.map(findingKey),
  };
}
