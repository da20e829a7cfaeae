/** XML that would grow when read, or that is none: told by walking over its marks once. */
import { XMLValidator } from 'fast-xml-parser';
import { DEEPEST_XML } from '../limits.ts';
import { type Refusal, refusal } from './refusal.ts';

const HAS_ENTITIES = /<!(?:DOCTYPE|ENTITY)/i;

/** Whether the text declares a document type or entities, the way in which XML bombs are made. */
export function declaresEntities(text: string): boolean {
  return HAS_ENTITIES.test(text);
}

/** Why the XML file is not taken, or undefined. */
export function refusalOfXml(text: string): Refusal | undefined {
  if (declaresEntities(text))
    return refusal('bomb', 'The XML file declares a document type or entities. Export it again without them.');
  if (isDeeperThan(text, DEEPEST_XML))
    return refusal(
      'bomb',
      `The XML file has more than ${DEEPEST_XML} elements inside one another. No paper needs that.`,
    );
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    return refusal('corrupt', `The XML file is broken at line ${valid.err.line}. Export or download it again.`);
  return undefined;
}

/** Walks once and keeps nothing: a parser would build what is asked about here. */
function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let close = -1;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1];
    if (next === '!' || next === '?') continue;
    // Looked for once for each mark: a file without any would otherwise be searched to its end at every element.
    if (close < at && close !== Number.POSITIVE_INFINITY) close = after(text, at);
    if (next === '/') depth -= 1;
    else if (text[close - 1] !== '/') depth += 1;
    if (depth > most) return true;
  }
  return false;
}

function after(text: string, at: number): number {
  const close = text.indexOf('>', at);
  return close < 0 ? Number.POSITIVE_INFINITY : close;
}
