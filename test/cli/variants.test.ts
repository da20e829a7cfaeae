import { describe, expect, it } from '@jest/globals';
import { columnsOf, WIDTH } from '../../cli/layout.ts';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { variantsAnswerSchema } from '../../rules/compliance/compare-variants.ts';
import { folderWith, quayside } from './terminals.ts';

const [line] = exampleOrder.lines;
const bed = {
  ...exampleOrder,
  lines: [
    { ...line, nameEn: 'Oak bed frame', nameZh: '橡木床架', hsCode: '9403509990', attributes: { solidWood: true } },
  ],
};
const variants = `
- name: steel bed
  design: The frame is of welded steel tube, and no wood is left in it.
  reason: lighter and flat packed
  changes: { attributes: { solidWood: false, woodComposite: false, materials: [steel] }, hsCode: "9403200000" }
- name: sofa
  design: It is the same bed and is called a sofa on the invoice.
  reason: the deposit is high
  changes: { nameEn: Sofa, attributes: { originMarked: true } }
`;
const folder = () => folderWith({ 'bed.json': JSON.stringify(bed), 'variants.yaml': variants });
const run = (...words: string[]) =>
  quayside(['variants', 'bed.json', '--with', 'variants.yaml', ...words], { folder: folder() });

describe('quayside variants without a server', () => {
  it('prints what a variant leaves and why, and what is refused with its law', async () => {
    const { status, out, err } = await run('--line', '1');
    expect({ status, err }).toEqual({ status: 0, err: expect.stringContaining('cases in this folder') });
    expect(out).toMatch(/leaves +A-570-890/);
    expect(out).toContain('only declared otherwise: hsCode');
    expect(out).toMatch(/REFUSED +sofa/);
    expect(out).toContain('EAPA');
    expect(out.split('\n').filter((printed) => columnsOf(printed) > WIDTH)).toEqual([]);
  });

  it('prints the answer of the API with --json', async () => {
    const { out } = await run('--line', '1', '--json', '--local');
    expect(variantsAnswerSchema.parse(JSON.parse(out))).toMatchObject({ market: 'US', covered: true });
  });

  it.each([
    [['--line', '2'], '--line 2: line: the order has 1'],
    [['--line', 'x'], '--line x: line: '],
    [['--line', '1', '--with', 'none.yaml'], 'none.yaml: there is no such file'],
    [['--line', '1', '--with', 'bed.json'], 'bed.json:1: '],
    [[], "required option '--line <N>'"],
  ])('%j is not understood', async (words, expected) => {
    const { status, err } = await run(...words);
    expect({ status, err }).toEqual({ status: 64, err: expect.stringContaining(expected) });
  });
});
