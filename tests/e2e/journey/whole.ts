import type { Desk } from '../lib/desk.ts';
import { withFolder } from '../lib/folders.ts';
import { withPhone } from '../lib/phone.ts';
import { PortalServer } from '../lib/portal-server.ts';
import { connect, isShared, NOOR, OFFICE } from '../lib/team.ts';
import { closeLater } from './change.ts';
import { linkFor, openLink, readsDisclosure } from './client.ts';
import { apart, closing } from './closing.ts';
import { newDeal } from './new-deal.ts';
import { firstPapers } from './papers.ts';
import { againWithReason, sendsPhotos } from './photos.ts';
import { daysFrom, recorder, type Stage } from './stage.ts';

/** The whole story on one host, chapter by chapter. */
export async function wholeJourney(desk: Desk): Promise<void> {
  const days = daysFrom(new Date());
  await withFolder('journey', (folder) =>
    PortalServer.with((portal) =>
      withPhone((phone) => play({ desk, portal, phone, folder, days, shot: recorder(desk.host) })),
    ),
  );
}

async function play(stage: Stage): Promise<void> {
  const { desk, portal } = stage;
  await desk.open();
  await connect(desk, NOOR, { address: portal.address, code: portal.setupCode, office: OFFICE });
  await isShared(desk);
  const dealId = await newDeal(stage);
  await firstPapers(stage, dealId);
  const priya = await linkFor(stage, dealId, 'Priya Raman');
  const phone = stage.phone.page;
  await openLink(stage, phone, priya, 'Priya');
  await readsDisclosure(stage, phone);
  const again = await sendsPhotos(stage, phone, priya);
  await againWithReason(stage, again);
  await closeLater(stage, dealId, again);
  await apart(stage, dealId);
  await closing(stage, dealId);
}
