/** Whether the code of a line and its names speak of different goods. */
import type { CommonGood } from '../../reference/common-goods.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';
import type { NameMatch } from './name-index.ts';
import { goodsIndex } from './search.ts';

/** So alike that the name is one of the table's, with words before it at most. */
const SURE_SCORE = 0.8;
/** What is nearly as alike may be meant too: its headings are no contradiction. */
const NEAR = 0.2;

/**
 * Warns where a name surely is that of other goods than the code's: named a lamp, declared among toys. Headings of the same
 * chapter are told as information, since they are close and often argued over.
 */
export function contradictionFindings({ order, reference }: ReviewContext): Finding[] {
  return order.lines.flatMap((line, index) => contradictionOf(line, `lines[${index}]`, reference));
}

interface Reading {
  name: string;
  best: NameMatch<CommonGood>;
  headings: readonly string[];
}

function contradictionOf(line: OrderLine, at: string, reference: ReviewContext['reference']): Finding[] {
  const readings = [line.nameZh, line.nameEn].flatMap((name) => readingOf(name, reference));
  const headings = [...new Set(readings.flatMap((reading) => reading.headings))];
  const declared = line.hsCode.slice(0, 4);
  const [reading] = readings.sort((a, b) => b.best.score - a.best.score);
  if (!reading || headings.includes(declared)) return [];
  const sameChapter = headings.some((heading) => heading.startsWith(declared.slice(0, 2)));
  const { best, name } = reading;
  return [
    {
      rule: 'classification-contradiction',
      kind: 'classification',
      severity: sameChapter ? 'info' : 'warn',
      title: `The name says ${best.thing.en[0]}, the code says ${chapterOf(declared, reference)}`,
      where: `${at}.hsCode`,
      expected: `${headings.join(' or ')}: goods called "${best.name}" mostly have ${best.thing.hs}`,
      found: `${line.hsCode} for "${name}"`,
      remedy: `Check name and code against each other; ${best.thing.decides ? `what decides: ${best.thing.decides}. ` : ''}Correct the one that is wrong, never the name to fit a code.`,
      due: 'before-order',
      source: best.thing.source,
    },
  ];
}

/** What a name surely says; nothing where it is not sure. */
function readingOf(name: string, { commonGoods: goods, broadWords }: ReviewContext['reference']): Reading[] {
  const matches = goodsIndex({ goods, broadWords }).findSure(name, 12);
  const [best] = matches;
  if (!best || best.score < SURE_SCORE) return [];
  const meant = matches.filter(({ score }) => score >= best.score - NEAR);
  const codes = meant.flatMap(({ thing }) => [thing.hs, ...thing.alternatives]);
  return [{ name, best, headings: [...new Set(codes.map((code) => code.slice(0, 4)))] }];
}

function chapterOf(heading: string, { hsChapters }: ReviewContext['reference']): string {
  const chapter = hsChapters.find((one) => one.chapter === heading.slice(0, 2));
  return chapter
    ? `chapter ${chapter.chapter}, ${chapter.title}`
    : `chapter ${heading.slice(0, 2)}, which there is not`;
}
