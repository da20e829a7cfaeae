import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import { contentHashOf } from './content-hash.ts';
import type { PrintedLetterhead } from './stationery.ts';

/** Parties and us, the same on every paper: the consignee is the buyer where the order names none. */
export function headOf({ order, settings, organisation }: { order: Order; settings: Settings; organisation: string }) {
  const { nameZh, nameEn, taxId, customsCode, address, letterhead, signatory } = settings.exporter;
  return {
    shipment: `${organisation}/${order.reference}`,
    seller: { nameZh, nameEn, taxId, customsCode, address },
    buyer: order.buyer,
    consignee: order.consignee ?? order.buyer,
    ...(letterhead ? { letterhead: printedOf(letterhead) } : {}),
    ...(signatory ? { signatory } : {}),
  };
}

function printedOf({ logo, ...letterhead }: NonNullable<Settings['exporter']['letterhead']>): PrintedLetterhead {
  return { ...letterhead, ...(logo ? { logoHash: contentHashOf(logo) } : {}) };
}
