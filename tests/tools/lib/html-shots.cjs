// SPDX-License-Identifier: MIT
// html-shots.cjs PAGE OUT_PREFIX PRINT.pdf
'use strict';
const path = require('path'), { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');
const [page, prefix, pdf] = process.argv.slice(2);
(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.EBOOK_TOOLS_CHROMIUM,
    args: process.env.EBOOK_TOOLS_NO_SANDBOX === '1' || (process.getuid && process.getuid() === 0) ? ['--no-sandbox'] : [],
  });
  const url = pathToFileURL(path.resolve(page)).href;
  const shot = async (suffix, ctx, after) => {
    const c = await browser.newContext(ctx);
    const p = await c.newPage();
    await p.route(/^(https?|wss?):/, (r) => r.abort());
    await p.goto(url, { waitUntil: 'load' });
    await p.screenshot({ path: `${prefix}-${suffix}.png` });
    if (after) await after(p);
    await c.close();
  };
  await shot('desktop', { viewport: { width: 1280, height: 900 } }, (p) => p.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true }));
  await shot('phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  await shot('dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' });
  await shot('nojs', { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  await browser.close();
})().catch((e) => { console.error(String(e)); process.exit(1); });
