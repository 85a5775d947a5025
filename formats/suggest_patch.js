/* SPDX-License-Identifier: MIT */
/*
 * Suggestions as mails of git format-patch, one file of them. Each is made
 * against the round's own text, and no context line of one is changed by
 * another, so that they apply in any order.
 */
(galley => {
'use strict';

const utf8 = text => new TextEncoder().encode(text);

/* FIPS 180-4, 6.1 */
function sha1(data) {
	const h = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
	const size = (data.length + 72) >> 6 << 6;
	const view = new DataView(new ArrayBuffer(size));
	const w = new Int32Array(80);
	data.forEach((byte, i) => view.setUint8(i, byte));
	view.setUint8(data.length, 0x80);
	view.setUint32(size - 8, data.length / 0x20000000);
	view.setUint32(size - 4, data.length << 3);
	const turn = (x, n) => x << n | x >>> 32 - n;
	for (let at = 0; at < size; at += 64) {
		let [a, b, c, d, e] = h;
		for (let i = 0; i < 80; i++) {
			w[i] = i < 16 ? view.getInt32(at + 4 * i)
				: turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^
					w[i - 16], 1);
			const [f, k] = i < 20 ? [b & c | ~b & d, 0x5A827999]
				: i < 40 ? [b ^ c ^ d, 0x6ED9EBA1]
				: i < 60 ? [b & c | b & d | c & d, 0x8F1BBCDC]
				: [b ^ c ^ d, 0xCA62C1D6];
			[a, b, c, d, e] = [turn(a, 5) + f + e + k + w[i] | 0, a,
				turn(b, 30), c, d];
		}
		[a, b, c, d, e].forEach((x, i) => h[i] = h[i] + x | 0);
	}
	return h.map(x => (x >>> 0).toString(16).padStart(8, '0')).join('');
}

galley.blobId = text => {
	const body = utf8(text), head = utf8(`blob ${body.length}\0`);
	const all = new Uint8Array(head.length + body.length);
	all.set(head);
	all.set(body, head.length);
	return sha1(all);
};

function base64(text) {
	let binary = '';
	for (const byte of utf8(text))
		binary += String.fromCharCode(byte);
	return btoa(binary);
}

/* RFC 2047: words of at most 75 characters, cut between characters. */
function header(text) {
	text = text.replace(/[\0-\x1F\x7F]+/g, ' ');
	if (/^[ -~]*$/.test(text) && !text.includes('=?'))
		return text;
	return (text.match(/[^]{1,11}/gu) || []).map(part =>
		`=?UTF-8?B?${base64(part)}?=`).join('\n ');
}

const phrase = name => /^[\w .'-]*$/.test(name) ? header(name)
	: /^[ -~]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"`
		: header(name);

function date(time) {
	const d = new Date(time), zone = -d.getTimezoneOffset();
	const two = n => String(Math.floor(n)).padStart(2, '0');
	const [day, month, of, year, clock] = d.toString().split(' ');
	return `${day}, ${+of} ${month} ${year} ${clock} ` +
		(zone < 0 ? '-' : '+') + two(Math.abs(zone) / 60) +
		two(Math.abs(zone) % 60);
}

/* ---- hunks ---- */

const split = text => text.match(/[^\n]*\n|[^\n]+$/g) || [];

/* The lines, from 0, that splices touch. */
function touched(source, splices) {
	const line = at => source.slice(0, at).split('\n').length - 1;
	const last = Math.max(...splices.map(([, to]) => line(to)));
	return [Math.min(...splices.map(([from]) => line(from))),
		Math.min(last, Math.max(0, split(source).length - 1))];
}

function hunk(source, group, others) {
	const [first, last] = group.lines;
	const old = split(source);
	const after = split(galley.put(source, group.splices
		.map(([from, to, text]) => ({ from, to, text }))));
	const now = after.slice(first, last + 1 + after.length - old.length);
	const free = n => n >= 0 && n < old.length && !others.some(g =>
		n >= g.lines[0] && n <= g.lines[1]);
	let from = first, to = last;
	while (first - from < 3 && free(from - 1))
		from--;
	while (to - last < 3 && free(to + 1))
		to++;
	const line = (sign, text) => sign + text + (text.endsWith('\n') ? ''
		: '\n\\ No newline at end of file\n');
	const rows = (sign, list) => list.map(l => line(sign, l)).join('');
	const count = to - from + 1;
	return `@@ -${from + 1},${count} +${from + 1},` +
		`${count - (last - first + 1) + now.length} @@\n` +
		rows(' ', old.slice(from, first)) +
		rows('-', old.slice(first, last + 1)) + rows('+', now) +
		rows(' ', old.slice(last + 1, to + 1));
}

/* ---- remarks ---- */

/* CriticMarkup, nothing in which is markup; no escape helps in a table. */
galley.critic = words => '{>>' + words.trim().replace(/\s+/g, ' ')
	.replace(/[\\{}`*_[\]<>&~^!]/g, '\\$&').replace(/\|/g, '\u00A6')
	.replace(/[<\\]$/, '$& ') + '<<}';

/* ---- mails ---- */

/* What may be taken for a header, a diff or scissors is moved to the right. */
const body = text => text.trim().replace(
	/^(?=---|diff |Index: |>?From |@@|(?:From|Date|Subject):|\[|.*(?:>8|8<))/gim,
	' ');

function mail(draft, who, group, others) {
	const { path, source } = group;
	const patch = hunk(source, group, others);
	const theirs = galley.put(source, group.splices.map(([from, to, text]) =>
		({ from, to, text })));
	const trailers = [draft.round && 'Round: ' + draft.round,
		group.label && 'Label: ' + group.label].filter(Boolean);
	const name = /^[\w\/.+-]*$/.test(path) ? x => x + path
		: x => '"' + x + path.replace(/["\\]/g, '\\$&') + '"';
	const text = [group.message && body(group.message),
		trailers.join('\n')].filter(Boolean).join('\n\n') +
		`\n---\n\ndiff --git ${name('a/')} ${name('b/')}\nindex ` +
		`${group.blob}..${galley.blobId(theirs)} 100644\n` +
		`--- ${name('a/')}\n+++ ${name('b/')}\n${patch}\n` +
		`base-commit: ${draft.commit}\n-- \ngalley\n`;
	return letter(who, group, '[PATCH] ' + group.subject, text);
}

function letter(who, { id, time }, subject, text) {
	return `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\n` +
		`From: ${phrase(who.name)} <${who.address}>\n` +
		`Date: ${date(time)}\nSubject: ${header(subject)}\n` +
		`Message-Id: <${id}.${time.toString(36)}@draft.invalid>\nMIME-Version: 1.0\n` +
		'Content-Type: text/plain; charset=UTF-8\n' +
		'Content-Transfer-Encoding: base64\n\n' +
		base64(text).replace(/.{76}/g, '$&\n') + '\n\n';
}

/* Suggestions that share or adjoin lines go together; what is said about
 * lines that another changes goes into the message of that one. */
function groupsOf(items) {
	const groups = [];
	for (const item of items) {
		const group = { ...item, items: [item],
			lines: touched(item.source, item.splices) };
		let i;
		while ((i = groups.findIndex(g => g.blob === group.blob &&
			g.path === group.path &&
			g.lines[0] <= group.lines[1] + 1 &&
			group.lines[0] <= g.lines[1] + 1)) >= 0) {
			const g = groups.splice(i, 1)[0];
			group.items = [...g.items, ...group.items];
			group.lines = [Math.min(g.lines[0], group.lines[0]),
				Math.max(g.lines[1], group.lines[1])];
		}
		groups.push(group);
	}
	for (const group of groups) {
		const all = group.items.sort((x, y) =>
			x.splices[0][0] - y.splices[0][0]);
		const edits = all.filter(x => !x.isRemark);
		const made = edits.length ? edits : all;
		const said = edits.length ? all.filter(x => x.isRemark) : [];
		Object.assign(group, made[0], {
			splices: made.flatMap(x => x.splices)
				.sort((x, y) => x[0] - y[0] || x[1] - y[1]),
			message: [...made.map(x => x.message), ...said.map(x =>
				x.subject + '\n\n' + x.message)]
				.filter(Boolean).join('\n\n')
		});
	}
	return groups;
}

/*
 * An mbox of `items`, in reading order: { id, time, path, blob, source,
 * splices, label, subject, message, isRemark }; those without splices are of
 * no one place, and told in the message of the first, or in a mail.
 */
galley.mbox = (draft, who, items) => {
	const rest = items.filter(x => !x.splices);
	const groups = groupsOf(items.filter(x => x.splices));
	const words = rest.map(x => x.words).join('\n\n');
	if (!groups.length)
		return words ? letter(who, rest[0], `[${draft.tag}]`, words + '\n')
			: '';
	if (words)
		groups[0].message = [groups[0].message, words].filter(Boolean)
			.join('\n\n');
	return groups.map(g => mail(draft, who, g,
		groups.filter(x => x !== g && x.blob === g.blob))).join('');
};
})(globalThis.galley ||= {});
