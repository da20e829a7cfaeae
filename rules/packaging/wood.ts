/** Solid wood around the goods: pests travel in it, so it is treated and marked (ISPM 15). Wood in the goods themselves is another matter. */
import type { WoodPacking } from '../../reference/goods-schema.ts';
import { isInForce, plain, wrapCodeOf } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';

const evidence = 'ispm15-mark';

/** Country, number of the treating works, treatment: heat, dielectric heat, methyl bromide, sulphuryl fluoride. */
const mark = /(?<![a-z])[a-z]{2}[\s-]*[a-z0-9]*\d[a-z0-9]*[\s-]+(?:db[\s-]*)?(?:ht|dh|mb|sf)(?![a-z])/;
/** What is glued of thin sheets or chips was heated when it was made. */
const needsNone =
  /plywood|particle ?board|fibre ?board|fiber ?board|mdf|osb|reconstituted|processed wood|胶合板|刨花板|纤维板|人造板|再生/;

/** Findings about the wood packing of one line. */
export function woodFindings(context: ReviewContext, line: OrderLine, index: number): Finding[] {
  const { exportOn, reference } = context;
  const code = wrapCodeOf(line.packages.kind, reference);
  const packing = reference.woodPacking.find((one) => one.code === code && isInForce(one, exportOn));
  if (!packing) return [];
  const stated = line.packages.treatmentMark;
  if (stated === undefined) return hasPaper(context, line, index) ? [] : [unmarked(packing, line, index)];
  const words = plain(stated);
  if (packing.solidWood === 'perhaps' && needsNone.test(words)) return [];
  return mark.test(words) ? [] : [unreadable(packing, line, index, stated)];
}

function hasPaper({ documents, exportOn }: ReviewContext, line: OrderLine, index: number): boolean {
  return [
    ...line.certificates,
    ...documents.filter(({ lines }) => lines === undefined || lines.includes(index + 1)),
  ].some(({ kind, expiresOn }) => kind === evidence && (expiresOn === undefined || expiresOn >= exportOn));
}

const sourceOf = ({ source, needsHumanConfirmation }: WoodPacking) =>
  needsHumanConfirmation ? `${source}; needs confirmation` : source;

function unmarked(packing: WoodPacking, { packages }: OrderLine, index: number): Finding {
  const surely = packing.solidWood === 'yes';
  return {
    rule: 'wood-treatment-mark',
    kind: 'packaging',
    severity: surely ? 'block' : 'warn',
    title: surely
      ? 'Packing of solid wood without a treatment mark'
      : 'The packing may be of solid wood, and no treatment mark is stated',
    where: `lines[${index}].packages.treatmentMark`,
    expected: `mark of ISPM 15, for example CN-001 HT, or ${evidence}${surely ? '' : ', or plywood'}`,
    found: `${packages.count} × ${packages.kind} (${packing.code}), no mark`,
    remedy: surely
      ? 'Have the wood treated and marked by a works that customs lists, or pack on reconstituted wood or plastic. Unmarked wood is sent back or destroyed with costs.'
      : 'Say what the packing is of: the mark on solid wood, or plywood, which needs none.',
    due: 'before-export',
    source: sourceOf(packing),
  };
}

function unreadable(packing: WoodPacking, line: OrderLine, index: number, stated: string): Finding {
  return {
    ...unmarked(packing, line, index),
    rule: 'wood-treatment-mark-unclear',
    severity: 'warn',
    title: 'The treatment mark does not read like one of ISPM 15',
    expected: 'country, number of the treating works and treatment, for example CN-001 HT',
    found: stated,
    remedy: 'Copy the mark as it is burnt into the wood: two letters of the country, number, HT, DH, MB or SF.',
  };
}
