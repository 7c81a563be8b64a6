// Bundles the page into ../wwwroot: index.html, one script and one style sheet named by their content, and a Brotli copy of each.
// `node build.mjs` for production, `node build.mjs --watch` while working on the page.
import { build, context } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = fileURLToPath(new URL('../wwwroot/', import.meta.url));
const watch = process.argv.includes('--watch');
const compress = promisify(brotliCompress);

// Web Chat can also listen and speak. This page does neither, so the speech services (a third of the size) are left out.
const withoutSpeech = './src/bundle/speech.ts';

const options = {
  absWorkingDir: here,
  entryPoints: { app: 'src/main.tsx' },
  outdir: out + 'assets',
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: !watch,
  format: 'esm',
  target: ['es2022'],
  jsx: 'automatic',
  metafile: true,
  legalComments: 'linked',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  alias: {
    'botframework-directlinespeech-sdk': withoutSpeech,
    'microsoft-cognitiveservices-speech-sdk': withoutSpeech,
    'web-speech-cognitive-services': withoutSpeech,
    punycode: './src/bundle/punycode.ts',
  },
  plugins: [{
    name: 'page',
    setup: (bundler) => bundler.onEnd(async (result) => {
      if (result.errors.length === 0) await writePage(Object.keys(result.metafile.outputs));
    }),
  }],
};

async function writePage(outputs) {
  const named = (extension) => outputs.map((path) => path.split('/').at(-1)).find((name) => name.endsWith(extension));
  const page = (await readFile(here + 'index.html', 'utf8'))
    .replaceAll('{script}', `assets/${named('.js')}`)
    .replaceAll('{style}', `assets/${named('.css')}`);
  await Promise.all(['.js', '.css'].map(async (extension) => {
    const file = `${out}assets/${named(extension)}`;
    const bytes = await readFile(file);
    const quality = watch ? 4 : 10;
    await writeFile(file + '.br', await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  }));
  await writeFile(out + 'favicon.svg', await readFile(here + 'favicon.svg'));
  // Last, so that a page never names files that are not there yet.
  await writeFile(out + 'index.html', page);
}

await rm(out, { recursive: true, force: true });
await mkdir(out + 'assets', { recursive: true });
if (watch) await (await context(options)).watch();
else await build(options);
