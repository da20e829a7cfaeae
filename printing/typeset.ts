/** The typesetter: pdfmake with our fonts, and with no way to the network or to the disk. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** Chinese, Latin, Greek, Cyrillic and Japanese in one face (Noto Sans SC, OFL); only the glyphs used go into a paper. */
export const FONT = 'NotoSansSC';

const weights = {
  normal: { file: 'NotoSansSC-Regular.ttf', from: '400Regular/NotoSansSC_400Regular.ttf' },
  bold: { file: 'NotoSansSC-Bold.ttf', from: '700Bold/NotoSansSC_700Bold.ttf' },
} as const;

/** What pdfmake has and its types leave out: files that it reads from memory. */
interface WithMemory {
  virtualfs: { writeFileSync(name: string, content: Buffer): void };
}

let isReady = false;

/** Reads the two fonts, 20 MB, once a process. */
function prepare(): void {
  if (isReady) return;
  const { resolve } = createRequire(import.meta.url);
  const memory = (pdfmake as unknown as WithMemory).virtualfs;
  for (const { file, from } of Object.values(weights))
    memory.writeFileSync(file, readFileSync(resolve(`@expo-google-fonts/noto-sans-sc/${from}`)));
  pdfmake.setFonts({ [FONT]: { normal: weights.normal.file, bold: weights.bold.file } });
  // A name or a mark on a paper comes from others: nothing in it may make the printer fetch or read.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  isReady = true;
}

/** Bytes of the PDF; the same for the same definition. @throws Error for a picture that cannot be read */
export async function typeset(definition: TDocumentDefinitions): Promise<Buffer> {
  prepare();
  return pdfmake.createPdf(definition).getBuffer();
}
