/** Which paper it is, by the words of its title. */
import { kindWords } from './kind-words.ts';
import type { PlacedText } from './placed.ts';

const titles = kindWords.flatMap(({ kind, title }) => (title ? [{ kind, words: title }] : []));

/** Every kind that a title may say; each is one that is compared, or that the archive asks for. */
export const titledKinds: readonly string[] = [...new Set(titles.map(({ kind }) => kind))];

const FORWARDING = /freight|forward|logistics|货运代理|国际货代|国际物流/i;
const ROWS_OF_TITLE = 14;

/**
 * The kind of paper whose title stands in the first rows; undefined where none does. A title stands by itself: a sentence that
 * mentions an invoice makes no invoice of the paper. The highest title counts.
 */
export function kindOf({ sheets }: PlacedText): string | undefined {
  for (const row of sheets[0]?.rows.slice(0, ROWS_OF_TITLE) ?? [])
    for (const { text } of row.cells) {
      const plain = text
        .normalize('NFKC')
        .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
        .trim();
      const kind = titles.find(({ words }) => isMostOf(plain, words.exec(plain)?.[0]))?.kind;
      if (kind === 'commercial-invoice' && isOfForwarder(sheets[0]?.rows.slice(0, 4) ?? [])) return 'forwarder-invoice';
      if (kind) return kind;
    }
  return undefined;
}

function isOfForwarder(rows: PlacedText['sheets'][number]['rows']): boolean {
  const letterhead = rows
    .flatMap(({ cells }) => cells.map(({ text }) => text))
    .filter((text) => !text.includes(':') && !text.includes('：'));
  return letterhead.some((text) => FORWARDING.test(text));
}

/** The title and its translation may stand in one cell; a number behind it too. */
function isMostOf(text: string, title: string | undefined): boolean {
  if (!title) return false;
  const rest = titles
    .reduce((left, { words }) => left.replace(new RegExp(words.source, 'gi'), ''), text)
    .replace(/[\s\p{P}\p{S}\d]/gu, '');
  return rest.length <= Math.max(6, title.length * 0.7) && !/[:：]/.test(text);
}
