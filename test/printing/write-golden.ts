/** `npm run golden`: makes the golden documents again, as data, as text and as pictures. What has changed shows in git, and is looked at. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printDocument } from '../../printing/print-document.ts';
import { goldenCases, papersOf } from './cases.ts';
import { readBack, textLayer } from './reading-back.ts';

/** Enough to see what stands where; the folder stays small. */
const DOTS_PER_INCH = Number(process.argv[3] ?? 72);
const folder = process.argv[2] ?? fileURLToPath(new URL('./golden', import.meta.url));

rmSync(folder, { recursive: true, force: true });
for (const golden of goldenCases) {
  const papers = papersOf(golden);
  const pdfs = await Promise.all(papers.map((paper) => printDocument(paper, { logo: golden.logo })));
  const read = await readBack(pdfs, DOTS_PER_INCH);
  const place = join(folder, golden.name);
  mkdirSync(place, { recursive: true });
  for (const [index, paper] of papers.entries()) {
    const pages = read[index]?.pages ?? [];
    writeFileSync(join(place, `${paper.kind}.json`), `${JSON.stringify(paper, null, 2)}\n`);
    writeFileSync(join(place, `${paper.kind}.txt`), `${textLayer({ pages, info: {} })}\n`);
    for (const [page, { picture }] of pages.entries())
      writeFileSync(join(place, `${paper.kind}-${page + 1}.png`), Buffer.from(picture ?? '', 'base64'));
  }
  console.log(`${golden.name}: ${papers.length} papers`);
}
