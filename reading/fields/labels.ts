/** Finds labels in a piece of text: `Invoice No. 发票号码: INV-1  Date: 2026-11-27` has two, each with its value. */
import { type LabelName, labelWords, shortLabels } from './label-words.ts';

/** A label, and the text behind it in the same cell. */
export interface LabelledText {
  name: LabelName;
  /** What was written as label, `(KG)` behind it included. */
  label: string;
  /** Text up to the next label; empty where the value stands elsewhere. */
  value: string;
  /** A colon follows: it is a label for sure. */
  hasColon: boolean;
}

const HAN = /\p{Script=Han}/u;

/** One word of the tables as a pattern: full-width and spaced letters (`合 同 号`, `Invoice No .`) are the same label. */
function patternOf(word: string): string {
  const pattern = [...word]
    .map((letter) => {
      if (letter === ' ') return '\\s*';
      if (letter === '.') return '\\s*\\.?';
      const literal = letter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      return /[/&、]/.test(letter) ? `\\s*${literal}\\s*` : HAN.test(letter) ? `${literal}\\s*` : literal;
    })
    .join('');
  // Letters must not go on: `Notify` is no part of `Notifying`. Chinese words follow each other without a space.
  return /[a-z]\.?$/i.test(word) ? `${pattern}(?![a-z])` : pattern;
}

interface Matcher {
  name: LabelName;
  first: RegExp;
}

/** Words of one label may follow each other in two languages, with brackets, dashes or strokes between. */
const matchers: readonly Matcher[] = Object.entries(labelWords).map(([name, words]) => {
  const any = words
    .toSorted((a, b) => b.length - a.length)
    .map(patternOf)
    .join('|');
  const unit = '(?:\\s*[(（](?:in\\s*)?[^()（）:：]{1,24}[)）]|\\s*,\\s*(?:in\\s*)?(?:kgs?|mt|lbs|g)\\b)?';
  return {
    name: name as LabelName,
    first: new RegExp(
      `(?<![\\p{L}\\p{N}])(?:the\\s+)?(?:${any})(?:[\\s/()|,-]*(?:${any}))*\\)?${unit}[\\s.#]*(?<colon>:)?`,
      'giu',
    ),
  };
});

interface Found {
  name: LabelName;
  at: number;
  end: number;
  hasColon: boolean;
}

/** The labels of a text, in order; empty where it is only a value. Letters are compared in their normal width and any case. */
export function labelsIn(text: string): LabelledText[] {
  const plain = text.normalize('NFKC').slice(0, 2000);
  const found = withoutOverlaps(matchers.flatMap((matcher) => matchesOf(matcher, plain)));
  return found.map((label, index) => ({
    name: label.name,
    label: plain.slice(label.at, label.end).trim(),
    value: textBehind(plain.slice(label.end, found[index + 1]?.at ?? plain.length)),
    hasColon: label.hasColon,
  }));
}

/** Whether a text begins with a label, and so is nobody's value. */
export function beginsWithLabel(text: string): boolean {
  const [first] = labelsIn(text);
  return first !== undefined && text.normalize('NFKC').trimStart().startsWith(first.label);
}

function matchesOf({ name, first }: Matcher, text: string): Found[] {
  return [...text.matchAll(first)].flatMap((match): Found[] => {
    const hasColon = match.groups?.colon !== undefined;
    const end = match.index + match[0].length;
    const isAtStart = /^[\s\d.、)*]*$/.test(text.slice(0, match.index)) || text.slice(0, match.index).endsWith('\n');
    const isAlone = isAtStart && /^\s*(\n|$)/.test(text.slice(end));
    const isShort = shortLabels.has(match[0].replace(/[\s:]+$/, '').toLowerCase()) || name === 'partyName';
    if (hasColon || isAlone) return [{ name, at: match.index, end, hasColon }];
    // Without a colon a label stands at the beginning, and what follows looks like its value, not like a sentence.
    if (!isAtStart || isShort || (!match[0].endsWith(' ') && !/[.#)]$/.test(match[0]))) return [];
    return /^[a-z]{2,}\s/.test(text.slice(end)) ? [] : [{ name, at: match.index, end, hasColon }];
  });
}

/** Of labels that overlap the longer is meant: `Invoice Date`, not `Date`. */
function withoutOverlaps(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const label of found.toSorted((a, b) => b.end - b.at - (a.end - a.at)))
    if (kept.every((other) => label.end <= other.at || other.end <= label.at)) kept.push(label);
  return kept.toSorted((a, b) => a.at - b.at);
}

function textBehind(text: string): string {
  return text
    .replace(/^[\s:,;|/.、-]+(?=\S)/, (marks) => (/[-.]$/.test(marks) ? marks.slice(-1) : ''))
    .replace(/^[\s:]+|[\s,;|]+$/g, '');
}
