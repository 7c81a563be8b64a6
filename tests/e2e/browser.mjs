// Chromium with an eye on what the page may not do: load from elsewhere, break the security policy, throw.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const program = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why browser tests do not run; false where they do. */
export const withoutBrowser = !existsSync(program) && `Chromium is not at ${program} (apt-get install chromium, or set CHROMIUM)`;

// Chromium as root, without its own calls home, and with a camera that shows a test picture.
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
];

export const openBrowser = () => chromium.launch({ executablePath: program, args: flags });

// A busy machine is slow; a test fails by what it sees, not by when.
const patience = 45_000;

/** What pages did that they may not do, over all tests. */
export const misdeeds = { violations: [], outside: [], errors: [] };

// A part of Web Chat adds one empty style element without the nonce; the policy refuses it without harm.
const benign = ({ element }) => /^<style data-emotion="react-scroll-to-bottom[^>]*><\/style>$/u.test(element);

export async function openPage(browser, address, options = {}) {
  const context = options.context ?? await browser.newContext({ viewport: { width: 1360, height: 880 }, acceptDownloads: true, ...options });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const origin = new URL(address).origin;
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/u.test(url.protocol) && url.origin.replace(/^ws/u, 'http') !== origin) misdeeds.outside.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(address).host) misdeeds.outside.push(socket.url());
  });
  page.on('pageerror', (error) => misdeeds.errors.push(error.message));
  await page.exposeFunction('reportViolation', (violation) => {
    if (!benign(violation)) misdeeds.violations.push(violation);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => window.reportViolation({
      directive: event.effectiveDirective, blocked: event.blockedURI, sample: event.sample, element: event.target.outerHTML?.slice(0, 200) ?? '',
    }));
  });
  await page.goto(address);
  await page.locator('.sendbox').waitFor();
  return new Visit(page, address);
}

/** One visitor's page, in the words of the tests. */
export class Visit {
  constructor(page, address) {
    this.page = page;
    this.address = address;
  }

  get question() { return this.page.getByRole('textbox', { name: 'Your question' }); }
  get answers() { return this.page.locator('.answer[data-answer]'); }
  get finished() { return this.page.locator('.answer__footer'); }
  get lastAnswer() { return this.answers.last(); }
  get panel() { return this.page.getByRole('complementary', { name: 'Evidence' }); }
  get tray() { return this.page.locator('.tray__photo'); }
  get faults() { return this.page.locator('.faults'); }

  /** Picks photos with the button's file input, and agrees when that is asked. */
  async add(...files) {
    const before = await this.tray.count();
    await this.page.locator('input[type=file][multiple]').setInputFiles(files);
    const consent = this.page.getByRole('dialog', { name: 'Before your first photo' });
    await consent.or(this.tray.nth(before)).or(this.faults).first().waitFor();
    if (!await consent.isVisible()) return;
    await this.agree();
    await this.tray.nth(before).or(this.faults).first().waitFor();
  }

  async agree() {
    await this.page.getByLabel('I have read this and agree').check();
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await this.page.getByRole('dialog', { name: 'Before your first photo' }).waitFor({ state: 'hidden' });
  }

  /** Sends a question and waits for its answer with its evidence. */
  async ask(text) {
    const before = await this.finished.count();
    await this.send(text);
    await this.finished.nth(before).waitFor({ timeout: 2 * patience });
    return this.lastAnswer;
  }

  async send(text) {
    await this.question.fill(text);
    await this.question.press('Enter');
  }

  /** What is said in the chat, by whom, in order. */
  async transcript() {
    return await this.page.locator('.webchat__basic-transcript__activity').evaluateAll((rows) => rows.map((row) => ({
      by: row.querySelector('.webchat__stacked-layout--from-user') ? 'user' : 'assistant',
      text: (row.querySelector('.answer__text, .webchat__bubble__content')?.textContent ?? '').trim(),
      photos: row.querySelectorAll('.photo-bubble img').length,
    })));
  }

  /** Calls the server as the page would. */
  async fetch(path, init = {}) {
    return await this.page.evaluate(async ([url, options]) => {
      const response = await fetch(url, options);
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
    }, [path, init]);
  }

  async close() { await this.page.context().close(); }
}
