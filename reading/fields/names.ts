/** Names of goods and companies in two languages, told apart by their letters. */

const HAN = /\p{Script=Han}/u;

/** A name as a paper gives it, each language by itself. */
export interface BilingualName {
  zh?: string;
  en?: string;
  /** Both stood in one line and were cut apart: where exactly is a guess. */
  isCut: boolean;
}

/** @param pieces lines of the name, from top to bottom */
export function namesOf(pieces: readonly string[]): BilingualName {
  const zh: string[] = [];
  const en: string[] = [];
  let isCut = false;
  for (const piece of pieces.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')) {
    const cut = cutAtLanguage(piece);
    if (cut) {
      zh.push(cut.zh);
      en.push(cut.en);
      isCut = true;
    } else if (HAN.test(piece)) zh.push(piece);
    else en.push(piece);
  }
  return { zh: joined(zh, ''), en: joined(en, ' '), isCut };
}

/** `LED lamp 灯具` into its two names. A model (`A19`) or a size stays with the name it stands beside. */
function cutAtLanguage(text: string): { zh: string; en: string } | undefined {
  const enFirst = /^([A-Za-z][^\p{Script=Han}]*?[A-Za-z]{3,}[^\p{Script=Han}]*?)[\s/|;,(（-]+(\p{Script=Han}.*)$/u.exec(
    text,
  );
  if (enFirst?.[1] && enFirst[2])
    return {
      en: enFirst[1].trim(),
      zh: enFirst[2].replace(/[)）]$/, (mark) => (/[（(]/.test(enFirst[2] ?? '') ? mark : '')),
    };
  const zhFirst =
    /^(\p{Script=Han}.*?\p{Script=Han}[^A-Za-z\p{Script=Han}]*?)[\s/|;,(（-]+([A-Za-z][A-Za-z'&-]*(?:\s+[^\p{Script=Han}]+)+|[A-Za-z]{6,}[^\p{Script=Han}]*)$/u.exec(
      text,
    );
  if (zhFirst?.[1] && zhFirst[2])
    return {
      zh: zhFirst[1].trim(),
      en: zhFirst[2].replace(/[)）]$/, (mark) => (/[（(]/.test(zhFirst[2] ?? '') ? mark : '')).trim(),
    };
  return undefined;
}

function joined(pieces: readonly string[], between: string): string | undefined {
  return pieces.length === 0 ? undefined : pieces.join(between).trim();
}
