import type { Command } from 'commander';
import { goodsFoundSchema } from '../../api/contract.ts';
import { loadReference } from '../../reference/load.ts';
import { type GoodsSearch, goodsSearch } from '../../rules/classification/search-answer.ts';
import { askIfThere } from '../asking.ts';
import { goodsFoundText } from '../goods-matches.ts';
import { NotUnderstood, type Terminal } from '../terminal.ts';

interface Options {
  json?: true;
  local?: true;
  limit: string;
}

/** `quayside hs search`: codes of goods by their name. */
export function hsCommand(program: Command, terminal: Terminal): void {
  program
    .command('hs')
    .description('codes of goods')
    .command('search')
    .argument('<TEXT...>', 'a name in Chinese or English, or the beginning of a code')
    .description('own past declarations first, then common export goods, then the imported nomenclature')
    .option('--json', 'print the answer of GET /v1/hs/search')
    .option('--local', 'ask no server: only the built-in table of common goods')
    .option('--limit <NUMBER>', 'results at most, 1 to 50', '10')
    .addHelpText('after', '\nExit status: 0 done, 64 not understood, 1 anything else.')
    .action(async (words: string[], options: Options) => {
      const text = words.join(' ').trim();
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 50)
        throw new NotUnderstood(`--limit ${options.limit}: a whole number from 1 to 50`);
      if (text === '' || text.length > 300) throw new NotUnderstood('Say what the goods are, in 1 to 300 characters.');
      const { read, raw } = await search(text, limit, options, terminal);
      terminal.say(...(options.json ? [JSON.stringify(raw, null, 2)] : goodsFoundText(text, read)));
    });
}

async function search(
  text: string,
  limit: number,
  { local }: Options,
  terminal: Terminal,
): Promise<{ read: GoodsSearch; raw: unknown }> {
  if (!local) {
    const path = `/v1/hs/search?q=${encodeURIComponent(text)}&limit=${limit}`;
    const answer = await askIfThere(terminal, { path, schema: goodsFoundSchema });
    if (answer) return answer;
    terminal.warn('No Quayside answers here: searched in the built-in table of common goods only.');
  }
  const { commonGoods: goods, hsChapters: chapters, broadWords, genericNames } = loadReference();
  const read = goodsSearch(
    text,
    { goods, chapters, broadWords, genericNames, nomenclature: null, declared: null },
    limit,
  );
  return { read, raw: read };
}
