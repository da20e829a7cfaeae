import type { ImportFile } from './importer.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The text of a file in UTF-8, UTF-16 with its mark (a spreadsheet's "Unicode text"), or GB18030, as Chinese offices save it.
 * @throws Error where it is none of them: read by a guess, names would be taken in destroyed
 */
export function textOfFile({ name, content }: ImportFile): string {
  const encodings = content[0] === 0xff && content[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    const text = decoded(content, encoding);
    if (text !== undefined && !text.includes('\0')) return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }
  throw new Error(`${name} is neither UTF-8 nor GB18030 text: save it as CSV in UTF-8, or as XLSX`);
}

function decoded(content: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
