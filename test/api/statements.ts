interface Stated {
  amount?: string;
  payer?: string;
  words?: string;
  status?: 'BOOK' | 'PDNG' | 'INFO';
  mark?: 'CRDT' | 'DBIT';
  isReversal?: boolean;
}

const NOTHING_OF_OURS = 'no reference of ours';

/** A camt.053 file of one entry; the bank's reference of it is `<credit>-1`, by default of the same name as the file. */
export function camt(id: string, stated: Stated = {}, credit = id): string {
  const { amount = '77.77', payer = 'Nobody We Know', words = NOTHING_OF_OURS } = stated;
  const { status = 'BOOK', mark = 'CRDT', isReversal = false } = stated;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>${id}</MsgId><CreDtTm>2026-11-24T10:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>${id}</Id><Acct><Id><Othr><Id>6228480000000000000</Id></Othr></Id><Ccy>USD</Ccy></Acct>
<Ntry><Amt Ccy="USD">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd>${isReversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>${status}</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt><AcctSvcrRef>${credit}-1</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${payer}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>${words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;
}
