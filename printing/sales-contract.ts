import type { Content } from 'pdfmake/interfaces.js';
import type { SalesContract } from '../rules/documents/content.ts';
import { paymentTerms, pricedTable } from './commercial-invoice.ts';
import { arrivalOf, modeOf } from './figures.ts';
import { bankOf, box, field, inWords, partyOf, sellerOf, signatureOf } from './parts.ts';

/** Body of a sales contract, under the title: what is sold, for how much, when it leaves and when it is paid. */
export function contractBody(contract: SalesContract): Content[] {
  const { incoterm } = contract;
  return [
    box([
      [
        field(['合同号', 'Contract No.'], contract.number),
        field(['日期', 'Date'], contract.date),
        field(['签约地', 'Place'], contract.signatory?.place),
      ],
    ]),
    box([
      [field(['卖方', 'The seller'], sellerOf(contract.seller)), field(['买方', 'The buyer'], partyOf(contract.buyer))],
    ]),
    {
      text: '买卖双方同意按下列条款成交。 The seller agrees to sell and the buyer agrees to buy the goods below on the terms stated here.',
      margin: [0, 2, 0, 6],
    },
    pricedTable(contract),
    ...inWords(['大写金额', 'Total in words'], contract.totalInWords),
    termsOf(contract, `${incoterm.rule} ${incoterm.place}`),
    ...bankOf(contract.bank),
    signatureOf(contract, contract.date, contract.buyer.name),
  ];
}

function termsOf(contract: SalesContract, incoterm: string): Content {
  return box(
    [
      [field(['贸易术语', 'Incoterms 2020'], incoterm), field(['收货人', 'Consignee'], partyOf(contract.consignee))],
      [
        field(['运输', 'Transport'], modeOf(contract.transportMode)),
        field(
          ['起运港和目的港', 'From and to'],
          `${contract.portOfLoading ?? '—'} → ${arrivalOf(contract.destination)}`,
        ),
      ],
      [
        field(['计划出运日', 'Planned shipment'], contract.plannedExportOn),
        field(['唛头', 'Shipping marks'], contract.marks),
      ],
      [
        field(['最迟付款日', 'Last contractual date of payment'], contract.lastContractualDate),
        field(['付款条件', 'Terms of payment'], paymentTerms(contract.payment, contract.currency)),
      ],
    ],
    undefined,
    [1, 2],
  );
}
