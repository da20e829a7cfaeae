import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { casesOf, ruleFiles } from '../../reference/rule-book.ts';
import type { RuleCase } from '../../reference/rule-schema.ts';
import { judgeRules } from '../../rules/compliance/judge-rules.ts';
import { contextOf } from '../../rules/compliance/review.ts';
import { ruleFindings } from '../../rules/compliance/rule-findings.ts';
import type { SubmittedPaper } from '../../rules/compliance/submitted-paper.ts';
import type { Finding } from '../../rules/finding.ts';
import type { OrderInput } from '../../rules/order/order.ts';
import { orderOf, reference } from './orders.ts';

const directory = `${__dirname}/../../reference`;
const files = ruleFiles(directory);

function findingOf(rule: string, one: RuleCase): Finding | undefined {
  const { to, region, hsCode, productCode, attributes, papers } = one;
  const line = { attributes, certificates: [], ...(hsCode && { hsCode }), ...(productCode && { productCode }) };
  const destination = { ...(to === 'CN' || to === undefined ? {} : { destination: { country: to, region } }) };
  const { lines, ...rest } = one.order as Partial<OrderInput>;
  const order = orderOf({ ...destination, ...rest }, [{ ...line, ...lines?.[0] }]);
  const documents = papers.map((paper, at): SubmittedPaper => ({ documentId: `paper-${at}`, ...paper }));
  const asOf = `${one.asOf}T04:00:00Z`;
  const input = { order, documents, amendments: [], waived: [], asOf, reference };
  const context = contextOf(input, { exportOn: one.asOf, entryOn: one.entryOn ?? one.asOf });
  return ruleFindings(judgeRules(context, { confirmed: [] }), context).find((finding) => finding.rule === rule);
}

describe.each(files.map((file) => [basename(file, '.yaml'), file] as const))('%s', (rule, file) => {
  const cases = casesOf(file, directory);

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const finding = findingOf(rule, one);
    expect(finding === undefined ? 'fine' : finding.undecided ? 'ask' : finding.severity).toBe(one.expect);
  });

  it('has a case for it and one against it', () => {
    const said = cases.map((one) => one.expect);
    expect(said).toContain('fine');
    expect(said.some((one) => one === 'block' || one === 'warn' || one === 'info')).toBe(true);
  });
});
