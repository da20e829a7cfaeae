/** The typesetter: pdfmake with our fonts, and with no way to the network or to the disk. */
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { faces, fontOf, MAIN_FACE, SECOND_FACE } from './faces.ts';

/** What pdfmake has and its types leave out: files that it reads from memory. */
interface WithMemory {
  virtualfs: { writeFileSync(name: string, content: Buffer): void };
}

let isReady = false;

/** Hands the fonts to pdfmake, once a process. */
function prepare(): void {
  if (isReady) return;
  const memory = (pdfmake as unknown as WithMemory).virtualfs;
  for (const face of [MAIN_FACE, SECOND_FACE])
    for (const weight of ['normal', 'bold'] as const) memory.writeFileSync(faces[face][weight], fontOf(face, weight));
  pdfmake.setFonts(structuredClone(faces));
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
