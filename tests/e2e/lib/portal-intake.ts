import type { Page } from 'playwright-core';
import { makeIntakeLink } from '../../../portal/server/intake/testing.ts';
import type { Stage } from '../../../scripts/lib/portal-stage.ts';
import type { Phone } from './phone.ts';
import { onStage } from './portal-visit.ts';
import type { Look } from './team-screens.ts';

/** The pages of somebody who has no deal yet, from the link to what happens next. */
export async function portalIntake(phone: Phone, look: Look): Promise<void> {
  const told: Look = (page, name) => look(page, `portal, intake, ${name}`);
  await onStage({}, async (stage) => {
    await answered(stage, phone, told);
    await stopped(stage, phone, told);
    await ends(stage, phone, told);
  });
}

/** A sale, with something of every kind of question. */
async function answered(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await phone.another();
  const { url } = await makeIntakeLink(stage.desk);
  await page.goto(url);
  await page.getByRole('button', { name: 'Begin' }).waitFor();
  await look(page, 'the first page');
  await page.getByRole('button', { name: 'Begin' }).click();
  await asked(page, 'What would you like to do?');
  await look(page, 'the choice');
  await choose(page, 'Sell a home');
  await asked(page, 'How far are you?');
  await look(page, 'how far');
  await choose(page, 'The home is not on the market yet');
  await asked(page, 'What is your full name?');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await look(page, 'a question left empty');
  await type(page, 'What is your full name?', 'Maximiliana Featherstonehaugh-Cholmondeley von Oberpfaffenhofen');
  await asked(page, 'What is your e-mail address?');
  await look(page, 'a question to type');
  await type(page, 'What is your e-mail address?', 'maria at example');
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await look(page, 'a refused answer');
  await type(page, 'What is your e-mail address?', 'maria@example.com');
  await type(page, 'What is your phone number?', '(916) 555-0123');
  await restOfSale(page, look);
  await page.getByRole('heading', { name: 'Look over your answers' }).waitFor();
  await look(page, 'all answers');
  await branch(page, look);
  await page
    .getByLabel('Anything else that we should know?')
    .fill('Routing number 021000021, account number 1234567890');
  await page.getByRole('button', { name: 'Send my answers' }).click();
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await look(page, 'account numbers refused');
  await page.getByLabel('Anything else that we should know?').fill('Please call after six.');
  await page.getByRole('button', { name: 'Send my answers' }).click();
  await page.getByRole('heading', { name: 'Your answers are in' }).waitFor();
  await look(page, 'sent');
  await page.close();
}

async function restOfSale(page: Page, look: Look): Promise<void> {
  await asked(page, 'Is anybody doing this together with you?');
  await choose(page, 'No');
  await type(page, 'What is the street address of the home?', '12 Oak St');
  await asked(page, 'Is there an apartment or unit number?');
  await look(page, 'a question that may be left out');
  await page.getByRole('button', { name: 'Skip this question' }).click();
  await type(page, 'Which town is it in?', 'Sacramento');
  await asked(page, 'Which state is the home in?');
  await look(page, 'a list to choose from');
  await page.locator('#answer').selectOption('CA');
  await page.getByRole('button', { name: 'Continue' }).click();
  await type(page, 'What is the ZIP code?', '95818');
  await asked(page, 'What kind of home is it?');
  await look(page, 'many choices');
  await choose(page, 'House');
  await asked(page, 'In which year was the home built?');
  await look(page, 'a question that one may not know');
  await page.getByRole('button', { name: 'I do not know' }).click();
  await asked(page, 'Does the home belong to an owners’ association?');
  await look(page, 'yes or no');
  await choose(page, 'No');
  await choose(page, 'No', 'Does anybody rent the home now?');
  await choose(page, 'A trust', 'Who is, or will be, on the title?');
  await choose(page, 'No', 'Will anybody sign for somebody else under a power of attorney?');
  await choose(page, 'No', 'Is any of the sellers a foreign person for United States tax?');
  await type(page, 'What is the price?', '650,000');
  await asked(page, 'By which day would you like to be done?');
  await look(page, 'a day');
  await page.getByRole('button', { name: 'Skip this question' }).click();
}

/** A changed answer that leads to more questions, and the review with one of them open. */
async function branch(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'Change the answer to: Is anybody doing this together with you?' }).click();
  await asked(page, 'Is anybody doing this together with you?');
  await look(page, 'changing an answer');
  await choose(page, /^Yes/);
  await page.getByText(/^This leads to/).waitFor();
  await look(page, 'a question that another led to');
  await page.getByRole('button', { name: 'Back' }).click();
  await choose(page, 'No', 'Is anybody doing this together with you?');
  await page.getByRole('heading', { name: 'Look over your answers' }).waitFor();
}

async function stopped(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await phone.another();
  const { url } = await makeIntakeLink(stage.desk);
  await page.goto(url);
  await page.getByRole('button', { name: 'Begin' }).click();
  await choose(page, 'Buy a home', 'What would you like to do?');
  await choose(page, 'I am just starting', 'How far are you?');
  await type(page, 'What is your full name?', 'Maria Ortiz');
  await type(page, 'What is your e-mail address?', 'maria@example.com');
  await asked(page, 'What is your phone number?');
  await page.context().setOffline(true);
  await type(page, 'What is your phone number?', '(916) 555-0123');
  await page.getByText(/it is sent by itself when the signal is back/).waitFor();
  await look(page, 'an answer without a signal');
  await page.context().setOffline(false);
  await asked(page, 'Is anybody doing this together with you?');
  await page.getByRole('button', { name: 'Stop and go on later' }).click();
  await page.getByRole('heading', { name: 'Stop, and go on later' }).waitFor();
  await look(page, 'stopping');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('The link to your answers').inputValue();
  await look(page, 'a link to go on elsewhere');
  const other = await phone.another();
  await other.goto(link);
  await other.getByRole('button', { name: 'Open my answers' }).waitFor();
  await look(other, 'going on elsewhere');
  await other.close();
  const again = await page.context().newPage();
  await again.goto(url);
  await again.getByRole('button', { name: 'Go on with your answers' }).waitFor();
  await look(again, 'coming back');
  await again.close();
  await page.getByRole('button', { name: 'Delete my answers' }).click();
  await look(page, 'deleting the answers');
  await page.getByRole('button', { name: 'Yes, delete them' }).click();
  await page.getByRole('heading', { name: 'Your answers are deleted' }).waitFor();
  await look(page, 'answers deleted');
  await page.close();
}

async function ends(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await phone.another();
  await page.goto(`${stage.url}/begin`);
  await page.getByRole('heading', { name: 'Open your link again' }).waitFor();
  await look(page, 'a page without its link');
  await page.goto(`${stage.url}/begin#/start/${'A'.repeat(43)}`);
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await look(page, 'a link that is over');
  await page.close();
}

async function asked(page: Page, question: string): Promise<void> {
  await page.getByRole('heading', { name: question, exact: true }).waitFor();
}

async function choose(page: Page, answer: string | RegExp, question?: string): Promise<void> {
  if (question !== undefined) await asked(page, question);
  await page.getByRole('list').getByRole('button', { name: answer }).first().click();
}

async function type(page: Page, question: string, answer: string): Promise<void> {
  await asked(page, question);
  await page.locator('#answer').fill(answer);
  await page.keyboard.press('Enter');
}
