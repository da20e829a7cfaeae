import type { GoodsMatch } from '../rules/classification/search.ts';
import type { Suggestion } from '../rules/classification/suggest.ts';

const sourceWords = {
  declared: 'you declared it',
  'common-goods': 'common goods',
  nomenclature: 'nomenclature',
} as const satisfies Record<GoodsMatch['source'], string>;

/** 851821 as 8518.21, 9405210090 as 9405.21.00.90. */
export function writtenCode(code: string): string {
  return code.length <= 4 ? code : [code.slice(0, 4), ...(code.slice(4).match(/.{1,2}/g) ?? [])].join('.');
}

/** Matches of a search for a person to read, a paragraph each; a sentence where there is none. */
export function goodsMatchesText(text: string, matches: readonly GoodsMatch[]): string {
  if (matches.length === 0) return `Nothing in the tables is near to ${JSON.stringify(text)}.\n`;
  return `${matches.map(paragraph).join('\n\n')}\n\nThese are leads: a person confirms the code before it is declared.\n`;
}

/** Suggestions, or why there are none. */
export function suggestionText(text: string, suggestion: Suggestion): string {
  return 'refused' in suggestion ? `No code: ${suggestion.refused}.\n` : goodsMatchesText(text, suggestion.suggestions);
}

function paragraph({ code, path, description, reason, source, score, alternatives }: GoodsMatch): string {
  const steps = [path.chapter, path.heading].flatMap((step) => (step ? [`${step.code} ${shortened(step.title)}`] : []));
  const place = [...(path.section ? [`Section ${path.section.code}`] : []), ...steps];
  return [
    `${writtenCode(code)}  ${description}`,
    `  ${place.join(' > ')}`,
    `  ${sourceWords[source]}, ${Math.round(score * 100)} %: ${reason}`,
    ...(alternatives.length > 0 ? [`  also looked at: ${alternatives.map(writtenCode).join(', ')}`] : []),
  ].join('\n');
}

/** Titles of headings run to several lines; the beginning tells where one is. */
const shortened = (title: string) => (title.length > 72 ? `${title.slice(0, 71).trimEnd()}…` : title);
