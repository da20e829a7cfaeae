/** The page of each rule in docs/rules, made from its file: what it wants, why, how to get the paper, what it costs in days. */
import { basename, dirname, relative } from 'node:path';
import type { Check } from '../reference/check-schema.ts';
import type { Condition, Rule } from '../reference/rule-schema.ts';

/** A condition as a person reads it. */
function inWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(grouped).join(' and ');
  if ('any' in condition) return condition.any.map(grouped).join(' or ');
  if ('not' in condition) return `not (${inWords(condition.not)})`;
  if ('always' in condition) return 'all goods';
  if ('materials' in condition) return `made of ${condition.materials.join(' or ')}`;
  if ('hsCode' in condition) return `HS code ${condition.hsCode.join(', ')}`;
  if ('transport' in condition) return `by ${condition.transport.join(' or ')}`;
  if ('incoterm' in condition) return `sold ${condition.incoterm.join(' or ')}`;
  if ('model' in condition) return `sold as ${condition.model.join(' or ')}`;
  if ('is' in condition) return `\`${condition.attribute}\` is ${condition.is ? 'yes' : 'no'}`;
  return 'atMost' in condition
    ? `\`${condition.attribute}\` is at most ${condition.atMost}`
    : `\`${condition.attribute}\` is at least ${condition.atLeast}`;
}

const grouped = (condition: Condition) =>
  'any' in condition || 'all' in condition ? `(${inWords(condition)})` : inWords(condition);

const dueWords = {
  'before-order': 'before the order is accepted',
  'before-export': 'before the goods leave China',
  'at-entry': 'when the goods are entered there',
  'on-request': 'when an authority asks',
} as const;

const severityWords = {
  block: 'holds the shipment until it is settled',
  warn: 'is put to a person, and holds nothing up',
  info: 'is shown',
} as const;

/** The page of a rule. One that changes on a day says what holds in each stretch. @param file of the rule, @param root of the project */
export function rulePage(stretches: readonly Rule[], file: string, root: string): string {
  const [first] = stretches as [Rule, ...Rule[]];
  const cases = relative(root, file).replace(/\.yaml$/, '.cases.yaml');
  const body =
    stretches.length === 1
      ? whatItSays(first)
      : stretches.flatMap((rule) => [
          `## From ${rule.effectiveFrom} to ${rule.effectiveTo ?? 'open'}: ${rule.title}`,
          ...whatItSays(rule),
        ]);
  return [
    `# ${first.title}`,
    `\`${first.id}\` · ${first.markets.join(', ')}`,
    ...body,
    sources(stretches),
    `Rule: [${basename(file)}](../../${relative(root, file)}), its cases: [${basename(cases)}](../../${cases}). This page is made from them by \`npm run rule-pages\`. Nothing here is legal advice.`,
  ]
    .join('\n\n')
    .concat('\n');
}

function whatItSays(rule: Rule): string[] {
  const { page, suggestedBy, data } = rule;
  const asked =
    suggestedBy.length > 0
      ? ` Goods under HS ${suggestedBy.join(', ')} are asked about where the order does not say.`
      : '';
  return [
    `Without it: ${severityWords[rule.severity]}. Due ${dueWords[rule.due]}.`,
    `**Wants.** ${page.wants}`,
    `**Why.** ${page.why}`,
    `**How.** ${page.how}`,
    `**Days and cost.** ${page.days ? `${page.days.least} to ${page.days.most} days.` : 'Nothing to wait for.'} ${page.cost}`,
    `**Applies to** ${rule.per === 'order' ? 'the order as a whole' : 'each line'}: ${inWords(rule.when)}.${asked}`,
    ...paper(rule),
    ...(data ? [`**Data.** ${data.map(({ path, name }) => `${name} (\`${path}\`)`).join(', ')}.`] : []),
    `**Remedy.** ${rule.remedy}`,
  ];
}

function paper({ evidence }: Rule): string[] {
  if (!evidence) return [];
  const kinds = evidence.kinds.map((kind) => `\`${kind}\``).join(' or ');
  const when = evidence.inForceOn === 'never' ? 'it does not run out' : `in force on the day of ${evidence.inForceOn}`;
  const rows = evidence.verify.map(({ field, must }) => `| ${field} | ${must.replaceAll('-', ' ')} |`);
  return [
    `**Paper.** ${evidence.name}, as ${kinds}; holder: ${evidence.holder}; ${when}.`,
    ['| on it | must |', '|---|---|', ...rows].join('\n'),
  ];
}

function sources(stretches: readonly Rule[]): string {
  const rows = stretches.map(
    (one) =>
      `| ${one.effectiveFrom} to ${one.effectiveTo ?? 'open'} | ${cell(one.law)} | ${cell(one.source)} | ${one.verifiedOn} | ${one.needsHumanConfirmation ? 'yes' : 'no'} |`,
  );
  return ['| in force | law | source | verified | needs confirmation |', '|---|---|---|---|---|', ...rows].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The page of a check that is built in: it has code and tests of its own, and the same to tell. */
export function checkPage(check: Check): string {
  return [
    `# ${check.title}`,
    `\`${check.id}\` · built in · ${check.kind}`,
    `**Wants.** ${check.wants}`,
    `**Why.** ${check.why}`,
    `**How.** ${check.how}`,
    `**Days and cost.** ${check.days ? `${check.days.least} to ${check.days.most} days.` : 'Nothing to wait for.'} Cost: ${check.cost}.`,
    `**Law.** ${check.law}. Source: ${check.source}, verified on ${check.verifiedOn}${check.needsHumanConfirmation ? '; needs confirmation' : ''}.`,
    'This page is made from [checks.yaml](../../reference/rules/checks.yaml) by `npm run rule-pages`. Nothing here is legal advice.',
  ]
    .join('\n\n')
    .concat('\n');
}

/** The list of all pages, by market; the built-in checks at the end. */
export function rulePagesIndex(rules: readonly Rule[], files: readonly string[], checks: readonly Check[]): string {
  const rooms = [...new Set(files.map((file) => basename(dirname(file))))];
  const section = (room: string) => {
    const ids = files.filter((file) => basename(dirname(file)) === room).map((file) => basename(file, '.yaml'));
    const lines = ids.map((id) => {
      const rule = rules.filter((one) => one.id === id).at(-1) as Rule;
      return `- [${id}](${id}.md): ${rule.title} (${rule.severity})`;
    });
    return `## ${room}\n\n${lines.join('\n')}`;
  };
  const builtIn = checks.map(({ id, title }) => `- [${id}](${id}.md): ${title}`).join('\n');
  return `# Rules\n\nA page each, made from \`reference/rules\` by \`npm run rule-pages\`.\n\n${rooms.map(section).join('\n\n')}\n\n## built in\n\n${builtIn}\n`;
}
