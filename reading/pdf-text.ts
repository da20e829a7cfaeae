/** The text layer of a PDF, by pdf.js: no script, no picture and no font of the file is run or fetched. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PlacedText, Sheet } from './fields/placed.ts';
import { type PageWord, rowsOfPage } from './fields/rows.ts';
import { MOST_PAGES, MOST_WORDS } from './limits.ts';

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

type TextItem = { str: string; transform: number[]; width: number; height: number };

/** @throws Error of pdf.js where the file is broken or protected */
export async function textOfPdf(bytes: Uint8Array): Promise<PlacedText> {
  const loading = getDocument({
    // A copy: pdf.js takes the memory over.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    stopAtErrors: false,
    maxImageSize: 0,
    // Tables that come with the library: without them Chinese text in the older encodings is not read.
    cMapUrl: join(library, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(library, 'standard_fonts/'),
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await loading.promise;
    const pages = Math.min(document.numPages, MOST_PAGES);
    const notes = document.numPages > pages ? [`Only the first ${pages} of ${document.numPages} pages were read.`] : [];
    const sheets: Sheet[] = [];
    let left = MOST_WORDS;
    for (let number = 1; number <= pages && left > 0; number++) {
      const page = await document.getPage(number);
      const words = wordsOf(page.getViewport({ scale: 1 }).transform, (await page.getTextContent()).items);
      left -= words.length;
      if (words.length === 0) notes.push(`Page ${number} has no text: it may be a picture.`);
      sheets.push({ rows: rowsOfPage(words.slice(0, MOST_WORDS), number), isPage: true });
      page.cleanup();
    }
    if (left <= 0) notes.push(`Only the first ${MOST_WORDS} words were read.`);
    return { sheets, notes };
  } finally {
    await loading.destroy();
  }
}

function wordsOf(view: readonly number[], items: readonly object[]): PageWord[] {
  return items.flatMap((item): PageWord[] => {
    if (!isText(item) || item.str.trim() === '') return [];
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
    // Letters that stand upright only: a stamp across the page is no row of it.
    if (Math.abs(b) > Math.abs(a) || Math.abs(c) > Math.abs(d)) return [];
    const [va = 1, vb = 0, vc = 0, vd = -1, ve = 0, vf = 0] = view;
    const left = va * e + vc * f + ve;
    const baseline = vb * e + vd * f + vf;
    const height = item.height || Math.abs(d) || 10;
    const word = { text: item.str, left, right: left + Math.max(0, item.width), baseline, height };
    return [left, baseline, word.right, height].every(Number.isFinite) ? splitAtGaps(word) : [];
  });
}

/** Some printers write a whole row as one text with runs of spaces between its cells. */
function splitAtGaps(word: PageWord): PageWord[] {
  if (!/\s{3,}/.test(word.text)) return [word];
  const perLetter = (word.right - word.left) / word.text.length;
  return [...word.text.matchAll(/\S+(?:\s{1,2}\S+)*/g)].map((match) => ({
    ...word,
    text: match[0],
    left: word.left + match.index * perLetter,
    right: word.left + (match.index + match[0].length) * perLetter,
  }));
}

function isText(item: object): item is TextItem {
  return 'str' in item && typeof item.str === 'string' && 'transform' in item && Array.isArray(item.transform);
}
