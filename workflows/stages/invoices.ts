import type { OpenWait } from '../carried.ts';
import { records } from '../parties.ts';
import { questions } from '../questions.ts';
import type { ShipmentFile } from '../shipment-file.ts';
import { claimIsMoot } from './claim-is-moot.ts';

const lane = 'money';

/** Stays until VAT special invoices cover every declared line and agree with it, or a person gives them up. */
export async function coverByInvoices(file: ShipmentFile): Promise<void> {
  const { money, declaration } = file.state;
  const moot = () => claimIsMoot(file) !== undefined;
  const unchecked = () => money.invoices.length > money.invoicesChecked;
  while (!money.invoicesComplete && !moot()) {
    // Suppliers invoice after the export: warn after 15 days, press after 30. Earlier would press for goods that may still change.
    const wait = {
      what: 'vat-invoice',
      key: 'goods',
      lane,
      fromWhom: 'supplier',
      on: declaration.exportedOn ?? undefined,
    } as const;
    await file.expect(wait, () => (unchecked() || moot() ? true : undefined), {
      question: (round) => questions.vatInvoiceMissing(round),
      ends: ({ choice, reason }) => {
        if (choice === 'give-up') money.invoicesGivenUp = reason || 'there will be no VAT invoice';
        return choice === 'give-up';
      },
    });
    if (moot()) break;
    await checkRegistered(file, moot);
  }
  file.layAside(({ what }) => what === 'vat-invoice' || isAboutInvoices(what));
}

function isAboutInvoices(what: OpenWait['what']): boolean {
  return what === 'vat-invoice-missing' || what === 'vat-invoice-differs';
}

async function checkRegistered(file: ShipmentFile, moot: () => boolean): Promise<void> {
  const { money } = file.state;
  for (let settled = false; !settled; ) {
    await file.recorded();
    const seen = money.invoices.length;
    const newer = () => money.invoices.length > seen;
    const check = await file.consult('checkVatInvoices', lane, () =>
      records.checkVatInvoices.executeWithOptions({ summary: 'holds the VAT invoices against the goods' }, [
        {
          ...file.name,
          asOf: file.asOf,
          amendments: file.state.amendments,
          explained: money.differencesExplained,
        },
      ]),
    );
    const round = money.invoiceCheckRound;
    const asked = new Set(check.questions.map(({ key }) => `${key}/${round}`));
    file.layAside(({ what, key }) => what === 'vat-invoice-differs' && !asked.has(key));
    for (const question of check.questions) {
      const answer = await file.ask({ ...question, key: `${question.key}/${round}` }, lane, () => newer() || moot());
      if (answer?.choice === 'explained') money.differencesExplained.push(question.key);
      if (answer?.choice === 'give-up') money.invoicesGivenUp = answer.reason || 'the VAT invoice cannot be mended';
    }
    // Only now: interrupted while it asks, the check is made again and finds its questions.
    money.invoicesComplete = check.status === 'complete';
    money.invoicesChecked = seen;
    if (check.questions.length > 0) money.invoiceCheckRound = round + 1;
    // An explained difference is checked again: nothing but the check says that all is covered.
    settled = check.questions.length === 0 || newer() || moot();
  }
}
