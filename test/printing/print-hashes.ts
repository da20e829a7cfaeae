/** Prints the papers of a short and a long golden case and says the hash of each: run in several processes, it must say the same. */
import { createHash } from 'node:crypto';
import { printDocument } from '../../printing/print-document.ts';
import { goldenCases, papersOf } from './cases.ts';

/** sha256 of each PDF, by the paper's id. */
export async function printHashes(): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const golden of goldenCases.filter(({ name }) => /^(one|fifty)/.test(name)))
    for (const paper of papersOf(golden)) {
      const pdf = await printDocument(paper, { logo: golden.logo, mark: { kind: 'superseded', by: 2 } });
      hashes[paper.id] = createHash('sha256').update(pdf).digest('hex');
    }
  return hashes;
}

if (process.argv[2] === '--say') void printHashes().then((hashes) => console.log(JSON.stringify(hashes)));
