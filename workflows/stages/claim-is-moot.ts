import type { LogisticsEnd, MoneyEnd } from '../carried.ts';
import type { ShipmentFile } from '../shipment-file.ts';

/** Why nothing can be claimed any more; undefined while it can. */
export function claimIsMoot(file: ShipmentFile): MoneyEnd | undefined {
  const { money, transport } = file.state;
  const back = goodsAreBack(transport.end);
  if (file.state.declaration.withdrawnAt) return { kind: 'unclaimed', because: 'the declaration was withdrawn' };
  if (back) return { kind: 'unclaimed', because: back };
  if (money.writtenOff) return { kind: 'unclaimed', because: money.writtenOff };
  if (money.invoicesGivenUp) return { kind: 'unclaimed', because: money.invoicesGivenUp };
  if (money.rightToClaimEnded)
    return { kind: 'taxed', because: 'the right to claim ended 36 months after the export: taxed as a domestic sale' };
  return undefined;
}

/** Why there is no export to claim for, when the goods came back. */
export function goodsAreBack(end: LogisticsEnd | null): string | undefined {
  if (end?.kind === 'withdrawn') return end.because;
  return end?.kind === 'returned' ? 'the goods came back: nothing was exported in the end' : undefined;
}
