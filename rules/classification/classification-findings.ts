import type { Finder } from '../compliance/review-context.ts';
import { contradictionFindings } from './contradictions.ts';
import { tariffFindings } from './tariff-findings.ts';
import { validateCode } from './validate-code.ts';

/**
 * What there is to say about the codes of an order's lines: a chapter that there is not, a name of other goods, and what the
 * imported ten-digit table asks. That a code has fewer than ten digits is said with the declared data; none is filled up.
 */
export const classificationFindings: Finder = (context) => [
  ...missingChapters(context),
  ...contradictionFindings(context),
  ...tariffFindings(context),
];

const missingChapters: Finder = ({ order, reference }) =>
  order.lines.flatMap(({ hsCode }, index) => {
    const verdict = validateCode(hsCode, { chapters: reference.hsChapters, nomenclature: null });
    if (verdict.kind === 'valid') return [];
    return [
      {
        rule: 'hs-code-unknown',
        kind: 'classification',
        severity: 'block',
        title: 'There is no such code',
        where: `lines[${index}].hsCode`,
        expected: 'a code of a chapter of the Harmonized System',
        found: hsCode,
        remedy: `${verdict.why}.`,
        due: 'before-order',
        source: 'HS 2022 nomenclature',
      },
    ];
  });
