// SPDX-License-Identifier: MIT
// html-check.cjs [--wcag-only] [--links-only] PAGE.html...: see ../validate-html.sh
'use strict';
const fs = require('fs'), path = require('path'), { pathToFileURL, fileURLToPath } = require('url');
const flags = process.argv.slice(2).filter((a) => a.startsWith('--'));
const pages = process.argv.slice(2).filter((a) => !a.startsWith('--')).map((p) => path.resolve(p));
const findings = new Map();
const report = (page, msg) => {
  const k = `${path.relative('.', page)}: ${msg}`;
  findings.set(k, (findings.get(k) || 0) + 1);
};
const finish = (status) => {
  for (const [k, n] of findings) console.log(n > 1 ? `${k} (${n} times)` : k);
  process.exit(status || (findings.size ? 1 : 0));
};

// Links: a plain scan of the source, so that they are checked without a browser too.
const idCache = new Map();
const decode = (s) => s.replace(/&amp;/g, '&').replace(/&#38;/g, '&').replace(/&quot;/g, '"');
const source = (file) => fs.readFileSync(file, 'utf8').replace(/<!--[\s\S]*?-->/g, '')
  .replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi, '$1');
function ids(file) {
  if (!idCache.has(file)) {
    const set = new Set();
    for (const m of source(file).matchAll(/\s(?:id|name)\s*=\s*("([^"]*)"|'([^']*)'|([^\s>]+))/gi))
      set.add(decode(m[2] ?? m[3] ?? m[4]));
    idCache.set(file, set);
  }
  return idCache.get(file);
}
function links(file) {
  const base = pathToFileURL(file);
  for (const m of source(file).matchAll(/<[a-z][^>]*?\s(href|src)\s*=\s*("([^"]*)"|'([^']*)'|([^\s>]+))/gi)) {
    const raw = decode(m[3] ?? m[4] ?? m[5]);
    if (/^mailto:/i.test(raw) && raw.length > 1900)
      report(file, `mailto link of ${raw.length} characters (keep below 1900)`);
    if (/^(?!file:)[a-z][a-z0-9+.-]*:/i.test(raw) || raw.startsWith('//')) continue;
    let url;
    try { url = new URL(raw, base); } catch { report(file, `bad link ${raw}`); continue; }
    let target = fileURLToPath(new URL(url.pathname, base));
    if (fs.existsSync(target) && fs.statSync(target).isDirectory()) target = path.join(target, 'index.html');
    if (!fs.existsSync(target)) { report(file, `broken link ${raw}`); continue; }
    const frag = decodeURIComponent(url.hash.slice(1).replace(/:~:.*$/, ''));
    if (frag && frag !== 'top' && /\.html?$/.test(target) && !ids(target).has(frag))
      report(file, `broken fragment ${raw}`);
  }
}

async function browse() {
  const { chromium } = require('playwright-core');
  const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
  if (!flags.includes('--wcag-only')) tags.push('best-practice');
  const browser = await chromium.launch({
    executablePath: process.env.EBOOK_TOOLS_CHROMIUM,
    args: process.env.EBOOK_TOOLS_NO_SANDBOX === '1' || (process.getuid && process.getuid() === 0) ? ['--no-sandbox'] : [],
  });
  const audit = async (page, file, how, only) => {
    const res = await page.evaluate(([t, o]) => window.axe.run({
      runOnly: o ? { type: 'rule', values: o } : { type: 'tag', values: t },
      rules: o ? {} : { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    }), [tags, only]);
    for (const v of res.violations)
      report(file, `axe ${how}: ${v.impact} ${v.id}: ${v.help} at ${v.nodes[0].target.flat().join(' ').slice(0, 120)}` +
        (v.nodes.length > 1 ? ` and ${v.nodes.length - 1} more` : ''));
  };
  // Three windows serve all pages of a worker: a new one costs more than a page.
  const windows = async () => {
    const viewport = { width: 1280, height: 900 };
    // bypassCSP lets axe in under a strict content security policy; violations still show in the second load.
    const [page, p2, p3] = await Promise.all([{ bypassCSP: true }, {}, { javaScriptEnabled: false }].map(async (options) =>
      (await browser.newContext({ viewport, ...options })).newPage()));
    const w = { page, p2, p3, file: '' };
    await page.route(/^(https?|wss?):/, (r) => r.abort());
    p2.on('request', (r) => { if (!/^(file|data|blob|about):/.test(r.url())) report(w.file, `request leaves the site: ${r.url().slice(0, 120)}`); });
    p2.on('console', (m) => { if (m.type() === 'error') report(w.file, `console: ${m.text().slice(0, 200)}`); });
    p2.on('pageerror', (e) => report(w.file, `script error: ${String(e).slice(0, 200)}`));
    return w;
  };
  const one = async (w, file) => {
    const { page, p2, p3 } = w;
    const url = pathToFileURL(file).href;
    w.file = file;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(url, { waitUntil: 'load' });
    const words = () => page.evaluate(() => (document.querySelector('main') || document.body).innerText.replace(/\s+/g, ' ').length);
    const withJs = await words();
    await page.addScriptTag({ content: axe });
    await audit(page, file, 'light');
    const hasDark = await page.evaluate(() => [...document.styleSheets].some((s) => {
      try { return /prefers-color-scheme|light-dark\(|color-scheme/.test([...s.cssRules].map((r) => r.cssText).join('')); } catch { return true; }
    }));
    if (hasDark) {
      await page.emulateMedia({ colorScheme: 'dark' });
      await audit(page, file, 'dark', ['color-contrast', 'link-in-text-block']);
      await page.emulateMedia({ colorScheme: 'light' });
    } else if (!flags.includes('--wcag-only')) report(file, 'no dark colour scheme');
    // What scrolls down fits 320 pixels of width, what scrolls sideways 256 of height.
    const sideways = await page.evaluate(() => getComputedStyle(document.documentElement).writingMode !== 'horizontal-tb');
    await page.setViewportSize({ width: 320, height: sideways ? 256 : 640 });
    const over = await page.evaluate((isHigh) => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return isHigh ? scrollHeight - clientHeight : scrollWidth - clientWidth;
    }, sideways);
    if (over > 1) report(file, `reflow: ${over} px more than a window of ${sideways ? '256 px height' : '320 px width'} (WCAG 1.4.10)`);
    await audit(page, file, '320 px', ['target-size', 'color-contrast', 'scrollable-region-focusable', 'meta-viewport']);
    // Second load: real policy.
    await p2.goto(url, { waitUntil: 'load' });
    await p2.keyboard.press('Tab');
    const first = await p2.evaluate(() => {
      const a = document.activeElement;
      return { skip: a.tagName === 'A' && (a.getAttribute('href') || '').startsWith('#'), links: document.querySelectorAll('a[href]').length };
    });
    if (!first.skip && first.links > 10 && !flags.includes('--wcag-only')) report(file, 'the first Tab stop is no skip link');
    // Third load: no script.
    await p3.goto(url, { waitUntil: 'load' });
    const without = (await p3.locator('main').count() ? await p3.locator('main').first().innerText() : await p3.locator('body').innerText()).replace(/\s+/g, ' ').length;
    if (without < withJs * 0.9) report(file, `without JavaScript only ${without} of ${withJs} characters are readable`);
  };
  const queue = pages.slice(), jobs = Math.max(1, Math.min(+process.env.EBOOK_TOOLS_JOBS || 2, pages.length, 8));
  await Promise.all(Array.from({ length: jobs }, async () => {
    const w = await windows();
    for (let f; (f = queue.shift());) await one(w, f).catch((e) => { report(f, `could not be checked: ${String(e.message).split('\n')[0]}`); });
  }));
  await browser.close();
}

(async () => {
  for (const p of pages) links(p);
  if (!flags.includes('--links-only')) await browse();
  finish(0);
})().catch((e) => { console.error(String(e && e.stack || e)); finish(3); });
