// The page in which files from outside are drawn: one file with all of its script and style in it, and the data beside it
// that pages are drawn with.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** pdfjs-dist's folder, ours, and which of its files: names that electron/contract/page.ts serves. */
const data = [
  ['cmaps', 'cmaps', /\.bcmap$/],
  ['standard_fonts', 'fonts', /\.(?:pfb|ttf)$/],
  ['wasm', 'wasm', /^(?:jbig2|openjpeg|qcms_bg)\.wasm$/],
];

/**
 * Writes `viewer.html` and `viewer-data/` into the built renderer. The frame has no origin and may fetch nothing, so the
 * page is whole in itself; its content policy is made from what stands in it (electron/contract/page.ts).
 */
export async function buildViewerPage(root, renderer) {
  const built = await build({
    configFile: false,
    root: join(root, 'renderer/viewer'),
    logLevel: 'warn',
    // Read by pdf.js in Node only.
    define: { 'import.meta.url': '""' },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(root, 'renderer/viewer/main.ts'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const { output } = Array.isArray(built) ? built[0] : built;
  const script = only(output, (part) => part.type === 'chunk').code;
  const style = String(only(output, (part) => part.type === 'asset' && part.fileName.endsWith('.css')).source);
  if (/<\/style/i.test(style)) throw new Error('the style of the viewer would end its element');
  const page = readFileSync(join(root, 'renderer/viewer/viewer.html'), 'utf8');
  writeFileSync(
    join(renderer, 'viewer.html'),
    // Functions, since "$&" in a script is no pattern of ours.
    page
      .replace('<!-- style -->', () => `<style>${style.trim()}</style>`)
      .replace('<!-- script -->', () => `<script>${inElement(script)}</script>`),
  );
  copyData(root, renderer);
}

/** A script must not contain what ends its element; inside of words and patterns these mean the same. */
function inElement(script) {
  return script.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '\\x3c!--');
}

function only(output, wanted) {
  const found = output.filter(wanted);
  if (found.length !== 1) throw new Error(`the viewer was built into ${found.length} parts instead of one`);
  return found[0];
}

function copyData(root, renderer) {
  for (const [from, to, names] of data) {
    const source = join(root, 'node_modules/pdfjs-dist', from);
    const target = join(renderer, 'viewer-data', to);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source)) if (names.test(name)) cpSync(join(source, name), join(target, name));
  }
}
