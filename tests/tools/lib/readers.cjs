// SPDX-License-Identifier: MIT
// readers.cjs walk ENGINE BOOK | shots ENGINE BOOK OUT_PREFIX FIRST-LAST WIDTHxHEIGHT
'use strict';
const fs = require('fs'), path = require('path'), http = require('http');
const { chromium } = require('playwright-core');
const [mode, engine, bookArg, prefix, range = '1-8', size = '600x800'] = process.argv.slice(2);
const book = path.resolve(bookArg), root = path.dirname(path.dirname(require.resolve('epubjs/package.json')));
const [W, H] = size.split('x').map(Number);
// how long an engine may take for anything; a busy machine is not a fault
const patience = 120000;
const frame = `<!doctype html><meta charset=utf-8><link rel=icon href=data:,><style>html,body{margin:0;height:100%}#v,foliate-view{display:block;width:${W}px;height:${H}px}</style>`;
const hosts = {
  epubjs: `${frame}<div id=v></div><script src=/jszip/dist/jszip.min.js></script><script src=/epubjs/dist/epub.js></script><script>
const book = ePub('/book.epub'), view = book.renderTo('v', { width: ${W}, height: ${H}, flow: 'paginated', spread: 'none' });
const flat = (l) => l.flatMap((t) => [t.href, ...flat(t.subitems || [])]);
window.host = {
  open: async () => { await book.ready; await view.display(); },
  spine: async () => book.spine.spineItems.map((s) => s.href),
  toc: async () => flat(book.navigation.toc),
  go: async (h) => { await view.display(h); },
  next: async () => { await view.next(); },
  resolves: async (h) => !!book.spine.get(book.canonical ? h : h) || !!book.spine.get(h.split('#')[0]),
  frames: () => [...document.querySelectorAll('iframe')].map((f) => f.contentDocument),
};
window.ready = true;
</script>`,
  foliate: `${frame}<script type=module>
import '/foliate-js/view.js';
const v = document.createElement('foliate-view');
document.body.append(v);
let doc = null;
v.addEventListener('load', (e) => { doc = e.detail.doc; });
const flat = (l) => (l || []).flatMap((t) => [t.href, ...flat(t.subitems)]);
window.host = {
  open: async () => { const b = await (await fetch('/book.epub')).blob(); await v.open(new File([b], 'book.epub', { type: 'application/epub+zip' })); await v.renderer.next(); },
  spine: async () => v.book.sections.map((s) => s.id),
  toc: async () => flat(v.book.toc).filter(Boolean),
  go: async (h) => { await v.goTo(h); },
  next: async () => { await v.next(); },
  resolves: async (h) => { const r = await v.book.resolveHref(h); return !!r && v.book.sections[r.index] !== undefined; },
  frames: () => [doc],
};
window.ready = true;
</script>`,
};
const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };
const problems = new Set();

function serve() {
  return new Promise((resolve) => {
    const s = http.createServer((q, r) => {
      const u = decodeURIComponent(q.url.split('?')[0]);
      if (u === '/') { r.setHeader('content-type', 'text/html'); r.end(hosts[engine]); return; }
      const f = u === '/book.epub' ? book : path.join(root, path.normalize(u));
      if (!fs.existsSync(f) || fs.statSync(f).isDirectory()) { r.statusCode = 404; r.end(); return; }
      r.setHeader('content-type', types[path.extname(f)] || 'application/octet-stream');
      fs.createReadStream(f).pipe(r);
    }).listen(0, '127.0.0.1', () => resolve(s));
  });
}

(async () => {
  if (!hosts[engine]) throw new Error(`unknown engine ${engine}`);
  const server = await serve();
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({
    executablePath: process.env.EBOOK_TOOLS_CHROMIUM,
    args: process.env.EBOOK_TOOLS_NO_SANDBOX === '1' || (process.getuid && process.getuid() === 0) ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: W, height: H } });
  page.on('pageerror', (e) => problems.add(`script error: ${String(e).split('\n')[0].slice(0, 160)}`));
  await page.route((u) => /^(https?|wss?):$/.test(u.protocol) && u.origin !== origin, (r) => {
    problems.add(`asks the network for ${r.request().url().slice(0, 120)}`);
    r.abort();
  });
  page.setDefaultTimeout(patience);
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => window.ready, null, { timeout: patience });
  const within = (p, ms) => Promise.race([p, new Promise((_, no) => setTimeout(() => no(new Error('takes too long')), ms))]);
  await within(page.evaluate(() => window.host.open()), patience);
  if (mode === 'shots') {
    const [first, last] = range.split('-').map(Number);
    for (let i = 1; i <= last; i++) {
      await page.waitForTimeout(400);
      if (i >= first) await page.screenshot({ path: `${prefix}-${String(i).padStart(3, '0')}.png` });
      await within(page.evaluate(() => window.host.next()), patience).catch(() => {});
    }
  } else {
    const spine = await page.evaluate(() => window.host.spine());
    if (!spine.length) problems.add('empty spine');
    for (const h of spine) {
      try {
        await within(page.evaluate((x) => window.host.go(x), h), patience);
        const shown = await page.waitForFunction(() => window.host.frames().some((d) => d && d.body &&
          (/\S/.test(d.body.textContent) || d.querySelector('img,svg,image'))), null, { timeout: patience / 4 }).catch(() => null);
        if (!shown) problems.add(`${h}: shows neither text nor picture`);
        const broken = await page.evaluate(() => window.host.frames().flatMap((d) => d && d.body
          ? [d.querySelector('parsererror') && 'not well-formed', ...[...d.images].filter((i) => i.complete && !i.naturalWidth).map((i) => `picture does not load: ${i.alt}`)] : []).filter(Boolean));
        for (const b of broken) problems.add(`${h}: ${b}`);
      } catch (e) { problems.add(`${h}: ${String(e.message).split('\n')[0].slice(0, 160)}`); }
    }
    const toc = await page.evaluate(() => window.host.toc());
    if (!toc.length) problems.add('no table of contents');
    for (const h of toc) if (!(await page.evaluate((x) => window.host.resolves(x), h))) problems.add(`table of contents leads nowhere: ${h}`);
  }
  await browser.close();
  server.close();
  for (const p of problems) console.log(p);
  process.exit(problems.size ? 1 : 0);
})().catch((e) => { console.error(String(e && e.stack || e)); process.exit(mode === 'walk' && /takes too long|host\.open/.test(String(e)) ? 1 : 3); });
