import type { Content } from 'pdfmake/interfaces.js';
import { type Face, MAIN_FACE, SECOND_FACE } from './faces.ts';
import { clean } from './figures.ts';
import { isIn } from './glyphs.ts';

interface Run {
  text: string;
  font: Face;
}

/**
 * A text of others, cleaned and set: in the main face, but for words that only the second one can print, which are set in it
 * whole, since a word in two faces looks like a forgery.
 */
export function facedText(value: string): string | Content[] {
  const text = clean(value);
  if (isIn(MAIN_FACE, text.replace(/\s/g, ''))) return text;
  const runs: Run[] = [];
  for (const piece of text.split(/(\s+)/).flatMap(runsOf)) {
    const last = runs.at(-1);
    if (last?.font === piece.font) last.text += piece.text;
    else runs.push(piece);
  }
  return runs as Content[];
}

/** A word as one run where one face has it all; else character by character, Chinese and Polish in one word. */
function runsOf(word: string): Run[] {
  if (/^\s*$/.test(word) || isIn(MAIN_FACE, word)) return [{ text: word, font: MAIN_FACE }];
  if (isIn(SECOND_FACE, word)) return [{ text: word, font: SECOND_FACE }];
  return [...word].map((text) => ({
    text,
    font: !isIn(MAIN_FACE, text) && isIn(SECOND_FACE, text) ? SECOND_FACE : MAIN_FACE,
  }));
}
