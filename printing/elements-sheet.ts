import type { Content } from 'pdfmake/interfaces.js';
import type { DeclarationElementsSheet } from '../rules/documents/forms.ts';
import { box, type Column, field, lineTable, signatureOf } from './parts.ts';

type Line = DeclarationElementsSheet['lines'][number];

/** Stands where a value is missing, so that nobody takes an empty cell for an answer. */
const MISSING = '【未提供 MISSING】';

const columns: Column<Line>[] = [
  { label: ['项号', 'Item'], share: 26, align: 'center', of: ({ no }) => String(no) },
  { label: ['商品编号', 'HS code'], share: 58, align: 'center', of: ({ hsCode }) => hsCode },
  { label: ['商品名称', 'Name of goods'], share: 120, of: ({ nameZh, nameEn }) => `${nameZh}\n${nameEn}` },
  { label: ['申报要素', 'Declaration elements'], share: 180, of: elementsText },
  { label: ['规格型号', 'As declared'], share: 110, of: ({ declared }) => declared },
];

function elementsText({ elements, headingKnown }: Line): string {
  const rows = elements.map(({ name, value }, index) => `${index + 1}. ${name}：${value === '' ? MISSING : value}`);
  const unknown = '本税号要素表未知，请核对 Elements of this heading are not in our tables: check them';
  return [...rows, ...(headingKnown ? [] : [unknown])].join('\n');
}

/** Body of the sheet of declaration elements, under the title. */
export function elementsBody(sheet: DeclarationElementsSheet): Content[] {
  return [
    box([
      [
        field(['编号', 'No.'], sheet.number),
        field(['合同号', 'Contract No.'], sheet.contractNumber),
        field(['日期', 'Date'], sheet.date),
        field(['未提供要素', 'Elements missing'], String(sheet.missingCount)),
      ],
      [
        field(['境内发货人', 'Domestic consignor'], `${sheet.seller.nameZh}\n${sheet.seller.nameEn}`, { colSpan: 2 }),
        {},
        field(['境外收货人', 'Overseas consignee'], sheet.consignee.name, { colSpan: 2 }),
        {},
      ],
    ]),
    lineTable(columns, sheet.lines),
    signatureOf(sheet, sheet.date),
  ];
}
