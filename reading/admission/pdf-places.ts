/** Where something stands in a PDF's text, found without following its tables. */

/** A dictionary begins at most so far before a key of it that matters here. */
const BEGINS_WITHIN = 4096;
const MOST_BEGINNINGS = 64;

/** Places where a dictionary may begin that reaches to that place, the nearest first. */
export function beginningsBefore(text: string, at: number): number[] {
  const places: number[] = [];
  for (let begin = at; places.length < MOST_BEGINNINGS; ) {
    begin = begin <= 0 ? -1 : text.lastIndexOf('<<', begin - 1);
    if (begin < 0 || at - begin > BEGINS_WITHIN) break;
    places.push(begin);
  }
  return places;
}

/** A name as PDF allows to write it, each letter also in hexadecimal. Matches other cases too: what it means tells. */
export function marked(name: string): RegExp {
  const letters = [...name].map((letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`);
  return new RegExp(`/${letters.join('')}(?![A-Za-z0-9_.#-])`, 'gi');
}
