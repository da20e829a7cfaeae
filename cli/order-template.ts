/** An order to fill in, as YAML: every field that an order may have, with what it means, from the order's own schema. */
import { stringify } from 'yaml';
import { z } from 'zod';
import { type OrderInput, orderSchema } from '../rules/order/order.ts';
import { orderWords, orderWordsByPlace } from '../rules/order/order-words.ts';
import { WIDTH, wrapped } from './layout.ts';

/** Values that make the template an order that can be checked. What is left out here stands as a comment only. */
const example = {
  reference: 'ORDER-1',
  orderedOn: '2026-11-24',
  plannedExportOn: '2027-01-20',
  claimantKind: 'trading',
  buyer: {
    name: 'Harbor Home Goods LLC',
    country: 'US',
    address: '1200 Harbor Avenue, Long Beach, CA 90802',
    taxId: '95-0000000',
  },
  consignee: { name: 'Harbor Home Goods LLC', country: 'US' },
  notify: { name: 'Pacific Bridge Customs Brokers Inc.', country: 'US' },
  endUser: { name: 'Harbor Home Goods LLC', country: 'US' },
  payer: { name: 'Harbor Home Goods LLC', country: 'US' },
  bank: { name: 'Example Bank N.A.', country: 'US' },
  destination: { country: 'US', port: 'USLGB', address: '1200 Harbor Avenue, Long Beach, CA 90802' },
  model: 'general-trade',
  supervisionMode: '0110',
  transport: {
    mode: 'sea',
    vessel: 'EVER SAMPLE',
    voyage: '048E',
    portOfLoading: 'CNNGB',
    stuffingPlace: '宁波市北仑区示例路1号',
    consolidator: 'Example Freight Co., Ltd.',
  },
  incoterm: { rule: 'FOB', place: 'Ningbo' },
  currency: 'USD',
  freight: '800.00',
  insurance: '60.00',
  payment: {
    instalments: [{ share: '1', trigger: 'shipment', days: 30 }],
    lastContractualDate: '2027-02-19',
  },
  marks: 'HARBOR HOME / LONG BEACH / C/NO. 1-125 / MADE IN CHINA',
  remarks: 'as agreed on 24 Nov',
  lines: [
    {
      productCode: 'TL-20',
      nameZh: 'LED台灯',
      nameEn: 'LED table lamp, USB powered',
      hsCode: '9405210090',
      importCode: '9405218000',
      elements: { 用途: '室内照明用', 材质: '铁及ABS塑料', 光源类型: 'LED光源', 品牌: '无品牌', 型号: 'TL-20' },
      brand: 'Example',
      brandType: 'none',
      origin: 'CN',
      quantity: '1000',
      unit: '个',
      statutory: [{ quantity: '1000', unit: '个' }],
      unitPrice: '12.00',
      lineTotal: '12000.00',
      netWeightKg: '1150',
      grossWeightKg: '1400',
      packages: { count: 125, kind: '纸箱', sizeCm: '60x40x45', treatmentMark: 'plywood' },
      attributes: {
        electronics: true,
        hasRadio: false,
        mainsVoltage: false,
        hasBattery: false,
        consumerProduct: true,
        materials: ['plastic', 'iron'],
      },
      certificates: [
        {
          kind: 'certificate-fcc-sdoc',
          number: 'SDOC-TL20-2026',
          holder: 'Harbor Home Goods LLC',
          issuedOn: '2026-03-02',
        },
      ],
      scopeAnswers: { 'A-570-890/bedroom': false },
      purchaseContract: 'PC-2026-118',
      purchaseNet: '66000.00',
      supplier: { name: '宁波示例灯具有限公司', taxId: '91330200MA0000001X', place: '宁波市鄞州区' },
    },
  ],
} as const;

const HEAD = [
  '# An order for quayside check. Fill it in and check it:  quayside check order.yaml',
  '# Lines that begin with #name: may be left out; take the # away to say them.',
  '# Money, quantities and codes are texts: put them in quotation marks.',
  '',
];

