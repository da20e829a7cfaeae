import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkPage, rulePage, rulePagesIndex } from '../../ops/rule-pages.ts';
import { ruleFiles } from '../../reference/rule-book.ts';
import { reference } from './orders.ts';

const root = join(__dirname, '../..');
const directory = join(root, 'reference');
const { rules, checks } = reference;
const files = ruleFiles(directory);

describe('docs/rules, made by npm run rule-pages', () => {
  it.each(files.map((file) => [basename(file, '.yaml'), file] as const))('%s says what its rule says', (id, file) => {
    const stretches = rules.filter((rule) => rule.id === id);
    expect(readFileSync(join(root, `docs/rules/${id}.md`), 'utf8')).toBe(rulePage(stretches, file, root));
  });

  it.each(checks.map((check) => [check.id, check] as const))('%s says what the check says', (id, check) => {
    expect(readFileSync(join(root, `docs/rules/${id}.md`), 'utf8')).toBe(checkPage(check));
  });

  it('has a page for each rule and check and no other', () => {
    const ids = [...files.map((file) => basename(file, '.yaml')), ...checks.map(({ id }) => id)];
    const wanted = [...ids.map((id) => `${id}.md`), 'README.md'].sort();
    expect(readdirSync(join(root, 'docs/rules')).sort()).toEqual(wanted);
    expect(readFileSync(join(root, 'docs/rules/README.md'), 'utf8')).toBe(rulePagesIndex(rules, files, checks));
  });
});
