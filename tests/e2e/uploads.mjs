import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage, withoutBrowser } from './browser.mjs';
import { photoLimit } from './host.mjs';
import { drawing, heic, larger, lesion, nevus, pdf, torn, withoutPhotos } from './photos.mjs';

export const photos = (world) => describe('photos', { skip: withoutBrowser }, () => {
  test('no photo is taken in before the visitor agreed', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.locator('input[type=file][multiple]').setInputFiles([drawing]);
    const dialog = visit.page.getByRole('dialog', { name: 'Before your first photo' });
    await dialog.waitFor();
    assert.equal(await dialog.getByRole('button', { name: 'Continue' }).isDisabled(), true);
    await dialog.getByRole('button', { name: 'Not now' }).click();
    assert.equal(await visit.tray.count(), 0);
    assert.equal((await visit.fetch('/api/page/about')).body.consent, false);

    await visit.page.locator('input[type=file][multiple]').setInputFiles([drawing]);
    await visit.agree();
    await visit.tray.first().waitFor();
    assert.equal((await visit.fetch('/api/page/about')).body.consent, true);
    await visit.close();
  });

  test('a photo is shown whole in the chat, and larger with zoom', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(lesion);
    await visit.ask('What could this be?');
    const shape = await visit.page.locator('.photo-bubble img').evaluate((photo) => ({
      shown: photo.clientWidth / photo.clientHeight, is: photo.naturalWidth / photo.naturalHeight, fit: getComputedStyle(photo).objectFit,
    }));
    assert.ok(Math.abs(shape.shown - shape.is) < 0.02, JSON.stringify(shape));
    await visit.page.locator('.photo-bubble').click();
    const viewer = visit.page.getByRole('dialog', { name: lesion.name });
    const width = () => viewer.locator('img').evaluate((photo) => photo.getBoundingClientRect().width);
    const fitted = await width();
    await visit.page.keyboard.press('+');
    assert.ok(await width() > fitted * 1.3);
    await visit.page.keyboard.press('0');
    assert.equal(await width(), fitted);
    await visit.page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'hidden' });
    await visit.close();
  });

  test('photos can be previewed, enlarged and removed before they are sent', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(drawing, { ...drawing, name: 'second.png' });
    assert.equal(await visit.tray.count(), 2);
    await visit.page.getByRole('button', { name: 'Enlarge second.png' }).click();
    await visit.page.getByRole('dialog', { name: 'second.png' }).waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.page.getByRole('button', { name: 'Remove drawing.png' }).click();
    assert.equal(await visit.tray.count(), 1);
    await visit.page.getByRole('button', { name: 'Enlarge second.png' }).waitFor();
    await visit.close();
  });

  test('photos can be pasted and dropped', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(drawing);
    for (const type of ['paste', 'drop']) {
      await visit.page.evaluate(([kind, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], `${kind}.png`, { type: 'image/png' }));
        const event = kind === 'paste'
          ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      }, [type, drawing.buffer.toString('base64')]);
      await visit.page.getByRole('button', { name: `Enlarge ${type}.png` }).waitFor();
    }
    assert.equal(await visit.tray.count(), 3);
    await visit.close();
  });

  test('a photo can be taken with the camera', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.page.getByRole('button', { name: 'Take a photo' }).click();
    await visit.page.getByRole('button', { name: 'Take photo' }).click();
    await visit.agree();
    await visit.tray.first().waitFor();
    assert.equal(await visit.page.getByRole('button', { name: /^Enlarge camera-\d+\.jpg$/u }).count(), 1);
    await visit.close();
  });

  test('several photos of one message are each read, and can be compared later', { skip: withoutPhotos }, async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(lesion, nevus);
    await visit.ask('What could these be?');
    assert.equal((await visit.transcript())[0].photos, 2);
    assert.equal(await visit.panel.getByRole('button', { name: /^Photo \d$/u }).count(), 2);
    await visit.panel.getByRole('button', { name: 'Photo 2', exact: true }).click();
    assert.match(await visit.panel.locator('.facts').innerText(), new RegExp(nevus.name, 'u'));
    const compared = await visit.ask('Compare with the first photo');
    assert.match(await compared.innerText(), /photo/iu);
    await visit.close();
  });

  test('what is no photo is refused before it is sent, with what to do', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(drawing);
    for (const [file, says] of [[pdf, /PDF.*JPEG or PNG/u], [heic, /HEIC.*JPEG/u], [{ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo') }, /not a photo/u]]) {
      await visit.add(file);
      await visit.faults.filter({ hasText: file.name }).waitFor();
      assert.match(await visit.faults.innerText(), says);
    }
    assert.equal(await visit.tray.count(), 1);
    await visit.close();
  });

  test('a photo that is too large is refused before it is sent, with the limit', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(drawing);
    await visit.add(larger(photoLimit));
    await visit.faults.filter({ hasText: 'large.png' }).waitFor();
    assert.match(await visit.faults.innerText(), /2\.9 MB is the most/u);
    await visit.close();
  });

  test('a photo that breaks off is explained in the chat', async () => {
    const visit = await openPage(world.browser, world.host.address);
    await visit.add(torn);
    const answer = await visit.ask('What is this?');
    assert.match(await answer.innerText(), /torn\.png/u);
    await visit.close();
  });

  for (const [what, file, says] of [['a file that is no photo', pdf, /referral\.pdf/u], ['a photo over the limit', larger(photoLimit), /large\.png.*more than/su]]) {
    test(`${what} that gets past the page is explained in the chat`, async () => {
      const visit = await openPage(world.browser, world.host.address);
      await visit.add(drawing);
      const { body } = await visit.fetch('/api/page/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"fresh":false}' });
      const status = await visit.page.evaluate(async ([session, name, type, bytes]) => {
        const form = new FormData();
        form.append('activity', new Blob([JSON.stringify({ type: 'message', text: 'What is this?', from: { id: session.user }, attachments: [{ contentType: type, name }] })], { type: 'application/vnd.microsoft.activity' }));
        form.append('file', new Blob([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], { type }), name);
        const response = await fetch(`/v3/directline/conversations/${session.conversationId}/upload?userId=${session.user}`, { method: 'POST', headers: { Authorization: `Bearer ${session.token}` }, body: form });
        return response.status;
      }, [body, file.name, file.mimeType, file.buffer.toString('base64')]);
      assert.equal(status, 200);
      await visit.finished.first().waitFor();
      assert.match(await visit.lastAnswer.innerText(), says);
      await visit.close();
    });
  }
});
