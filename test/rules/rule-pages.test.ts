import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rulePage, rulePagesIndex } from '../../ops/rule-pages.ts';
import { readRuleBook, ruleFiles } from '../../reference/rule-book.ts';

const root = join(__dirname, '../..');
const directory = join(root, 'reference');
const rules = readRuleBook(directory);
const files = ruleFiles(directory);

describe('docs/rules, made by npm run rule-pages', () => {
  it.each(files.map((file) => [basename(file, '.yaml'), file] as const))('%s says what its rule says', (id, file) => {
    const stretches = rules.filter((rule) => rule.id === id);
    expect(readFileSync(join(root, `docs/rules/${id}.md`), 'utf8')).toBe(rulePage(stretches, file, root));
  });

  it('has a page for each rule and no other', () => {
    const wanted = [...files.map((file) => `${basename(file, '.yaml')}.md`), 'README.md'].sort();
    expect(readdirSync(join(root, 'docs/rules')).sort()).toEqual(wanted);
    expect(readFileSync(join(root, 'docs/rules/README.md'), 'utf8')).toBe(rulePagesIndex(rules, files));
  });
});
