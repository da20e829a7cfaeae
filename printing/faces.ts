/** Our fonts: the files, apart from the typesetter, so that who only asks what can be printed loads no typesetter. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Our faces. Noto Sans SC (OFL) has Chinese, Japanese, plain Latin, Greek and Russian; Roboto (OFL, comes with pdfmake)
 * stands in for the letters that it lacks: Polish, Czech, Turkish, accented Greek, Ukrainian, Vietnamese. Only the glyphs used
 * go into a paper.
 */
export const faces = {
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
