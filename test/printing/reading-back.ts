/** Reads PDFs back in a process of its own, where pdfjs can be loaded. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A page as it stands: texts where they begin, points from the left bottom. */
export interface PageReadBack {
  width: number;
  height: number;
  texts: { text: string; x: number; y: number; size: number; width: number; endsLine: boolean }[];
  /** PNG in base64, where pictures were asked for. */
  picture?: string;
}

/** A PDF as it stands. */
export interface ReadBack {
  pages: PageReadBack[];
  info: Record<string, unknown>;
}

const program = fileURLToPath(new URL('./render.mjs', import.meta.url));

/** @param pictures dots per inch of the pages' pictures; none without it */
export function readBack(pdfs: readonly Buffer[], pictures?: number): Promise<ReadBack[]> {
  return new Promise((done, failed) => {
    const child = execFile(process.execPath, [program], { maxBuffer: 512 * 1024 * 1024 }, (error, answer) =>
      error ? failed(error) : done(JSON.parse(answer) as ReadBack[]),
    );
    child.stdin?.end(JSON.stringify(pdfs.map((pdf) => ({ base64: pdf.toString('base64'), pictures }))));
  });
}

/** The text layer of a PDF, page by page and line by line as the file has it. */
export function textLayer({ pages }: ReadBack): string {
  return pages
    .map(({ texts }) => texts.map(({ text, endsLine }) => (endsLine ? `${text}\n` : text)).join(''))
    .join('\n\f\n');
}
