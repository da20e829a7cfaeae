/** `npm run rule-pages`: writes docs/rules from the rule book. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRuleBook, ruleFiles } from '../reference/rule-book.ts';
import { rulePage, rulePagesIndex } from './rule-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = join(root, 'reference');
const pages = join(root, 'docs/rules');
const rules = readRuleBook(directory);
const files = ruleFiles(directory);
rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
for (const file of files) {
  const id = basename(file, '.yaml');
  writeFileSync(
    join(pages, `${id}.md`),
    rulePage(
      rules.filter((rule) => rule.id === id),
      file,
      root,
    ),
  );
}
writeFileSync(join(pages, 'README.md'), rulePagesIndex(rules, files));
console.log(`${files.length} pages in docs/rules`);
