/* SPDX-License-Identifier: MIT */
/*
 * Suggestions as mails of git format-patch, one file of them. Each is made
 * against the round's own text, and no context line of one is changed by
 * another, so that they apply in any order.
 */
const utf8 = text => new TextEncoder().encode(text);
const base64 = text =>
	btoa(Array.from(utf8(text), b => String.fromCharCode(b)).join(''));

/* As git names it; no name where a page is not trusted with hashes: over http,
 * but not from a file. */
async function blobId(text) {
	const hash = await crypto.subtle?.digest('SHA-1',
		utf8(`blob ${utf8(text).length}\0${text}`));
	return Array.from(new Uint8Array(hash || 2), byte =>
		byte.toString(16).padStart(2, '0')).join('');
}

/* RFC 2047, if it is not plain: words of at most 75 characters, cut between
 * characters. */
const header = (text, plain) => plain.test(text) ? text
	: text.match(/[^]{1,11}/gu)
		.map(part => `=?UTF-8?B?${base64(part)}?=`).join('\n ');

/* ---- hunks ---- */

const linesOf = text => text.split(/(?<=\n)/);

/* With three lines around, but for those of others. */
function hunkOf({ source, first, last }, theirs, others) {
	const old = linesOf(source), now = linesOf(theirs);
	const before = others.findLast(x => x.last < first)?.last ?? -1;
	const after = others.find(x => x.first > last)?.first ?? old.length;
	const from = Math.max(first - 3, before + 1);
	const to = Math.min(last + 3, after - 1);
	const more = now.length - old.length, count = to - from + 1;
	return `@@ -${from + 1},${count} +${from + 1},${count + more} @@\n` + [
		[' ', old, from, first],
		['-', old, first, last + 1],
		['+', now, first, last + 1 + more],
		[' ', old, last + 1, to + 1]
	].flatMap(([sign, lines, a, b]) => lines.slice(a, b).map(line =>
		sign + line.replace(/(?<!\n)$/,
			'\n\\ No newline at end of file\n'))).join('');
}

/* ---- mails ---- */

/* What may be taken for a header, a diff or scissors is moved to the right. */
const safeBody = text => text.trim().replace(
	/^(?=---|diff |Index: |>?From |@@|(?:From|Date|Subject):|\[|.*(?:>8|8<))/gim,
	' ');

const paragraphs = texts => texts.filter(Boolean).join('\n\n');

const letter = ({ name, address }, { id, time }, subject, text) =>
	`From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\n` +
	`From: ${header(name, /^[\w '-]*$/)} <${address}>\n` +
	`Date: ${new Date(time).toUTCString()}\n` +
	`Subject: ${header(subject, /^(?!.*=\?)[ -~]*$/)}\n` +
	`Message-Id: <${id}.${time}@draft.invalid>\n` +
	'MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n' +
	'Content-Transfer-Encoding: base64\n\n' +
	base64(text).replace(/.{76}/g, '$&\n') + '\n\n';

const subjectLine = item =>
	oneLine(placeOf(item) + (changesOf(item)[0] || item.why));

/* What of an item is neither in the patch nor in its subject. */
const messageOf = item =>
	item.old || subjectLine(item).length > 72 ? item.why : '';

/* A remark on lines that another item changes goes into the message. */
async function patchMail(who, group, others, told) {
	const { source, items, path, blob } = group;
	const edits = items.filter(x => !x.isRemark);
	const made = edits.length ? edits : items;
	const theirs = put(source, made.flatMap(x => x.splices)
		.sort((x, y) => x.from - y.from || x.to - y.to));
	const [a, b] = ['a/', 'b/'].map(side => JSON.stringify(side + path));
	const message = items.map(x =>
		made.includes(x) ? messageOf(x) : wordsOf(x));
	return letter(who, group,
		'[PATCH] ' + subjectLine(made[0]).slice(0, 72),
		paragraphs([safeBody(paragraphs([...message, told])),
			[draft.round && 'Round: ' + draft.round,
				made[0].label && 'Label: ' + made[0].label]
				.filter(Boolean).join('\n')]) +
		`\n---\n\ndiff --git ${a} ${b}\nindex ${blob}..` +
		`${await blobId(theirs)} 100644\n--- ${a}\n+++ ${b}\n` +
		`${hunkOf(group, theirs, others)}\nbase-commit: ` +
		`${draft.commit}\n-- \ngalley\n`);
}

/* Items that share or adjoin lines go together, by files. */
function groupsOf(items) {
	const paths = items.map(x => x.path), groups = [];
	items.sort((x, y) => paths.indexOf(x.path) - paths.indexOf(y.path) ||
		x.splices[0].from - y.splices[0].from);
	for (const item of items) {
		const [first, last] = [item.splices[0].from,
			item.splices.at(-1).to].map(at =>
			item.source.slice(0, at).split('\n').length - 1);
		const before = groups.at(-1);
		if (before?.path === item.path && first <= before.last + 1) {
			before.items.push(item);
			before.last = Math.max(before.last, last);
		} else {
			groups.push({ ...item, first, last, items: [item] });
		}
	}
	return groups;
}

/*
 * An mbox of `items`, in reading order: { id, time, label, why, and old and
 * text of other words; path, blob, source, splices, isRemark }; those without
 * source or splices are of no one place, and told in the first mail.
 */
async function mbox(who, items) {
	const isPlaced = x => x.source && x.splices;
	const groups = groupsOf(items.filter(isPlaced));
	const told = paragraphs(items.filter(x => !isPlaced(x)).map(wordsOf));
	const mails = groups.map((group, i) => patchMail(who, group,
		groups.filter(x => x.path === group.path),
		i ? '' : told));
	return mails.length ? (await Promise.all(mails)).join('')
		: letter(who, items[0], `[${draft.tag}]`, told + '\n');
}
