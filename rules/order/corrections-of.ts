/** What an amendment says of the order as a whole: it is kept with the correction of its first line. */
export interface OfTheWhole<Transport, Charges> {
  transport?: Transport;
  charges?: Charges;
}

/** An amendment as it is kept: lines, and with the first of them what concerns the order as a whole. */
export function correctionsOf<Line extends { line: number }, Transport, Charges>({
  lines,
  transport,
  charges,
}: OfTheWhole<Transport, Charges> & { lines: readonly Line[] }): (Line & OfTheWhole<Transport, Charges>)[] {
  if (transport === undefined && charges === undefined) return [...lines];
  const [first = { line: 1 } as Line, ...rest] = lines;
  const whole = { ...(transport === undefined ? {} : { transport }), ...(charges === undefined ? {} : { charges }) };
  return [{ ...first, ...whole }, ...rest];
}