/** The lines of the template. A field that may be left out begins with `#`, right before its name. */
export function orderTemplate(): string[] {
  return [...HEAD, ...fieldsOf(orderSchema, example, { place: '', indent: '', mark: '' })];
}

/** May be left out, and is mostly not: the least that makes the order worth checking. */
const mostlySaid = [
  'payment.instalments.share',
  'payment.instalments.days',
  'lines.elements',
  'lines.attributes',
  'lines.attributes.electronics',
  'lines.attributes.hasRadio',
  'lines.attributes.mainsVoltage',
  'lines.attributes.hasBattery',
  'lines.attributes.consumerProduct',
  'lines.attributes.materials',
];

const otherParties = /^(consignee|notify|endUser|payer|bank)\./;

/** Where the writing stands: `mark` is `#` inside of what may be left out. */
interface At {
  place: string;
  indent: string;
  mark: string;
}

type Fields = { readonly shape: Readonly<Record<string, z.ZodType>> };

function fieldsOf(schema: Fields, values: object, at: At): string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const place = at.place === '' ? name : `${at.place}.${name}`;
    return fieldLines(name, field, (values as Record<string, unknown>)[name], { ...at, place });
  });
}

function fieldLines(name: string, field: z.ZodType, given: unknown, at: At): string[] {
  const { type, optional } = bare(field);
  const value = given === undefined && type instanceof z.ZodBoolean ? false : given;
  const comments = commentOf(name, type, at);
  if (value === undefined) return [`${at.indent}# ${name}:`, ...comments.map((line) => line.replace('# ', '#   '))];
  const mark = at.mark !== '' || (optional && !mostlySaid.includes(at.place)) ? '#' : '';
  const inner = { place: at.place, indent: `${at.indent}  `, mark };
  const start = `${at.indent}${mark}${name}:`;
  if (type instanceof z.ZodObject)
    return [...comments, start, ...fieldsOf(type as unknown as Fields, value as object, inner)];
  if (type instanceof z.ZodArray && Array.isArray(value)) {
    const item = bare(type.element as z.ZodType).type;
    if (item instanceof z.ZodObject)
      return [
        ...comments,
        start,
        ...value.flatMap((one) => itemLines(item as unknown as Fields, one as object, inner)),
      ];
  }
  return [...comments, ...valueLines(name, value, { ...at, mark })];
}

/** A list's item, its hyphen on a line of its own, so that any of its fields may be left out. */
function itemLines(schema: Fields, value: object, at: At): string[] {
  return [`${at.indent}${at.mark}-`, ...fieldsOf(schema, value, { ...at, indent: `${at.indent}  ` })];
}

function valueLines(name: string, value: unknown, { indent, mark }: At): string[] {
  const written = stringify(
    { [name]: value },
    { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', flowCollectionPadding: true, lineWidth: 0 },
  );
  return written
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^ */, (blanks) => `${indent}${blanks}${mark}`));
}

function commentOf(name: string, type: z.ZodType, { place, indent }: At): string[] {
  const words = orderWordsByPlace[place.replace(otherParties, 'buyer.')] ?? orderWords[name] ?? '';
  const choices = type instanceof z.ZodEnum && type.options.length < 40 ? ` One of: ${type.options.join(', ')}.` : '';
  const text = `${words}${choices}`.trim();
  return wrapped(text, WIDTH - indent.length - 2).map((line) => `${indent}# ${line}`);
}

/** The type within: what may be left out, and what has a default, need not be said. */
function bare(field: z.ZodType): { type: z.ZodType; optional: boolean } {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault)
    return { type: bare(field.unwrap() as z.ZodType).type, optional: true };
  if (field instanceof z.ZodPipe) return bare(field.in as z.ZodType);
  return { type: field, optional: false };
}

/** The template's values as an order, for the tests that hold it against the schema. */
export const templateOrder: OrderInput = example as unknown as OrderInput;
