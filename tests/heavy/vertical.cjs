// SPDX-License-Identifier: MIT
// vertical.cjs DRAFTS: books whose lines run down, in Chromium, as TAP.
'use strict';
const assert = require('assert');
const { execFileSync } = require('child_process');
const { run } = require('./scenes.cjs');

const chapter = at => at.file('02-tateyomi.html');
const scrolled = page => page.evaluate(() => scrollX);
const boxOf = locator => locator.evaluate(element => {
	const { left, right, top, bottom } = element.getBoundingClientRect();
	return { left, right, top, bottom };
});

// Is it where a reader sees it?
async function inView(page, locator) {
	await page.waitForFunction(element => {
		const box = element.getBoundingClientRect();
		return box.right <= innerWidth && box.right > 0;
	}, await locator.elementHandle());
}

const scenes = {
	async 'wheel and keys lead along the text'(page, at) {
		await page.goto(chapter(at));
		assert.equal(await page.locator('.chapter p').first().evaluate(p =>
			getComputedStyle(p).writingMode), 'vertical-rl');
		await page.mouse.move(300, 300);
		await page.mouse.wheel(0, 150);
		await page.waitForFunction(() => scrollX === -150);
		await page.keyboard.press('PageDown');
		assert(await scrolled(page) < -800);
		await page.keyboard.press('PageUp');
		assert.equal(await scrolled(page), -150);
		await page.keyboard.press('End');
		await page.waitForFunction(() => Math.abs(1 - getComputedStyle(
			document.querySelector('.bar'))
			.getPropertyValue('--read')) < 0.01);
		await page.keyboard.press('Home');
		assert(Math.abs(await scrolled(page)) <= 1);
		await page.keyboard.press('Alt+Shift+KeyF');
		await page.mouse.wheel(0, 150); // over a window
		await page.waitForTimeout(100);
		assert(Math.abs(await scrolled(page)) <= 1);
	},

	async 'nothing is out of reach'(page, at) {
		for (const address of [at.home, chapter(at)]) {
			await page.goto(address);
			for (const [width, height] of [[320, 568], [1280, 800]]) {
				await page.setViewportSize({ width, height });
				assert.equal(await page.evaluate(() =>
					document.documentElement.scrollHeight), height);
				const bar = await boxOf(page.locator('.bar'));
				assert.deepEqual([bar.left, bar.right], [0, width]);
			}
		}
		// the numbers stand above their lines
		const p = page.locator('.chapter > p[id]').first();
		const text = await boxOf(p), label = await boxOf(p.locator('.label'));
		assert(label.bottom <= text.top && label.top > 50);
		assert(label.right <= text.right && label.left > text.right - 40);
	},

	async 'the place is kept, and the contents tell'(page, at) {
		await page.goto(chapter(at));
		await page.keyboard.press('PageDown');
		await page.waitForFunction(() => Object.values(localStorage)
			.some(value => value.includes('02-tateyomi.html#')));
		const was = await page.evaluate(() =>
			blockInView(chapterInView()).id);
		await page.goto(at.home);
		assert.equal(await page.locator('.state.begun').count(), 1);
		await page.locator('.begin a').nth(1).click();
		await page.waitForURL(url => url.hash === '#' + was);
		await inView(page, page.locator(':target'));
		await page.waitForTimeout(600); // nor does it move
		assert.equal(await page.evaluate(() =>
			blockInView(chapterInView()).id), was);
	},

	async 'a note opens beside its mark'(page, at) {
		await page.goto(chapter(at));
		const mark = page.locator('a.noteref').first();
		for (const width of [320, 1280]) {
			await page.setViewportSize({ width, height: 600 });
			await mark.click();
			const note = await boxOf(page.locator('.note-window'));
			const beside = await boxOf(mark);
			assert(note.left >= beside.right ||
				note.right <= beside.left);
			assert(note.left >= 0 && note.right <= width &&
				note.top >= 0 && note.bottom <= 600);
			await page.keyboard.press('Escape');
		}
	},

	async 'words found are led to'(page, at) {
		await page.goto(at.home);
		await page.keyboard.press('Alt+Shift+KeyF');
		await page.getByRole('searchbox').fill('金曜');
		await page.locator('.results a').first().click();
		await page.waitForURL(/#p/);
		await inView(page, page.locator(':target'));
	},

	// numbers in spans of their own are words like others
	async 'words are suggested'(page, at) {
		await page.goto(at.file('01-nijuninme.html'));
		await page.evaluate(() => {
			const number = [...document.querySelectorAll('p .upright')]
				.find(span => span.textContent === '6');
			number.scrollIntoView();
			getSelection().selectAllChildren(number);
		});
		await page.locator('.suggest-bar button').first().click();
		const area = page.locator('.suggest textarea').first();
		await area.fill((await area.inputValue()).replace('6銭', '12銭'));
		await page.waitForFunction(() => {
			const form = one('.suggest').getBoundingClientRect();
			return form.left >= 0 && form.right <= innerWidth;
		});
		await area.press('Control+Enter');
		assert.deepEqual(await page.evaluate(() => items.map(item =>
			[item.isRemark, item.splices[0].text])), [[false, '12']]);
	},

	async 'lines lie for those who want it so'(page, at) {
		await page.goto(chapter(at));
		await page.keyboard.press('Alt+Shift+KeyL');
		await page.locator('[value="horizontal"]').check();
		await page.reload();
		assert.equal(await page.locator('.chapter p').first().evaluate(p =>
			getComputedStyle(p).writingMode), 'horizontal-tb');
		await page.mouse.move(300, 300);
		await page.mouse.wheel(0, 150);
		await page.waitForFunction(() => scrollY > 100);
	}
};

const rounds = {
	async 'what changed since is led to'(page, at) {
		await page.goto(at.file('japanese-1.html'));
		await page.goto(at.file('japanese-2.html'));
		for (const words of [/^「わかって/, /^男は/]) {
			await page.keyboard.press('Alt+Shift+KeyJ');
			const block = page.locator('.changed:focus');
			assert.match(await block.textContent(), words);
			await inView(page, block);
		}
	},

	async 'it is printed so'(page, at) {
		const pdf = at.draft + '/japanese.pdf';
		await page.goto(at.file('japanese-1.html'));
		await page.emulateMedia({ media: 'print' });
		assert.equal(await page.locator('.chapter p').first().evaluate(p =>
			getComputedStyle(p).writingMode), 'vertical-rl');
		await page.pdf({ path: pdf, format: 'A5' });
		const pages = execFileSync('mutool',
			['draw', '-q', '-F', 'txt', pdf], { stdio: 'pipe' })
			.toString().split('\f').map(text => text.replace(/\s/g, ''));
		assert.match(pages[1], /はじめに.*第三章.*あとがき/);
		assert.doesNotMatch(pages.join(''), /読み始める|↩/);
		assert.match(pages.join(''), /これは作者の時代錯誤である/);
	}
};

const drafts = process.argv[2];
run([
	['vertical', drafts + '/japanese-site', scenes],
	['vertical, one page', drafts + '/rounds', rounds]
]);
