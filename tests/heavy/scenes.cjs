// SPDX-License-Identifier: MIT
// Scenes in Chromium, one browser for all of them, told as TAP. A scene is an
// async function of a fresh page, the place of a draft and the browser; what
// it throws, and any error of a script, fails it.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');

// A draft: a folder, or a page alone.
function place(draft) {
	const isPage = draft.endsWith('.html');
	const file = name => pathToFileURL(path.resolve(draft, name)).href;
	return {
		draft, isPage, file,
		home: isPage ? pathToFileURL(path.resolve(draft)).href
			: file('index.html'),
		// the first chapter that has something in its source
		pageWith(text) {
			const found = fs.readdirSync(draft).filter(name =>
				name.endsWith('.html') &&
				name !== 'index.html' &&
				fs.readFileSync(path.join(draft, name), 'utf8')
					.includes(text));
			assert(found.length, 'no page with ' + text);
			return file(found[0]);
		}
	};
}

async function play(browser, scene, at) {
	const context = await browser.newContext();
	const page = await context.newPage();
	const errors = [];
	page.on('pageerror', error => errors.push(error.message));
	page.setDefaultTimeout(15000);
	try {
		await scene(page, at, browser);
		assert.deepEqual(errors, []);
	} finally {
		await context.close();
	}
}

// What a screen reader is told, in a moment: the page says it a little later.
async function heard(page, words) {
	await page.getByRole('status').filter({ hasText: words }).first()
		.waitFor({ state: 'attached' });
}

// run([[title, draft, scenes, names]...])
async function run(groups) {
	const root = process.getuid && process.getuid() === 0;
	const browser = await chromium.launch({
		executablePath: process.env.EBOOK_TOOLS_CHROMIUM,
		args: root || process.env.EBOOK_TOOLS_NO_SANDBOX === '1'
			? ['--no-sandbox'] : []
	});
	let number = 0, failed = 0;
	for (const [title, draft, scenes, names] of groups)
		for (const name of names || Object.keys(scenes)) {
			const said = `${++number} - ${title}: ${name}`;
			try {
				await play(browser, scenes[name], place(draft));
				console.log('ok ' + said);
			} catch (error) {
				failed++;
				console.log('not ok ' + said);
				console.log(error.stack.replace(/^/gm, '# '));
			}
		}
	console.log('1..' + number);
	await browser.close();
	process.exit(failed ? 1 : 0);
}

module.exports = { heard, run };
