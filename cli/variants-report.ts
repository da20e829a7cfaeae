/** What became of the variants of a line, for a person to read. */
import type { VariantsAnswer } from '../rules/compliance/compare-variants.ts';
import { labelled, underlined } from './layout.ts';

type Compared = VariantsAnswer['variants'][number];

/** Each variant: refused, with the law; or the cases that it leaves or stays in, and why. */
export function variantsReport({ reference, line, market, covered, entryOn, variants }: VariantsAnswer): string[] {
  return [
    ...underlined(`Order ${reference}, line ${line}: variants under the trade remedies of ${market} on ${entryOn}`),
    ...(covered
      ? []
      : labelled('!', `orders of ${market} are not covered: that no case is shown means nothing`, short)),
    ...variants.flatMap((variant) => ['', ...variantLines(variant)]),
  ];
}

const short = { indent: 2, label: 2 };
const wide = { indent: 2, label: 12 };

function variantLines(variant: Compared): string[] {
  if (variant.refused)
    return [
      ...labelled('REFUSED', variant.variant, wide),
      ...labelled('why', variant.reason, wide),
      ...labelled('law', variant.law, wide),
    ];
  const { cases, leavesByAnswersAlone, ignored } = variant;
  return [
    ...labelled('VARIANT', `${variant.variant}: ${variant.design}`, wide),
    ...(cases.length === 0
      ? labelled('cases', 'neither the line nor the variant leads to one that we know', wide)
      : []),
    ...cases.flatMap((one) => caseLines(one, variant)),
    ...(leavesByAnswersAlone.length === 0
      ? []
      : labelled(
          'answers',
          `only its answers on scope would take it out of ${leavesByAnswersAlone.join(', ')}, and no changed attribute bears them out: it counts as covered`,
          wide,
        )),
    ...(ignored.length === 0 ? [] : labelled('left out', `only declared otherwise: ${ignored.join(', ')}`, wide)),
    ...labelled('confirm', variant.evidence, wide),
  ];
}

function caseLines(
  { case: number, product, before, after, reason, because }: Extract<Compared, { refused: false }>['cases'][number],
  { leaves }: Extract<Compared, { refused: false }>,
): string[] {
  const outside = after === 'out' || after === 'no-lead';
  const inside = before === 'likely' || before === 'possible' ? 'stays in' : 'comes under';
  const word = leaves.includes(number) ? 'leaves' : outside ? 'outside' : inside;
  return [
    ...labelled(word, `${number} ${product}: ${before}, then ${after}; ${reason}`, wide),
    ...because.flatMap(({ question, before: old, after: now }) =>
      labelled('', `${old}, then ${now}: ${question}`, { indent: 14, label: 0 }),
    ),
  ];
}
