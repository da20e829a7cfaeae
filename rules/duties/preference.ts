/**
 * Which free-trade agreements could lower the buyer's duty on goods of China, what the origin rule asks, which certificate
 * shows it and what it would save. A candidate is no claim: product rules of the annexes decide, and a person confirms.
 */
import type { OriginCriterion, TradeAgreement } from '../../reference/duty-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';
import { compare, divide, minus, roundTo, times } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import { codeAbroad, dutyFreeRow } from './tariff-lookup.ts';

/** What is known of where the goods come from. Left out is not known. */
export interface OriginContent {
  whollyObtained?: boolean;
  onlyOriginatingMaterials?: boolean;
  /** Every material of other origin stands in another heading than the goods. */
  changesHeading?: boolean;
  /** FOB value and the value of materials of other origin, in one currency. */
  value?: { fob: string; nonOriginating: string };
  /** No transhipment that would break the direct consignment. */
  travelsDirect?: boolean;
}

export interface PreferenceQuestion {
  /** Key under which the line's `scopeAnswers` answer it: `rcep/wholly-obtained`. */
  key: string;
  criterion: OriginCriterion;
  question: string;
  answer: 'yes' | 'no' | 'unsaid';
}

/** An agreement that may lower the duty. */
export interface PreferenceCandidate {
  agreement: string;
  name: string;
  nameZh: string;
  certificate: TradeAgreement['certificate'];
  questions: PreferenceQuestion[];
  /** Whether the general rule gives origin: yes, no, or open while questions are. The annex may ask for more. */
  originates: 'yes' | 'no' | 'open';
  productRules: string;
  /** In percentage points of the customs value; null: a rate is not known. */
  savingPercent: string | null;
  saving: string;
  source: string;
  needsHumanConfirmation: boolean;
}

/** What candidates are looked for. */
export interface PreferenceSituation {
  country: string;
  /** Day of entry. */
  on: CivilDate;
  line: Pick<OrderLine, 'hsCode' | 'importCode' | 'origin' | 'scopeAnswers'>;
  content?: OriginContent;
}

/** Agreements of China with the destination, in force for it on that day. None for goods that are not of China. */
export function preferenceCandidates(
  { country, on, line, content = {} }: PreferenceSituation,
  reference: Reference,
): PreferenceCandidate[] {
  if (line.origin !== 'CN') return [];
  const free = dutyFreeRow(country, codeAbroad(line), on, reference) !== undefined;
  return reference.tradeAgreements
    .filter((one) => isInForce(one, on) && one.members.some((it) => it.country === country && it.since <= on))
    .map((one) => {
      const questions = one.questions.map((question) => asked(one.id, question, line, content));
      return {
        agreement: one.id,
        name: one.name,
        nameZh: one.nameZh,
        certificate: one.certificate,
        questions,
        originates: originates(questions),
        productRules: one.productRules,
        ...savingUnder(one, country, codeAbroad(line), free),
        source: one.source,
        needsHumanConfirmation: one.needsHumanConfirmation,
      };
    });
}

/**
 * Share of the value that is of the countries of an agreement, in percent of FOB, built down: (FOB − materials of other
 * origin) ÷ FOB, half-up at two decimals. @throws RangeError when FOB is zero
 */
export function regionalValuePercent(fob: string, nonOriginating: string): string {
  return roundTo(times(divide(minus(fob, nonOriginating), fob), '100'), 2);
}

function asked(
  agreement: string,
  { criterion, question, leastPercent }: TradeAgreement['questions'][number],
  line: PreferenceSituation['line'],
  content: OriginContent,
): PreferenceQuestion {
  const key = `${agreement}/${criterion}`;
  const given = line.scopeAnswers?.[key] ?? fromContent(criterion, leastPercent, content);
  return { key, criterion, question, answer: given === undefined ? 'unsaid' : given ? 'yes' : 'no' };
}

function fromContent(
  criterion: OriginCriterion,
  leastPercent: string | undefined,
  { whollyObtained, onlyOriginatingMaterials, changesHeading, value, travelsDirect }: OriginContent,
): boolean | undefined {
  switch (criterion) {
    case 'wholly-obtained':
      return whollyObtained;
    case 'originating-materials':
      return onlyOriginatingMaterials;
    case 'heading-change':
      return changesHeading;
    case 'direct-consignment':
      return travelsDirect;
    case 'value-content': {
      if (!value || leastPercent === undefined || compare(value.fob, '0') <= 0) return undefined;
      // Held against the exact share: 39.996 % is not 40 %.
      const share = times(divide(minus(value.fob, value.nonOriginating), value.fob), '100');
      return compare(share, leastPercent) >= 0;
    }
  }
}

function originates(questions: readonly PreferenceQuestion[]): PreferenceCandidate['originates'] {
  const direct = questions.find(({ criterion }) => criterion === 'direct-consignment')?.answer ?? 'yes';
  const ways = questions.filter(({ criterion }) => criterion !== 'direct-consignment').map(({ answer }) => answer);
  if (direct === 'no' || ways.every((answer) => answer === 'no')) return 'no';
  return direct === 'yes' && ways.includes('yes') ? 'yes' : 'open';
}

function savingUnder(
  one: TradeAgreement,
  country: string,
  code: string,
  free: boolean,
): Pick<PreferenceCandidate, 'saving' | 'savingPercent'> {
  if (free) return { savingPercent: '0', saving: `nothing: ${country} takes no duty on these goods from anywhere` };
  const [rate] = one.rates
    .filter((row) => row.country === country && code.startsWith(row.hsPrefix))
    .sort((a, b) => b.hsPrefix.length - a.hsPrefix.length);
  if (!rate)
    return {
      savingPercent: null,
      saving: `not known: look up ${code} in the tariff of ${country}, general rate and rate under ${one.name}`,
    };
  return {
    savingPercent: minus(rate.generalPercent, rate.ratePercent),
    saving: `${rate.ratePercent} % in place of ${rate.generalPercent} % of the customs value`,
  };
}
