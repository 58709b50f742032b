import type { Phone } from './phone.ts';
import { portalChanges } from './portal-changes.ts';
import { calmDeal, closedDeal, crowdedDeal, emptyDeal, endedDeal, hugeDeal } from './portal-deals.ts';
import { portalIntake } from './portal-intake.ts';
import { portalDeal, portalScreens } from './portal-screens.ts';
import { portalUploads } from './portal-uploads.ts';
import { portalWayIn } from './portal-way-in.ts';
import type { Look } from './team-screens.ts';

export interface PortalPart {
  /** What the names of its pages begin with; empty for those of a usual deal. */
  readonly part: string;
  readonly draw: (phone: Phone, look: Look) => Promise<void>;
}

/** The pages of people with a link, in parts that each stand for themselves. */
export const portalParts: readonly PortalPart[] = [
  { part: '', draw: portalScreens },
  ...(
    [
      ['empty', emptyDeal],
      ['crowded', crowdedDeal],
      ['closed', closedDeal],
      ['ended', endedDeal],
      ['calm', calmDeal],
      ['huge', hugeDeal],
    ] as const
  ).map(([name, deal]) => ({
    part: `portal, ${name},`,
    draw: (phone: Phone, look: Look) => portalDeal(phone, look, name, deal()),
  })),
  { part: 'portal, way in,', draw: portalWayIn },
  { part: 'portal, upload,', draw: portalUploads },
  { part: 'portal, change,', draw: portalChanges },
  { part: 'portal, intake,', draw: portalIntake },
];
