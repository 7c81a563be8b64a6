import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage, withoutBrowser } from './browser.mjs';
import { lesion, withoutPhotos } from './photos.mjs';

export const evidence = (world) => describe('the evidence', { skip: withoutBrowser || withoutPhotos }, () => {
  test('beside the answer stands what it rests on', async () => {
    const { visit, document } = await asked(world);
    const section = (name) => visit.panel.getByRole('region', { name });

    const ranked = document.evidence.filter(({ data }) => data.about === 'differential');
    const names = await visit.panel.locator('.differential__name').evaluateAll((found) => found.map((name) => name.firstChild.textContent));
    assert.deepEqual(names, ranked.map(({ data }) => data.name));
    const set = document.evidence.find(({ data }) => data.about === 'predictionSet').data.names;
    const marked = await visit.panel.locator('.differential__entry--set .differential__name').evaluateAll((found) => found.map((name) => name.firstChild.textContent));
    assert.deepEqual(marked.sort(), [...set].sort());
    // A bar is as long as its figure says.
    const first = await visit.panel.locator('.differential__entry').first().evaluate((entry) => ({
      bar: Number(entry.querySelector('.bar__share').getAttribute('width')), figure: entry.querySelector('.figure').textContent,
    }));
    assert.ok(Math.abs(first.bar - ranked[0].data.probability * 100) < 0.1);
    assert.equal(first.figure, `${Math.round(ranked[0].data.probability * 100)}%`);

    assert.match(await section('Urgency').innerText(), /Soon|Urgent|Emergency|Routine|Self-care/u);
    assert.match(await section('Place in the ontology').innerText(), /Neoplasms and proliferations/u);
    assert.ok(await section('Measured in the pixels').getByRole('row').count() > 0);
    const cases = document.evidence.filter(({ kind, data }) => kind === 'case' && data.case);
    const links = section('Similar cases').getByRole('link');
    assert.deepEqual(await links.evaluateAll((found) => found.map((link) => link.href)), cases.map(({ data }) => data.url));
    assert.match(await section('Similar cases').innerText(), /CC BY-NC/u);
    await visit.close();
  });

  test('a number in the text leads to its evidence, and back', async () => {
    const { visit, answer, document } = await asked(world);
    const index = document.claims.findIndex(({ evidence: ids }) => ids.some((id) => id.startsWith('K')));
    const [first] = document.claims[index].evidence;
    const claim = answer.locator(`#claim-${document.answerId}-${index}`);
    await claim.getByRole('button').click();
    const record = visit.panel.locator(`[data-evidence="${first}"]`);
    assert.equal(await record.evaluate((element) => element === window.document.activeElement), true);
    await inView(record);
    assert.match(await record.getAttribute('class'), /item--lit/u);

    await record.getByRole('button').click();
    await claim.locator('button:focus').waitFor();
    await inView(claim);
    await visit.close();
  });

  test('pointing at a sentence lights up its evidence, and the reverse', async () => {
    const { visit, answer, document } = await asked(world);
    const claim = answer.locator('.claim').nth(1);
    await claim.hover();
    const lit = await visit.panel.locator('.item--lit').evaluateAll((found) => found.map((item) => item.dataset.evidence));
    assert.deepEqual(lit.sort(), [...document.claims[1].evidence].sort());

    const id = document.claims[0].evidence[0];
    await visit.panel.locator(`[data-evidence="${id}"]`).hover();
    const expected = document.claims.flatMap(({ evidence: ids }, index) => (ids.includes(id) ? [`claim-${document.answerId}-${index}`] : []));
    assert.deepEqual(await answer.locator('.claim--lit').evaluateAll((found) => found.map((sentence) => sentence.id)), expected);
    await visit.close();
  });

  test('every number in the text belongs to a record of the panel', async () => {
    const { visit, answer, document } = await asked(world);
    const numbers = await visit.panel.locator('button.item__mark').evaluateAll((found) => found.map((mark) => Number(mark.textContent)));
    assert.deepEqual([...new Set(numbers)].sort((a, b) => a - b), document.citations.map((_, index) => index + 1));
    assert.equal(await answer.locator('.reference').count(), document.claims.filter(({ evidence: ids }) => ids.length > 0).length);
    await visit.close();
  });

  test('the evidence of an earlier answer can be looked at again', async () => {
    const { visit } = await asked(world);
    await visit.ask('How is it told from a nevus?');
    assert.match(await visit.panel.innerText(), /How is it told from a nevus\?/u);
    await visit.answers.first().getByRole('button', { name: 'Show the evidence' }).click();
    await visit.panel.getByText('What could this be, and why?').waitFor();
    await visit.close();
  });
});

async function asked(world) {
  const visit = await openPage(world.browser, world.host.address);
  await visit.add(lesion);
  const answer = await visit.ask('What could this be, and why?');
  const id = await answer.getAttribute('data-answer');
  await visit.panel.getByRole('region', { name: 'Differential' }).waitFor();
  return { visit, answer: visit.page.locator(`[data-answer="${id}"]`), document: (await visit.fetch(`/api/page/answers/${id}`)).body };
}

async function inView(locator) {
  await locator.evaluate((element) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It is not in view.')), 3000);
    new IntersectionObserver(([entry], observer) => {
      if (!entry.isIntersecting) return;
      clearTimeout(timer);
      observer.disconnect();
      resolve();
    }).observe(element);
  }));
}
