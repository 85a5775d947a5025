// SPDX-License-Identifier: MIT
// reading.cjs DRAFTS: a reader and three rounds of a book, as TAP.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { heard, run } = require('./scenes.cjs');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// at.draft is a folder of drafts: "1-site", "2.html"
const url = (at, name) => at.file(name);

// Open a page, as one who has read round 1 before.
async function comeBack(page, at, name) {
	await page.goto(url(at, '1-site/index.html'));
	await page.goto(url(at, name));
}

// What axe finds; the page's policy is not asked.
async function nothingFound(page, state) {
	await page.evaluate(axe);
	const found = await page.evaluate(async () => (await window.axe.run({
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
			'best-practice'],
		rules: { 'target-size': { enabled: true } },
		resultTypes: ['violations']
	})).violations.map(v => v.id + ': ' + v.nodes[0].target + ' ' +
		v.nodes[0].failureSummary));
	assert.deepEqual(found, [], state);
}

// What the browser remembers, once it has it.
async function remembered(page, test) {
	for (const end = Date.now() + 15000; Date.now() < end;) {
		const all = await page.evaluate(() =>
			Object.values(localStorage).map(v => JSON.parse(v)));
		const found = all.filter(Boolean).map(test).find(Boolean);
		if (found)
			return found;
		await page.waitForTimeout(100);
	}
	throw new Error('never remembered');
}

const changes = page => page.locator('.contents .changes:visible')
	.allInnerTexts();

