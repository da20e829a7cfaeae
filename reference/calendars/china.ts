/** A day off that the law fixes or practice expects in a year whose arrangement is not published yet. */
export interface ExpectedHoliday {
  /** 节日, in English and Chinese. */
  readonly name: string;
  /** First and last day off, both included, `YYYY-MM-DD` in China. */
  readonly from: string;
  readonly to: string;
}

/** Festivals of years for which the State Council (国务院办公厅) had published no arrangement when this was written. */
export interface ExpectedYear {
  readonly year: number;
  readonly holidays: readonly ExpectedHoliday[];
  readonly source: string;
  readonly verifiedOn: string;
  /** True until a person has held it against the published arrangement (needs confirmation). */
  readonly needsConfirmation: true;
}

/** Days off that fall on the same dates every year, as month and day; `to` included. */
export const fixedHolidays = [
  { name: "New Year's Day 元旦", from: '01-01', to: '01-01' },
  { name: 'Labour Day 劳动节', from: '05-01', to: '05-02' },
  // By law three days; in every year since 2000 make-up Saturdays stretched them to seven.
  { name: 'National Day 国庆节', from: '10-01', to: '10-07' },
] as const;

const source =
  'Lunar dates by the calendar tables of chinese-days 1.5.7; days off by the State Council regulation on festivals as amended from 1 Jan 2025 (four days of Spring Festival, stretched to eight by practice). Needs confirmation: the yearly arrangement replaces it';

/**
 * Spring Festival from New Year's Eve for eight days, and the one-day festivals that follow the moon or the sun.
 * Bridged days and make-up working days (调休) cannot be known beforehand and are missing, so a deadline reckoned here
 * may differ by some days, either way, from what the published calendar gives: it carries the mark `provisional`.
 */
export const expectedYears: readonly ExpectedYear[] = [
  {
    year: 2027,
    holidays: [
      { name: 'Spring Festival 春节', from: '2027-02-05', to: '2027-02-12' },
      { name: 'Tomb-sweeping Day 清明节', from: '2027-04-05', to: '2027-04-05' },
      { name: 'Dragon Boat Festival 端午节', from: '2027-06-09', to: '2027-06-09' },
      { name: 'Mid-autumn Festival 中秋节', from: '2027-09-15', to: '2027-09-15' },
    ],
    source,
    verifiedOn: '2026-11-24',
    needsConfirmation: true,
  },
  {
    year: 2028,
    holidays: [
      { name: 'Spring Festival 春节', from: '2028-01-25', to: '2028-02-01' },
      { name: 'Tomb-sweeping Day 清明节', from: '2028-04-04', to: '2028-04-04' },
      { name: 'Dragon Boat Festival 端午节', from: '2028-05-28', to: '2028-05-28' },
      { name: 'Mid-autumn Festival 中秋节', from: '2028-10-03', to: '2028-10-03' },
    ],
    source,
    verifiedOn: '2026-11-24',
    needsConfirmation: true,
  },
  {
    year: 2029,
    holidays: [
      { name: 'Spring Festival 春节', from: '2029-02-12', to: '2029-02-19' },
      { name: 'Tomb-sweeping Day 清明节', from: '2029-04-04', to: '2029-04-04' },
      { name: 'Dragon Boat Festival 端午节', from: '2029-06-16', to: '2029-06-16' },
      { name: 'Mid-autumn Festival 中秋节', from: '2029-09-22', to: '2029-09-22' },
    ],
    source,
    verifiedOn: '2026-11-24',
    needsConfirmation: true,
  },
];
