/** Whether an order may bear the brands and designs that it does, and whether customs is likely to look. */
import { isInForce } from '../classification/codes.ts';
import type { Finder, ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { brandFindings, withStatedBrand } from './brand-findings.ts';
import { brandIndexOf } from './brand-names.ts';
import { designFindings, designQuestion, targetOf } from './design-findings.ts';

/**
 * Findings about brands and designs. A brand of another without a paper of its owner blocks, so does a paper that
 * contradicts the order; what a paper leaves open warns. An own brand and no brand are taken at their word, unless the
 * name of the goods says otherwise.
 */
export const intellectualPropertyFindings: Finder = (context) => {
  const { exportOn, reference } = context;
  const lines = context.order.lines.map(withStatedBrand);
  const brands = brandIndexOf(reference.brands.filter((brand) => isInForce(brand, exportOn)));
  return [
    ...lines.flatMap((line, index) => [
      ...onePerPlace(brandFindings(context, line, index, brands)),
      ...designFindings(context, line, index),
    ]),
    ...designQuestion(context),
    ...targets({ ...context, order: { ...context.order, lines } }),
  ];
};

/** Two brands in one line that lack the same are one finding: a finding is named by its rule and place. */
function onePerPlace(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const name = `${finding.rule}@${finding.where}`;
    const before = byPlace.get(name);
    byPlace.set(name, before ? { ...before, found: `${before.found}; ${finding.found}` } : finding);
  }
  return [...byPlace.values()];
}

/** One warning for the whole order; information where every such line says whose brand it bears. */
function targets({ order, exportOn, reference }: ReviewContext): Finding[] {
  const watched = order.lines.flatMap((line, index) => {
    const target = targetOf(line, exportOn, reference);
    return target ? [{ line, index, target }] : [];
  });
  if (watched.length === 0) return [];
  const unsaid = watched.some(({ line }) => line.brandType === undefined);
  const goods = [...new Set(watched.map(({ target }) => target.goods))];
  const [first] = watched;
  return [
    {
      rule: 'counterfeit-target',
      kind: 'intellectual-property',
      severity: unsaid ? 'warn' : 'info',
      title: 'Customs opens such goods more often to look for counterfeits',
      where: watched.length === 1 ? `lines[${first?.index}]` : 'lines',
      expected: 'brand type stated, no mark of another on goods, packs and labels',
      found: `${goods.join('; ')} in lines ${watched.map(({ index }) => index + 1).join(', ')}${unsaid ? '; brand type not stated in all' : ''}`,
      remedy: 'State brand and brand type, keep photographs of goods and packs at hand, and plan for an inspection.',
      due: 'before-export',
      source: first?.target.needsHumanConfirmation
        ? `${first.target.source}; needs confirmation`
        : (first?.target.source ?? ''),
    },
  ];
}
