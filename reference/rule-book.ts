/** Reads the rule book: one file a rule, in the folder of the market whose law it is. The name of the file is its id. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import { type Rule, type RuleCase, ruleCaseSchema, ruleFileSchema, ruleSchema } from './rule-schema.ts';
import { complaintsOf, readYaml, type YamlFile } from './yaml-file.ts';

const FOLDER = 'rules';

/**
 * Every rule in every stretch of its life.
 * @param directory of the reference data
 * @param countries that there are, by their two letters; without them markets are not held against anything
 * @throws Error naming file and line of what is wrong: an unknown field or market, a missing field, two stretches on one day
 */
export function readRuleBook(directory: string, countries?: readonly string[]): Rule[] {
  const files = ruleFiles(directory);
  const rules = files.flatMap((path) => {
    const file = readYaml(path, relative(directory, path));
    const read = readRule(file, basename(path, '.yaml'));
    if (countries) refuseUnknownMarkets(file, read, countries);
    return read;
  });
  const homes = new Map<string, string>();
  for (const path of files) {
    const id = basename(path, '.yaml');
    const home = homes.get(id);
    if (home) throw wrong(`${relative(directory, path)}:1: the rule ${id} stands in ${home} too`);
    homes.set(id, relative(directory, path));
  }
  return rules;
}

/** Paths of the rules' files, in order. */
export function ruleFiles(directory: string): string[] {
  const book = join(directory, FOLDER);
  return readdirSync(book, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== book && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('.cases.yaml'))
    .sort();
}

/** The cases that stand beside a rule. @throws Error naming file and line of what is wrong, or that there are none */
export function casesOf(path: string, directory: string): RuleCase[] {
  const casesPath = path.replace(/\.yaml$/, '.cases.yaml');
  const name = relative(directory, casesPath);
  if (!existsSync(casesPath)) throw wrong(`${name}: a rule has cases beside it, and this one has none`);
  const file = readYaml(casesPath, name);
  const read = z.array(ruleCaseSchema).min(1).safeParse(file.value);
  if (!read.success) throw wrong(complaintsOf(file, read.error));
  return read.data;
}

function readRule(file: YamlFile, id: string): Rule[] {
  const envelope = ruleFileSchema.safeParse(file.value);
  if (!envelope.success) throw wrong(complaintsOf(file, envelope.error));
  const { versions, ...own } = envelope.data;
  if (own.id !== id) throw wrong(`${file.name}:${file.lineOf(['id'])}: id is ${String(own.id)}, the file's name ${id}`);
  const rules = (versions ?? [undefined]).map((version, index) => {
    const read = ruleSchema.safeParse({ ...own, ...version });
    if (read.success) return read.data;
    const inVersion = read.error.issues.every((issue) => version && String(issue.path[0]) in version);
    throw wrong(complaintsOf(file, read.error, inVersion ? ['versions', index] : []));
  });
  refuseOverlaps(file, rules);
  return rules;
}

/** Markets that are no country of their own: the European Union, and Northern Ireland, whose goods follow its rules. */
const otherMarkets = ['EU', 'NI'];

/** A rule of a market that is none would never speak of any order. Markets are the file's own, the same in each version. */
function refuseUnknownMarkets(file: YamlFile, [rule]: readonly Rule[], countries: readonly string[]): void {
  for (const [index, market] of (rule?.markets ?? []).entries())
    if (!countries.includes(market) && !otherMarkets.includes(market))
      throw wrong(
        `${file.name}:${file.lineOf(['markets', index])}: markets.${index}: ${market} is no country of codes/countries.yaml, nor EU or NI${market === 'UK' ? '; the United Kingdom is GB' : ''}`,
      );
}

function refuseOverlaps(file: YamlFile, rules: readonly Rule[]): void {
  const stretches = rules
    .map((rule, index) => ({ rule, index }))
    .sort((a, b) => a.rule.effectiveFrom.localeCompare(b.rule.effectiveFrom));
  for (const [place, { rule }] of stretches.entries()) {
    const next = stretches[place + 1];
    if (next && (rule.effectiveTo === null || next.rule.effectiveFrom <= rule.effectiveTo))
      throw wrong(
        `${file.name}:${file.lineOf(['versions', next.index, 'effectiveFrom'])}: two versions are in force on ${next.rule.effectiveFrom}`,
      );
  }
}

const wrong = (complaint: string) => new Error(`The rule book is wrong:\n${complaint}`);
