/** The typesetter: pdfmake with our fonts, and with no way to the network or to the disk. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

/**
 * Our faces. Noto Sans SC (OFL) has Chinese, Japanese, plain Latin, Greek and Russian; Roboto (OFL, comes with pdfmake)
 * stands in for the letters that it lacks: Polish, Czech, Turkish, accented Greek, Ukrainian, Vietnamese. Only the glyphs used
 * go into a paper.
 */
const faces = {
  NotoSansSC: {
    normal: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
  Roboto: {
    normal: 'pdfmake/fonts/Roboto/Roboto-Regular.ttf',
    bold: 'pdfmake/fonts/Roboto/Roboto-Medium.ttf',
  },
} as const;

export type Face = keyof typeof faces;
/** The face of all that it has letters for. */
export const MAIN_FACE: Face = 'NotoSansSC';
/** The face of words that the main one cannot print. */
export const SECOND_FACE: Face = 'Roboto';

/** What pdfmake has and its types leave out: files that it reads from memory. */
interface WithMemory {
  virtualfs: { writeFileSync(name: string, content: Buffer): void };
}

const fonts = new Map<string, Buffer>();

/** The bytes of a font, up to 10 MB, read once a process. */
export function fontOf(face: Face, weight: 'normal' | 'bold' = 'normal'): Buffer {
  const from = faces[face][weight];
  const known = fonts.get(from);
  if (known) return known;
  const font = readFileSync(createRequire(import.meta.url).resolve(from));
  fonts.set(from, font);
  return font;
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
