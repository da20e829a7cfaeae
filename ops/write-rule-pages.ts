/** `npm run rule-pages`: writes docs/rules from the rule book. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadReference } from '../reference/load.ts';
import { ruleFiles } from '../reference/rule-book.ts';
import { checkPage, rulePage, rulePagesIndex } from './rule-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = join(root, 'reference');
const pages = join(root, 'docs/rules');
const { rules, checks } = loadReference(directory);
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
for (const check of checks) writeFileSync(join(pages, `${check.id}.md`), checkPage(check));
writeFileSync(join(pages, 'README.md'), rulePagesIndex(rules, files, checks));
console.log(`${files.length + checks.length} pages in docs/rules`);
