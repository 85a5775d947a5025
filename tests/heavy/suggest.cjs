// SPDX-License-Identifier: MIT
// suggest.cjs SCENE DRAFT ...: a reader suggests other words in a site or page.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');

const [scene, draft, ...more] = process.argv.slice(2);
const isPage = draft.endsWith('.html');
const address = name => pathToFileURL(isPage ? path.resolve(draft)
	: path.resolve(draft, name)).href;

/* What is said: words that are selected in a chapter, and what becomes of
 * them in its passage; or a remark. */
const edits = [
	{ page: 'fog.html', from: 'Tide Table', to: 'the log',
		change: [['Table', 'Tables'], ['it\u2019s', 'it is'],
			['log', 'logbook']], why: 'There were two.' },
	{ page: 'fog.html', from: 'lamp', change: [['lamp', 'lantern']] },
	{ page: 'fog.html', from: 'high', to: 'water',
		change: [['water', 'tide']] },
	{ page: 'fog.html', from: 'harbour clock',
		change: [['clock', 'bell']] },
	{ page: 'fog.html', from: 'The second watch',
		change: [['second', 'middle']] },
	{ page: 'fog.html', from: 'to-night', change: [['to-night', 'tonight']] },
	{ page: 'east.html', from: '東京', change: [['東京', '京都']] },
	{ page: 'east.html', from: 'البيت', change: [['البيت', 'المدرسة']] },
	{ page: 'fog.html', from: 'said nothing', remark: 'Why not?' }
];

async function select(page, from, to) {
	await page.evaluate(([a, b]) => {
		const range = document.createRange();
		const walker = document.createTreeWalker(
			document.querySelector('main'), NodeFilter.SHOW_TEXT);
		let node, started = false;
		const chapter = x => x.parentElement.closest('.chapter');
		while ((node = walker.nextNode())) {
			const at = node.data.indexOf(a);
			if (!started && at >= 0 && chapter(node)) {
				range.setStart(node, at);
				range.setEnd(node, at + a.length);
				started = true;
			}
			const parts = (b || '').split(' ').pop();
			const end = node.data.indexOf(parts);
			if (started && b && end >= 0) {
				range.setEnd(node, end + parts.length);
				break;
			}
			if (started && !b)
				break;
		}
		getSelection().removeAllRanges();
		getSelection().addRange(range);
	}, [from, to]);
	await page.locator('.suggest-bar').waitFor();
}

async function say(page, edit) {
	if (!page.url().startsWith(address(edit.page)))
		await page.goto(address(edit.page));
	await select(page, edit.from, edit.to);
	if (edit.remark) {
		await page.getByRole('button', { name: 'Leave a remark' }).click();
		await page.locator('.suggest textarea').fill(edit.remark);
	} else {
		await page.getByRole('button', { name: 'Suggest other words' })
			.click();
		const area = page.locator('.suggest textarea').first();
		let text = await area.inputValue();
		for (const [was, now] of edit.change) {
			assert(text.includes(was), text + ' has ' + was);
			text = text.replace(was, now);
		}
		await area.fill(text);
		assert.equal((await page.locator('.suggest ins').allInnerTexts())
			.length > 0, true, 'changes are shown');
		assert.equal(await page.locator('.note-of').innerText(), '');
		if (edit.why)
			await page.locator('.suggest textarea').nth(1)
				.fill(edit.why);
	}
	await page.getByRole('button', { name: 'Keep' }).click();
	assert.equal(await page.locator('.suggest').count(), 0);
}

async function sayAll(page) {
	for (const edit of edits)
		await say(page, edit);
}

async function open(page) {
	await page.keyboard.press('Alt+Shift+KeyC');
	await page.locator('.said-panel').waitFor();
}

async function saveFile(page, to) {
	await page.getByLabel('Your name').fill('Zoë Réader');
	await page.getByLabel('Your mail address').fill('zoe@example.org');
	const [download] = await Promise.all([page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save as a file' }).click()]);
	await download.saveAs(to);
}

/* RFC 3676, 4.2 */
const flowed = text => text.split('\n').map(line => {
	const out = [];
	while (line.length > 70 && line.lastIndexOf(' ', 70) > 0) {
		const at = line.lastIndexOf(' ', 70) + 1;
		out.push(line.slice(0, at));
		line = line.slice(at);
	}
	return [...out, line].map(l => /^[ >]|^From /.test(l) ? ' ' + l : l)
		.join('\n');
}).join('\n');

const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
	.replace(/>/g, '&gt;');

const shapes = {
	plain: body => ['text/plain; charset=utf-8', body],
	flowed: body => ['text/plain; charset=utf-8; format=flowed',
		flowed(body)],
	html: body => ['text/html; charset=utf-8', '<div dir="ltr">' +
		escape(body).trim().split('\n').map(l => `<div>${l || '<br>'}` +
			'</div>').join('') + '</div>'],
	wrapped: body => ['text/plain; charset=utf-8', flowed(body)
		.replace(/ $/gm, '')]
};

const scenes = {
	/* all that is in `edits`, by mouse, to the file and as mails */
	async edits(page) {
		await sayAll(page);
		await page.reload();
		await open(page);
		assert.equal(await page.locator('.said-list li').count(),
			edits.length);
		const mails = await page.locator('.mails a').evaluateAll(all =>
			all.map(a => a.href));
		assert(mails.length >= 1);
		for (const href of mails)
			assert(href.length <= 1900, href.length);
		for (const [shape, make] of Object.entries(shapes))
			fs.writeFileSync(`${more[0]}/${shape}.mbox`, mails.map(
				(href, i) => {
				const url = new URL(href);
				const [type, body] = make(decodeURIComponent(
					url.search.match(/body=([^&]*)/)[1])
					.replace(/\r\n/g, '\n'));
				const subject = decodeURIComponent(url.search
					.match(/subject=([^&]*)/)[1]);
				return 'From zoe@example.org Mon Jan  5 12:00:00 ' +
					'2026\nFrom: Zoe <zoe@example.org>\n' +
					`Subject: ${subject}\nDate: Mon, 5 Jan ` +
					`2026 12:0${i}:00 +0000\nMessage-Id: <` +
					`${i}@example.org>\nMIME-Version: 1.0\n` +
					`Content-Type: ${type}\n` +
					`Content-Transfer-Encoding: 8bit\n\n${
						body}\n\n`;
			}).join(''));
		await saveFile(page, more[0] + '/page.mbox');
		assert.equal(await page.locator('.said-list .sent').count(),
			edits.length);
		await page.getByRole('button', { name: 'Clear what was sent' })
			.click();
		assert.match(await page.locator('.said-list').innerText(),
			/Nothing yet/);
		assert.equal(await page.evaluate(() => Object.keys(localStorage)
			.filter(k => k.includes('source:')).length), 0);
	}
};

(async () => {
	const root = process.getuid && process.getuid() === 0;
	const browser = await chromium.launch({
		executablePath: process.env.EBOOK_TOOLS_CHROMIUM,
		args: root || process.env.EBOOK_TOOLS_NO_SANDBOX === '1'
			? ['--no-sandbox'] : []
	});
	const page = await browser.newPage();
	const wrong = [];
	page.on('pageerror', error => wrong.push(error.message));
	page.on('console', message => wrong.push(message.text()));
	page.on('request', request => {
		if (!/^(file|data|blob):/.test(request.url()))
			wrong.push(request.url());
	});
	page.setDefaultTimeout(15000);
	try {
		await scenes[scene](page, browser);
		assert.deepEqual(wrong, []);
	} finally {
		await browser.close();
	}
})().catch(error => {
	console.error(error.stack);
	process.exit(1);
});
