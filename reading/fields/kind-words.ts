/** The words that say which paper it is: a new one is a word here, and a case in the tests of titles or of sheets. */

/** How a kind is called. */
export interface KindWords {
  kind: string;
  /** As a title says it, alone or with its translation. The first row that fits counts. */
  title?: RegExp;
  /** As people name a sheet of a workbook with several papers: short, and only there. Up to three letters: the whole name. */
  sheet: readonly string[];
  /** Kinds whose title says this one too, where a sheet is looked for. */
  titledAs?: readonly string[];
}

export const kindWords: readonly KindWords[] = [
  { kind: 'proforma-invoice', title: /pro[\s-]*forma\s*invoice|形式发票/i, sheet: ['proforma', 'pi'] },
  {
    kind: 'vat-invoice',
    title: /增值税.{0,8}专用发票|电子发票[(（]增值税/,
    sheet: ['增值税发票', '专票', 'vat invoice'],
  },
  {
    kind: 'forwarder-invoice',
    title:
      /freight\s*invoice|forwarder.{0,10}invoice|debit\s*note|费用账单|费用清单|货代.{0,6}发票|运费.{0,4}(发票|账单)/i,
    sheet: ['费用', '账单', '运费', 'freight', 'charges'],
  },
  {
    kind: 'freight-invoice',
    sheet: ['运费', '海运费', 'freight', 'freight invoice', '运费发票'],
    titledAs: ['forwarder-invoice'],
  },
  {
    kind: 'commercial-invoice',
    title: /commercial\s*invoice|商业发票|export\s*invoice|出口发票/i,
    sheet: ['发票', 'invoice', 'inv', 'ci', 'iv'],
  },
  { kind: 'supplier-invoice', sheet: ['发票', 'invoice', 'inv'], titledAs: ['commercial-invoice'] },
  {
    kind: 'packing-list',
    title: /packing\s*(&\s*weight\s*)?list|装箱单/i,
    sheet: ['箱单', '装箱', '装箱明细', 'packing', 'weight list', 'pl', 'p/l'],
  },
  {
    kind: 'purchase-contract',
    title: /purchase\s*(contract|order|agreement)|购销合同|采购合同|采购订单|买卖合同|购货合同/i,
    sheet: ['合同', '采购', 'contract', 'purchase', 'po'],
  },
  {
    kind: 'sales-contract',
    title: /sales?\s*(contract|confirmation|agreement)|销售合同|售货(确认书|合同)|外销合同|出口合同|export\s*contract/i,
    sheet: ['合同', '外销', 'contract', 'sc', 's/c'],
  },
  {
    kind: 'transport-document',
    sheet: ['提单', '运单', 'b/l', 'bl', 'waybill', 'awb'],
    titledAs: ['bill-of-lading', 'air-waybill', 'rail-waybill'],
  },
  { kind: 'bill-of-lading', title: /bill\s*of\s*lading|sea\s*way\s*bill|提\s*单(?!号)/i, sheet: ['提单', 'b/l', 'bl'] },
  { kind: 'air-waybill', title: /air\s*way\s*bill|空运单/i, sheet: ['运单', 'awb', 'waybill'] },
  { kind: 'rail-waybill', title: /rail\s*way\s*bill|铁路运单/i, sheet: ['运单', 'waybill'] },
  {
    kind: 'certificate-of-origin',
    title: /certificate\s*of\s*origin|原产地证/i,
    sheet: ['产地证', 'coo', 'co', 'c/o'],
  },
  {
    kind: 'letter-of-instruction',
    title: /shipper'?s\s*letter\s*of\s*instructions?|订舱委托书|货物托运书/i,
    sheet: ['托书', '托运', '托运单', '订舱', 'booking', 'sli'],
  },
  { kind: 'customs-agency-agreement', title: /委托报关协议|代理报关委托书/, sheet: ['报关委托', '委托协议'] },
  {
    kind: 'declaration-draft',
    title:
      /(?:中华人民共和国)?(?:海关)?出口货物报关单(?:[(]草单[)])?|export\s*declaration\s*draft|customs\s*declaration(?!\s*no)/i,
    sheet: ['报关单', '草单', 'declaration'],
  },
  { kind: 'commercial-invoice', title: /^(tax\s*)?invoice$|^发\s*票$/i, sheet: [] },
];
