/** The outside parties of an export shipment, each a server of its own. */
import { bank } from './bank.ts';
import { broker } from './broker.ts';
import { carrier } from './carrier.ts';
import { customs } from './customs.ts';
import type { Party } from './party.ts';
import { type PartyOptions, type RunningParty, startParty } from './party-server.ts';
import { taxBureau } from './tax-bureau.ts';

/** All of them. */
export const parties = { customs, carrier, broker, bank, taxBureau } satisfies Record<string, Party>;

/** A party as it stands in the addresses that {@link startSandboxes} tells. */
export type PartyId = keyof typeof parties;
export const partyIds = Object.keys(parties) as PartyId[];

/** The party of that name on the command line (`tax-bureau`). @throws Error naming those that there are. */
export function partyNamed(name: string): PartyId {
  const id = partyIds.find((each) => parties[each].name === name);
  if (id === undefined)
    throw new Error(`no sandbox ${name}: choose from ${partyIds.map((each) => parties[each].name).join(', ')}`);
  return id;
}

export type SandboxOptions = Omit<PartyOptions, 'port'> & { ports?: Partial<Record<PartyId, number>> };

export interface RunningSandboxes {
  /** Where each one that was started listens. */
  sandboxes: Partial<Record<PartyId, string>>;
  stop: () => Promise<void>;
}

/** Starts these parties, or none: when one cannot start, those before it are stopped. */
export async function startSandboxes(ids: readonly PartyId[], options: SandboxOptions): Promise<RunningSandboxes> {
  const running: RunningParty[] = [];
  const stop = async () => {
    await Promise.all(running.map((party) => party.stop()));
  };
  const sandboxes: Partial<Record<PartyId, string>> = {};
  try {
    for (const id of ids) {
      const party = await startParty(parties[id], { ...options, port: options.ports?.[id] ?? 0 });
      running.push(party);
      sandboxes[id] = party.url;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { sandboxes, stop };
}
