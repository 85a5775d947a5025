// SPDX-License-Identifier: MIT
// The logic of the scripts of drafts that needs no page: node --test.
'use strict';
const assert = require('assert');
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const { test } = require('node:test');
const path = require('path');

const draft = { tag: 'x r1', round: '1', commit: 'abc',
	address: 'a@example.org' };
const galley = Function('draft', ['words', 'source', 'patch', 'mail']
	.map(name => fs.readFileSync(path.join(__dirname,
		`../../formats/suggest_${name}.js`), 'utf8')).join('') +
	'return { diff, put, blobId, mbox, wordsOf, mailtos, mailto };')(draft);

const change = (text, hunks) => hunks.reduceRight((t, h) =>
	t.slice(0, h.a) + h.text + t.slice(h.b), text);

test('what differs makes the new text of the old one', () => {
	const texts = ['The grey sea rose, and fell.', 'The sea fell.', '',
		'The gray sea, it rose and it fell!', '東京に行く。',
		'京都に行った。', 'it\u2019s one', 'its one  two'];
	for (const a of texts)
		for (const b of texts)
			assert.equal(change(a, galley.diff(a, b)), b);
});

test('words that stay are not in it', () => {
	assert.deepEqual(galley.diff('The grey sea rose.', 'The cold sea rose.'),
		[{ a: 4, b: 8, text: 'cold' }]);
	assert.deepEqual(galley.diff('one two three', 'one three'),
		[{ a: 4, b: 8, text: '' }]);
	assert.deepEqual(galley.diff('東京に行く', '京都に行く')
		.map(h => h.text).join(''), '京都');
});

test('a text without end is one change', () => {
	const a = 'a '.repeat(3000), b = 'b '.repeat(3000);
	assert.equal(change(a, galley.diff(a, b)), b);
});

test('blobs have the names that git gives them', async () => {
	for (const n of [0, 1, 54, 55, 56, 63, 64, 119, 5000]) {
		const text = 'é'.repeat(n) + '\n';
		assert.equal(await galley.blobId(text), execFileSync('git',
			['hash-object', '--stdin'], { input: text })
			.toString().trim());
	}
});

const source = 'One.\nTwo.\nThree.\n\nFour.\nFive.';
const item = (id, from, to, text, more) => ({ id, time: 0, path: 'a b.md',
	source, blob: 'abcdef', splices: [{ from, to, text }],
	label: '', why: id, ...more });
const mbox = async items => (await galley.mbox(
	{ name: 'Zo"e', address: 'z@example.org' }, items))
	.split(/^From 0{40}.*\n/m).slice(1).map(mail => {
		const [head, ...rest] = mail.split('\n\n');
		return { head, body: Buffer.from(rest.join(''), 'base64')
			.toString() };
	});

test('context has no line that another suggestion changes', async () => {
	const mails = await mbox([item('a', 0, 3, '1'), item('b', 18, 22, '4')]);
	assert.equal(mails.length, 2);
	assert.match(mails[0].body, /@@ -1,4 \+1,4 @@\n-One.\n\+1.\n Two/);
	assert.match(mails[1].body, /@@ -2,5 \+2,5 @@\n Two.\n/);
	assert.match(mails[1].body, /Five.\n\\ No newline at end of file\n/);
	assert.match(mails[0].head, /^From: =\?UTF-8\?B\?Wm8iZQ==\?= <z@/m);
});

test('those on one line, and on the next one, go together', async () => {
	const mails = await mbox([item('a', 0, 3, '1'), item('b', 5, 8, '2'),
		item('c', 3, 3, '!')]);
	assert.equal(mails.length, 1);
	assert.match(mails[0].body, /-One.\n-Two.\n\+1!.\n\+2.\n/);
});

