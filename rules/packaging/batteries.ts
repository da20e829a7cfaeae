/** How lithium batteries must be packed to be taken by air, express or post. Whether they may travel at all, the rule book says. */
import type { BatteryPacking } from '../../reference/goods-schema.ts';
import { isInForce } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';

/** 8506: cells that are not charged again, of lithium metal; 8507: accumulators, of lithium ions. Both are batteries as the goods. */
const asGoods: Readonly<Record<string, BatteryPacking['chemistry']>> = { '8506': 'metal', '8507': 'ion' };

/** Findings about the batteries of one line. */
export function batteryFindings(
  { order, exportOn, reference }: ReviewContext,
  line: OrderLine,
  index: number,
): Finding[] {
  if (line.attributes.lithiumBattery !== true) return [];
  const { batteryWattHours, coinCell = false } = line.attributes;
  const chemistry = asGoods[line.hsCode.slice(0, 4)];
  const fitting = reference.batteryPacking.filter(
    (packing) =>
      packing.transport.includes(order.transport.mode) &&
      isInForce(packing, exportOn) &&
      packing.placed === (chemistry ? 'alone' : 'in-equipment') &&
      // A coin cell in goods is of lithium metal as a rule, any other battery of ions.
      packing.chemistry === (chemistry ?? (coinCell ? 'metal' : 'ion')) &&
      (packing.coinCell ?? coinCell) === coinCell,
  );
  const decided = fitting.filter((packing) => isOfEnergy(packing, batteryWattHours));
  if (fitting.length > 0 && decided.length === 0) return [energyUnsaid(fitting, index)];
  return decided.map((packing) => instructed(packing, line, index, order.transport.mode));
}

/** Unsaid energy fits only what does not ask for it. */
function isOfEnergy({ wattHoursAbove, wattHoursAtMost }: BatteryPacking, wattHours: number | undefined): boolean {
  if (wattHours === undefined) return wattHoursAbove === undefined && wattHoursAtMost === undefined;
  return (
    (wattHoursAbove === undefined || wattHours > wattHoursAbove) &&
    (wattHoursAtMost === undefined || wattHours <= wattHoursAtMost)
  );
}

const sourceOf = ({ source, needsHumanConfirmation }: BatteryPacking) =>
  needsHumanConfirmation ? `${source}; needs confirmation` : source;

function energyUnsaid(fitting: readonly BatteryPacking[], index: number): Finding {
  const [first] = fitting;
  const texts = fitting.map(({ instruction, wattHoursAbove, wattHoursAtMost }) => {
    const range = wattHoursAbove === undefined ? `at most ${wattHoursAtMost} Wh` : `above ${wattHoursAbove} Wh`;
    return `${range}: ${instruction ?? 'not taken'}`;
  });
  return {
    rule: 'battery-energy-unsaid',
    kind: 'packaging',
    severity: 'warn',
    title: 'The energy of the lithium battery decides how it is packed, and is not stated',
    where: `lines[${index}].attributes.batteryWattHours`,
    expected: texts.join('; '),
    found: 'not stated',
    remedy: 'State the watt-hours of the largest battery: volts × ampere-hours, as the UN 38.3 test summary says.',
    due: 'before-export',
    source: first ? sourceOf(first) : '',
  };
}

function instructed(packing: BatteryPacking, line: OrderLine, index: number, mode: string): Finding {
  const { batteryWattHours, coinCell } = line.attributes;
  const energy = batteryWattHours === undefined ? '' : `, ${batteryWattHours} Wh`;
  return {
    rule: 'battery-packing',
    kind: 'packaging',
    severity: packing.severity,
    title:
      packing.instruction === null
        ? `Such lithium batteries are not taken by ${mode}`
        : `Lithium batteries by ${mode}: ${packing.unNumber}, ${packing.instruction}`,
    where: `lines[${index}].attributes.lithiumBattery`,
    expected: packing.wants,
    found: `${packing.chemistry === 'ion' ? 'lithium ion' : 'lithium metal'}, ${packing.placed === 'alone' ? 'sent alone' : 'with the goods'}${coinCell ? ', coin cell' : ''}${energy}`,
    remedy:
      packing.instruction === null
        ? 'Choose another channel: express or cargo with a carrier that takes them.'
        : 'Have the packer follow the instruction in the edition of the year of departure, and ask the carrier before booking.',
    due: 'before-export',
    source: sourceOf(packing),
  };
}
