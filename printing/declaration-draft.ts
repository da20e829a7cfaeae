import type { Content } from 'pdfmake/interfaces.js';
import type { DeclarationDraft } from '../rules/documents/content.ts';
import { amount, grouped, money } from './figures.ts';
import { box, type Column, field, lineTable, partyOf, WIDTH } from './parts.ts';

type Line = DeclarationDraft['lines'][number];

/** A code with its name in the tables of customs, as the form shows both. */
function coded(code: string, name: string | undefined): string {
  return [name, code && `(${code})`].filter(Boolean).join(' ');
}

/** Statutory quantities above the quantity of the deal, as in the form's cell of three rows. */
function quantitiesOf({ statutory, quantity, unit, unitCode }: Line): string {
  const rows = statutory.map((each) => `${grouped(each.quantity)} ${coded(each.unitCode, each.unit)}`);
  return [...rows, `${grouped(quantity)} ${coded(unitCode, unit)}`].join('\n');
}

function columnsOfDraft({ currency, destinationCountry }: DeclarationDraft): Column<Line>[] {
  return [
    { label: ['项号', 'Item'], share: 30, align: 'center', of: ({ no }) => String(no) },
    { label: ['商品编号', 'HS code'], share: 62, align: 'center', of: ({ hsCode }) => hsCode },
    {
      label: ['商品名称及规格型号', 'Name and declaration elements'],
      share: 240,
      of: ({ nameZh, elements }) => `${nameZh}\n${elements.map(({ value }) => value).join('|')}`,
    },
    { label: ['数量及单位', 'Quantity'], share: 88, align: 'right', of: quantitiesOf },
    {
      label: ['单价/总价/币制', 'Price / total'],
      share: 88,
      align: 'right',
      of: ({ unitPrice, total }) => `${amount(unitPrice, currency)}\n${amount(total, currency)} ${currency}`,
    },
    {
      label: ['净重/毛重', 'Net / gross kg'],
      share: 70,
      align: 'right',
      of: ({ netWeightKg, grossWeightKg }) => `${grouped(netWeightKg)}\n${grouped(grossWeightKg)}`,
    },
    { label: ['原产国', 'Origin'], share: 42, align: 'center', of: ({ originCountry }) => originCountry },
    { label: ['最终目的国', 'Destination'], share: 52, align: 'center', of: () => destinationCountry },
  ];
}

/** Body of a declaration draft, in the order of the fields of the export declaration form. */
export function draftBody(draft: DeclarationDraft): Content[] {
  const { seller } = draft;
  const total = WIDTH.landscape;
  return [
    {
      text: '本草单供核对，尚未向海关申报。 A draft for checking; nothing has been declared by it.',
      fontSize: 7,
      alignment: 'center',
      margin: [0, 0, 0, 6],
    },
    box(
      [
        [
          field(['草单号', 'Draft No.'], draft.number),
          field(['合同协议号', 'Contract No.'], draft.contractNumber),
          field(['日期', 'Date'], draft.date),
        ],
        [
          field(
            ['境内发货人', 'Domestic consignor'],
            `${seller.nameZh}\n${seller.nameEn}\n${seller.taxId}  海关编码 ${seller.customsCode}`,
          ),
          field(['境外收货人', 'Overseas consignee'], partyOf(draft.consignee)),
          field(['买方', 'Buyer'], partyOf(draft.buyer)),
        ],
      ],
      total,
    ),
    codesOf(draft),
    box([[field(['标记唛码', 'Marks'], draft.marks), field(['备注', 'Remarks'], draft.remarks)]], total),
    lineTable(columnsOfDraft(draft), draft.lines, undefined, total),
  ];
}

function codesOf(draft: DeclarationDraft): Content {
  const { named, currency } = draft;
  return box(
    [
      [
        field(['监管方式', 'Supervision mode'], coded(draft.supervisionMode, named?.supervisionMode)),
        field(['征免性质', 'Nature of levy'], draft.levy),
        field(['运输方式', 'Transport'], coded(draft.transportMode, named?.transportMode)),
        field(['运输工具及航次', 'Vessel / voyage'], [draft.vessel, draft.voyage].filter(Boolean).join(' / ')),
        field(['成交方式', 'Transaction'], coded(draft.transactionMode, named?.incoterm)),
      ],
      [
        field(['运抵国', 'Destination'], draft.destinationCountry),
        field(['指运港', 'Port of destination'], draft.destinationPort),
        field(['离境口岸', 'Port of loading'], draft.portOfLoading),
        field(['运费', 'Freight'], money(draft.freight, currency)),
        field(['保费', 'Insurance'], money(draft.insurance, currency)),
      ],
      [
        field(['包装种类', 'Packing'], coded(draft.wrapCode, named?.wrap)),
        field(['件数', 'Packages'], grouped(String(draft.packages))),
        field(['净重', 'Net weight, kg'], grouped(draft.netWeightKg)),
        field(['毛重', 'Gross weight, kg'], grouped(draft.grossWeightKg)),
        field(['币制', 'Currency'], currency),
      ],
    ],
    WIDTH.landscape,
  );
}