test('a remark on a line that is changed is in the message', async () => {
	const [{ body }, none] = await mbox([item('a', 0, 3, '1', {
		old: 'One.', text: '1.', why: 'From: x\n---\nso' }),
	item('why', 3, 3, '{>>why<<}', { isRemark: true, label: '1.1' })]);
	assert.equal(none, undefined);
	assert.match(body, /^ From: x\n ---\nso\n\n1.1: why\n\nRound: 1\n---/);
	assert.doesNotMatch(body, /\{>>/);
});

test('git am takes them in any order, wherever they stand', async () => {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'galley-am-'));
	const git = (input, ...args) => execFileSync('git', ['-C', home, '-c',
		'user.name=A', '-c', 'user.email=a@example.org', ...args],
	{ input, stdio: ['pipe', 'pipe', 'inherit'] }).toString();
	let seed = 7;
	const random = n => (seed = seed * 48271 % 0x7FFFFFFF) % n;
	git('', 'init', '-q', '-b', 'main');
	for (let round = 0; round < 8; round++) {
		const lines = Array.from({ length: 12 }, (_, i) =>
			random(3) ? `Line ${random(4)} of é ${i}.` : '');
		const text = lines.join('\n') + (round % 2 ? '\n' : '.');
		const items = [];
		for (let at = random(20); at < text.length - 1;
			at += 3 + random(40)) {
			const to = Math.min(text.length - 1, at + random(3));
			if (!text.slice(at, to + 1).includes('\n'))
				items.push(item('i' + at, at, to, 'ü' + at, {
					source: text,
					blob: await galley.blobId(text) }));
		}
		if (!items.length)
			continue;
		fs.writeFileSync(path.join(home, 'a b.md'), text);
		git('', 'add', '.');
		git('', 'commit', '-q', '-m', 'base');
		const mails = (await galley.mbox(
			{ name: 'Z', address: 'z@example.org' }, items))
			.split(/^(?=From 0{40})/m);
		for (const order of [mails, [...mails].reverse()]) {
			git(order.join(''), 'am', '-q');
			assert.equal(fs.readFileSync(path.join(home,
				'a b.md'), 'utf8'), galley.put(text, items
				.flatMap(({ splices }) => splices)));
			git('', 'reset', '-q', '--hard', 'HEAD~' +
				mails.length);
		}
	}
	fs.rmSync(home, { recursive: true });
});

test('without a place there is a mail without a patch', async () => {
	const [{ head, body }] = await mbox([{ id: 'a', time: 0, why: 'Fine.' }]);
	assert.match(head, /^Subject: \[x r1\]$/m);
	assert.equal(body, 'Fine.\n');
});

const said = (old, text, label = '3.14') =>
	galley.wordsOf({ old, text, label, why: '' });

test('a mail has words enough to be found', () => {
	assert.equal(said('a b c d e f g h', 'a b c D e f g h'),
		'3.14: "b c d e f" -> "b c D e f"');
	assert.equal(said('go on, go on, go on, go on and stop',
		'go on, go on, go up, go on and stop'),
	'3.14: "go on, go on, go on and" -> "go on, go up, go on and"');
	assert.equal(said('one two', 'one, two', '3'),
		'Chapter 3: "one two" -> "one, two"');
});

test('quotes within are parted from those around', () => {
	assert.equal(said('a "b" c', 'a "d" c'),
		'3.14: s/a "b" c/a "d" c/');
	assert.equal(said('a/"b" c', 'a/"d" c'),
		'3.14: s/a\\/"b" c/a\\/"d" c/');
});

test('what is too long for one mail goes into several, or into none', () => {
	const one = why => ({ label: '1.1', why });
	const mails = galley.mailtos([one('x'.repeat(950)),
		one('y'.repeat(950)), one('z'), one('é'.repeat(900))]);
	assert.deepEqual(mails.map(m => m.length), [1, 2]);
	for (const mail of mails)
		assert(galley.mailto(mail).length <= 1900);
	assert.match(decodeURIComponent(galley.mailto(mails[0])),
		/body=r1 1\.1: x/);
});
