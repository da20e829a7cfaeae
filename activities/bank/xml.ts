import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** A file that cannot be read as what it should be; the message is for the person who uploaded it. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** Ten million characters: a month of a busy account is below one. */
const MOST_CHARACTERS = 10_000_000;
/** camt.053 nests to about fifteen. */
const DEEPEST = 40;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and character numbers, in one pass, so that `&amp;lt;` stays the text `&lt;`; nothing is defined by a file. */
const entityDecoder = {
  reset: () => {},
  setXmlVersion: () => {},
  addInputEntities: () => {},
  setExternalEntities: () => {},
  decode: (text: string) =>
    text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g, (whole, name, decimal, hex) => {
      if (name) return named[name] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      // Neither NUL nor half a character is XML, and the database keeps neither.
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
    }),
};

const parser = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // Digits stay text: as a number 100.10 loses its last decimal, and a long account number its end.
  parseTagValue: false,
  removeNSPrefix: true,
  maxNestedTags: DEEPEST,
  entityDecoder,
};

/**
 * Reads XML into a tree, to be walked by {@link all}, {@link at} and {@link text}. Namespace prefixes are dropped.
 * A DOCTYPE is refused outright: a statement needs none, and its entities are how XML files attack their readers.
 * @throws Unreadable for anything else than well-formed XML within the limits
 */
export function readXml(xml: string): unknown {
  if (xml.length > MOST_CHARACTERS) throw new Unreadable('the file is longer than 10 million characters');
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    throw new Unreadable('the file declares a DOCTYPE or entities, which is not accepted');
  if (xml.includes('\0')) throw new Unreadable('the file holds a NUL character');
  const body = xml.replace(/^\uFEFF/, '').trimStart();
  const verdict = XMLValidator.validate(body);
  if (verdict !== true)
    throw new Unreadable(`not well-formed XML, line ${verdict.err.line}: ${verdict.err.msg.slice(0, 200)}`);
  try {
    return new XMLParser(parser).parse(body);
  } catch (error) {
    throw new Unreadable(
      `XML that is not accepted: ${error instanceof Error ? error.message.slice(0, 200) : 'not understood'}`,
    );
  }
}

/** All children of that name; none when there are none. */
export function all(node: unknown, name: string): unknown[] {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return [];
  const value = (node as Record<string, unknown>)[name];
  return Array.isArray(value) ? value : [value];
}

/** The first element at that path, or undefined. */
export function at(node: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((found, name) => all(found, name)[0], node);
}

/** The text at that path, without blanks around it; undefined when absent or empty. */
export function text(node: unknown, ...path: string[]): string | undefined {
  const found = at(node, ...path);
  const raw = typeof found === 'string' ? found : at(found, '#text');
  return typeof raw === 'string' && raw.trim() !== '' ? raw.trim() : undefined;
}
