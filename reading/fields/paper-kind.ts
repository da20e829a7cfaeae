/** Which paper it is, by the words of its title. */
import type { PlacedText } from './placed.ts';

const titles: { kind: string; words: RegExp }[] = [
  { kind: 'proforma-invoice', words: /pro[\s-]*forma\s*invoice|形式发票/i },
  { kind: 'vat-invoice', words: /增值税.{0,8}专用发票|电子发票[(（]增值税/ },
  {
    kind: 'forwarder-invoice',
    words:
      /freight\s*invoice|forwarder.{0,10}invoice|debit\s*note|费用账单|费用清单|货代.{0,6}发票|运费.{0,4}(发票|账单)/i,
  },
  { kind: 'commercial-invoice', words: /commercial\s*invoice|商业发票|export\s*invoice|出口发票/i },
  { kind: 'packing-list', words: /packing\s*(&\s*weight\s*)?list|装箱单/i },
  {
    kind: 'purchase-contract',
    words: /purchase\s*(contract|order|agreement)|购销合同|采购合同|采购订单|买卖合同|购货合同/i,
  },
  {
    kind: 'sales-contract',
    words: /sales?\s*(contract|confirmation|agreement)|销售合同|售货(确认书|合同)|外销合同|出口合同|export\s*contract/i,
  },
  { kind: 'bill-of-lading', words: /bill\s*of\s*lading|sea\s*way\s*bill|提\s*单(?!号)/i },
  { kind: 'air-waybill', words: /air\s*way\s*bill|空运单/i },
  { kind: 'rail-waybill', words: /rail\s*way\s*bill|铁路运单/i },
  { kind: 'certificate-of-origin', words: /certificate\s*of\s*origin|原产地证/i },
  { kind: 'letter-of-instruction', words: /shipper'?s\s*letter\s*of\s*instructions?|订舱委托书|货物托运书/i },
  { kind: 'customs-agency-agreement', words: /委托报关协议|代理报关委托书/ },
  {
    kind: 'declaration-draft',
    words:
      /(?:中华人民共和国)?(?:海关)?出口货物报关单(?:[(]草单[)])?|export\s*declaration\s*draft|customs\s*declaration(?!\s*no)/i,
  },
  { kind: 'commercial-invoice', words: /^(tax\s*)?invoice$|^发\s*票$/i },
];

/** Every kind that a title may say; each is one that is compared, or that the archive asks for. */
export const titledKinds: readonly string[] = [...new Set(titles.map(({ kind }) => kind))];

const FORWARDING = /freight|forward|logistics|货运代理|国际货代|国际物流/i;
const ROWS_OF_TITLE = 14;

/**
 * The kind of paper whose title stands in the first rows; undefined where none does. A title stands by itself: a sentence that
 * mentions an invoice makes no invoice of the paper. The highest title counts.
 */
export function kindOf({ sheets }: PlacedText): string | undefined {
  for (const row of sheets[0]?.rows.slice(0, ROWS_OF_TITLE) ?? [])
    for (const { text } of row.cells) {
      const plain = text
        .normalize('NFKC')
        .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
        .trim();
      const kind = titles.find(({ words }) => isMostOf(plain, words.exec(plain)?.[0]))?.kind;
      if (kind === 'commercial-invoice' && isOfForwarder(sheets[0]?.rows.slice(0, 4) ?? [])) return 'forwarder-invoice';
      if (kind) return kind;
    }
  return undefined;
}

function isOfForwarder(rows: PlacedText['sheets'][number]['rows']): boolean {
  const letterhead = rows
    .flatMap(({ cells }) => cells.map(({ text }) => text))
    .filter((text) => !text.includes(':') && !text.includes('：'));
  return letterhead.some((text) => FORWARDING.test(text));
}

/** The title and its translation may stand in one cell; a number behind it too. */
function isMostOf(text: string, title: string | undefined): boolean {
  if (!title) return false;
  const rest = titles
    .reduce((left, { words }) => left.replace(new RegExp(words.source, 'gi'), ''), text)
    .replace(/[\s\p{P}\p{S}\d]/gu, '');
  return rest.length <= Math.max(6, title.length * 0.7) && !/[:：]/.test(text);
}
