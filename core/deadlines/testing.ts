/** The shipped packs, parsed, for tests. */
import ca from '../../resources/packs/ca-car-rpa.json' with { type: 'json' };
import co from '../../resources/packs/co-cbs.json' with { type: 'json' };
import fl from '../../resources/packs/fl-farbar-asis.json' with { type: 'json' };
import generic from '../../resources/packs/generic.json' with { type: 'json' };
import nj from '../../resources/packs/nj-broker.json' with { type: 'json' };
import tx from '../../resources/packs/tx-trec-1-4.json' with { type: 'json' };
import trid from '../../resources/packs/us-trid.json' with { type: 'json' };
import wa from '../../resources/packs/wa-nwmls-21.json' with { type: 'json' };
import { type Pack, parsePack } from './pack-schema.ts';

export const PACKS: readonly Pack[] = [ca, tx, fl, wa, co, nj, trid, generic].map((json) => {
  const pack = parsePack(json);
  if (!pack.ok) throw new Error(pack.error.message);
  return pack.value;
});

export function packNamed(id: string): Pack {
  const pack = PACKS.find((each) => each.id === id);
  if (pack === undefined) throw new Error(`no pack ${id}`);
  return pack;
}