const scenes = {
	async 'first round: nothing is new'(page, at) {
		await page.goto(url(at, '1-site/index.html'));
		assert.deepEqual(await changes(page), []);
		assert.equal(await page.locator('.changes-note').count(), 0);
		await page.goto(url(at, '1-site/03-the-reader.html'));
		await page.keyboard.press('Alt+Shift+KeyW');
		assert.equal(await page.locator('dialog[open]').count(), 0);
	},

	async 'who comes for the first time sees the last changes'(page, at) {
		await page.goto(url(at, '3-site/index.html'));
		assert.deepEqual(await changes(page), ['changes: 1', 'new']);
		assert.match(await page.locator('.changes-note').innerText(),
			/since round 2/);
		await page.goto(url(at, '3-site/05-miss-dace.html'));
		assert.equal(await page.locator('.changed').count(), 0);
	},

	async 'who has read round 1 sees what changed since'(page, at) {
		await comeBack(page, at, '3-site/index.html');
		assert.deepEqual(await changes(page),
			['changes: 3', 'changes: 1', 'new']);
		assert.match(await page.locator('.changes-note').innerText(),
			/since round 1/);
		await page.goto(url(at, '3-site/03-the-reader.html'));
		assert.deepEqual(await page.locator('.changed').evaluateAll(
			all => all.map(e => e.textContent.slice(0, 12))),
		['There were t', 'New words.']);
		assert.equal(await page.locator('.cut-note').count(), 1);
		assert.equal(await page.locator('.changed').first()
			.getAttribute('aria-description'), 'changed');
	},

	async 'from change to change by keys, over chapters'(page, at) {
		await comeBack(page, at, '3-site/index.html');
		const focused = () => page.evaluate(() =>
			document.activeElement.textContent.trim());
		await page.keyboard.press('Alt+Shift+KeyJ');
		await page.waitForURL(/03-the-reader/);
		await page.waitForFunction(() => document.activeElement
			.classList.contains('changed'));
		assert.match(await focused(), /^There were two/);
		await page.keyboard.press('Alt+Shift+KeyJ');
		assert.match(await focused(), /^New words/);
		await heard(page, /^2 \/ 3$/);
		await page.keyboard.press('Alt+Shift+KeyJ');
		assert.match(await focused(), /cut here$/);
		await page.keyboard.press('Alt+Shift+KeyJ');
		await page.waitForURL(/05-miss-dace/);
		await page.waitForFunction(() => document.activeElement
			.classList.contains('changed'));
		await page.keyboard.press('Alt+Shift+KeyJ');
		await page.waitForURL(/06-another/);
		await page.waitForFunction(() => document.activeElement
			.classList.contains('changed'));
		await page.keyboard.press('Alt+Shift+KeyK');
		await page.waitForURL(/05-miss-dace/);
	},

	async 'the window of changes'(page, at) {
		await comeBack(page, at, '3-site/03-the-reader.html');
		await page.keyboard.press('Alt+Shift+KeyW');
		const dialog = page.locator('dialog[open]');
		assert.deepEqual(await dialog.locator('.results a small')
			.allInnerTexts(), ['changes: 3', 'changes: 1', 'new']);
		await dialog.getByLabel('Mark them in the text').uncheck();
		assert.equal(await page.locator('.changed').count(), 0);
		await dialog.getByRole('combobox').selectOption('1');
		assert.equal(await dialog.locator('.results a').count(), 2);
		await page.keyboard.press('Escape');
		await page.reload(); // both are kept
		await page.keyboard.press('Alt+Shift+KeyW');
		assert.equal(await dialog.locator('.results a').count(), 2);
		assert(!await dialog.getByRole('checkbox').isChecked());
	},

	async 'one page has it too'(page, at) {
		await page.goto(url(at, '1.html'));
		await page.goto(url(at, '2.html'));
		assert.deepEqual(await changes(page), ['changes: 3']);
		await page.keyboard.press('Alt+Shift+KeyJ');
		assert(await page.evaluate(() => {
			const box = document.activeElement.getBoundingClientRect();
			return document.activeElement.matches('.changed') &&
				box.top > 0 && box.bottom < innerHeight;
		}));
	},

	async 'without scripts the contents say it'(page, at, browser) {
		const context = await browser.newContext({
			javaScriptEnabled: false });
		const plain = await context.newPage();
		await plain.goto(url(at, '2-site/index.html'));
		assert.deepEqual(await changes(plain), ['changes: 3']);
		await context.close();
	},

	// from one round to the next by the paragraph's id
	async 'the place is kept, and carried to the next round'(page, at) {
		await page.goto(url(at, '1-site/08-a-query.html'));
		await page.evaluate(() => scrollTo(0, 1500));
		const hash = await remembered(page, it =>
			it.places?.['1']?.href.match(/#.*/)[0]);
		for (const round of [1, 2]) {
			await page.goto(url(at, round + '-site/index.html'));
			await page.locator('.begin a').nth(1).click();
			await page.waitForURL(u => u.hash === hash);
			assert.equal(await page.locator(':target').count(), 1);
			await page.waitForTimeout(700); // nor does it move
		}
	},

	async 'the contents tell what is read'(page, at) {
		const state = name => page.locator(`.contents a[href^="${name}"] +
			.state`).innerText();
		await page.goto(url(at, '1-site/01-prologue.html'));
		await page.evaluate(() => scrollTo(0, 1e6));
		await remembered(page, it =>
			it.read?.['01-prologue.html'] > 0.95);
		await page.goto(url(at, '1-site/08-a-query.html'));
		await page.evaluate(() => scrollTo(0, 300));
		await remembered(page, it =>
			it.read?.['08-a-query.html'] > 0.1);
		await page.goto(url(at, '1-site/index.html'));
		assert.equal(await state('01-prologue'), 'read');
		assert.equal(await state('08-a-query'), 'begun');
		assert.equal(await page.locator('.state').count(), 2);
	},

	async 'face, size and space are kept'(page, at) {
		const style = () => page.evaluate(() => {
			const s = getComputedStyle(document.querySelector(
				'.chapter p'));
			return [s.fontFamily, parseFloat(s.fontSize),
				parseFloat(s.lineHeight) / parseFloat(s.fontSize)];
		});
		await page.goto(url(at, '1-site/08-a-query.html'));
		const before = await style();
		await page.keyboard.press('Alt+Shift+KeyL');
		await page.getByLabel('Without serifs').check();
		await page.getByRole('button', { name: 'Larger' }).click();
		await page.getByRole('button', { name: 'More space' }).click();
		await page.reload();
		const after = await style();
		assert.notEqual(after[0], before[0]);
		assert(after[1] > before[1] && after[2] > before[2]);
	},

	async 'axe finds nothing in any state'(page, at) {
		await comeBack(page, at, '3-site/index.html');
		await nothingFound(page, 'contents');
		await page.goto(url(at, '3-site/03-the-reader.html'));
		for (const [width, height, colorScheme] of
			[[1280, 900, 'light'], [320, 640, 'dark']]) {
			const how = ', ' + colorScheme;
			await page.setViewportSize({ width, height });
			await page.emulateMedia({ colorScheme });
			await nothingFound(page, 'changes' + how);
			await page.locator('a.noteref').first().click();
			await nothingFound(page, 'a note' + how);
			await page.keyboard.press('Escape');
			for (const key of ['W', 'L', 'F']) {
				await page.keyboard.press('Alt+Shift+Key' + key);
				await nothingFound(page, key + how);
				await page.keyboard.press('Escape');
			}
		}
	},

	async 'high contrast and still windows'(page, at) {
		await comeBack(page, at, '3-site/03-the-reader.html');
		await page.emulateMedia({ forcedColors: 'active',
			reducedMotion: 'reduce' });
		await page.evaluate(() => scrollTo(0, 900));
		assert.equal(await page.locator('.bar').evaluate(bar =>
			getComputedStyle(bar).transitionDuration), '0s');
		assert.notEqual(await page.locator('.changed').first().evaluate(e =>
			getComputedStyle(e, '::after').borderInlineStartStyle),
		'none');
	},

	// text spaced as WCAG 1.4.12 says, at 320 pixels
	async 'nothing is cut off where text is spaced'(page, at) {
		await comeBack(page, at, '3-site/03-the-reader.html');
		await page.setViewportSize({ width: 320, height: 640 });
		await page.evaluate(() => {
			for (const e of document.querySelectorAll('main *')) {
				e.style.lineHeight = '1.5';
				e.style.letterSpacing = '0.12em';
				e.style.wordSpacing = '0.16em';
			}
		});
		assert(await page.evaluate(() =>
			document.documentElement.scrollWidth <= innerWidth));
	}
};

// Seconds of the processor, whatever else runs beside.
async function measure(page) {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable', { timeDomain: 'threadTicks' });
	return async () => (await session.send('Performance.getMetrics')).metrics
		.find(m => m.name === 'TaskDuration').value;
}

const speed = {
	async 'the longest chapter of a novel opens in a second'(page, at) {
		const folder = path.join(at.draft, 'novel-site');
		const [longest] = fs.readdirSync(folder)
			.filter(name => name.endsWith('.html'))
			.map(name => [fs.statSync(path.join(folder, name)).size, name])
			.sort((a, b) => b[0] - a[0])[0].slice(1);
		const used = await measure(page);
		await page.goto(url(at, 'novel-site/' + longest));
		const seconds = await used();
		console.log('# ' + seconds.toFixed(2) + ' s');
		assert(seconds < 1);
	},

	async 'five megabytes on one page scroll smoothly'(page, at) {
		const used = await measure(page);
		await page.goto(url(at, 'long/novel.html'));
		const before = await used();
		await page.evaluate(async () => {
			for (let y = 0; y < 20000; y += 200) {
				scrollTo(0, y);
				await new Promise(requestAnimationFrame);
			}
		});
		const frame = (await used() - before) / 100;
		console.log(`# opened in ${before.toFixed(2)} s, then ` +
			`${(frame * 1000).toFixed(1)} ms a frame`);
		assert(before < 5 && frame < 0.016);
	},

	async 'its links and search lead to what they name'(page, at) {
		await page.goto(url(at, 'long/novel.html'));
		const there = () => page.evaluate(() => {
			const at = document.querySelector(':target')
				.getBoundingClientRect();
			return at.top > -50 && at.top < innerHeight;
		});
		await page.locator('.contents li.chapter > a').last().click();
		await page.waitForFunction(() => scrollY > 1000);
		assert(await there(), 'the last chapter');
		await page.keyboard.press('Alt+Shift+KeyF');
		await page.getByRole('searchbox').fill('night');
		await page.locator('.results a').nth(20).click();
		await page.waitForTimeout(500);
		assert(await there(), 'a paragraph');
	}
};

run([
	['reading', process.argv[2] + '/rounds', scenes],
	['speed', process.argv[2], speed]
]);
