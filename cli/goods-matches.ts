/** Codes that a search found, for a person to read. */
import type { GoodsSearch } from '../rules/classification/search-answer.ts';
import { labelled, WIDTH, wrapped } from './layout.ts';

type Match = GoodsSearch['results'][number];

const sourceWords: Record<Match['source'], string> = {
  declared: 'own declarations',
  'common-goods': 'common goods',
  nomenclature: 'nomenclature',
};

/** 851821 as 8518.21, 9405210090 as 9405.21.00.90. */
export function writtenCode(code: string): string {
  return code.length <= 4 ? code : [code.slice(0, 4), ...(code.slice(4).match(/.{1,2}/g) ?? [])].join('.');
}

/** What a search found, a paragraph each; why no code may be taken by these words alone; and where was looked. */
export function goodsFoundText(text: string, { results, refused, searched }: GoodsSearch): string[] {
  return [
    ...(refused === null ? [] : [...wrapped(`No code by these words alone: ${refused}.`, WIDTH), '']),
    ...(results.length === 0
      ? [`Nothing in the tables is near to ${JSON.stringify(text)}.`]
      : results.flatMap(paragraph)),
    '',
    `Searched: ${searched.map((source) => sourceWords[source]).join(', ')}.`,
    'These are leads: a person confirms the code before it is declared.',
  ];
}

function paragraph({ code, path, description, reason, source, score, alternatives }: Match): string[] {
  const steps = [path.chapter, path.heading].flatMap((step) => (step ? [`${step.code} ${shortened(step.title)}`] : []));
  const place = [...(path.section ? [`section ${path.section.code}`] : []), ...steps].join(' › ');
  const layout = { indent: 4, label: 9 };
  return [
    ...labelled(writtenCode(code), description, { indent: 0, label: 13 }),
    ...(place === '' ? [] : labelled('place', place, layout)),
    ...labelled('why', `${reason} (${sourceWords[source]}, ${Math.round(score * 100)} %)`, layout),
    ...(alternatives.length === 0 ? [] : labelled('or', alternatives.map(writtenCode).join(', '), layout)),
  ];
}

/** Titles of headings run to several lines; the beginning tells where one is. */
const shortened = (title: string) => (title.length > 72 ? `${title.slice(0, 71).trimEnd()}…` : title);
