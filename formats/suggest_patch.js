/* SPDX-License-Identifier: MIT */
/*
 * Suggestions as mails of git format-patch, one file of them. Each is made
 * against the round's own text, and no context line of one is changed by
 * another, so that they apply in any order.
 */
const utf8 = text => new TextEncoder().encode(text);
const base64 = text =>
	btoa(Array.from(utf8(text), b => String.fromCharCode(b)).join(''));

/* As git names it; without a name where a page is not trusted with hashes:
 * over http, but not from a file. */
async function blobId(text) {
	const head = utf8(`blob ${utf8(text).length}\0`);
	const hash = await crypto.subtle?.digest('SHA-1',
		new Uint8Array([...head, ...utf8(text)]));
	return Array.from(new Uint8Array(hash || 20), byte =>
		byte.toString(16).padStart(2, '0')).join('');
}

/* RFC 2047: words of at most 75 characters, cut between characters. */
function header(text) {
	text = text.replace(/[\0-\x1F\x7F]+/g, ' ');
	return /^[ -~]*$/.test(text) && !text.includes('=?') ? text
		: text.match(/[^]{1,11}/gu).map(part =>
			`=?UTF-8?B?${base64(part)}?=`).join('\n ');
}

const mailbox = ({ name, address }) => (/^[ -~]*$/.test(name)
	? `"${name.replace(/["\\]/g, '\\$&')}"` : header(name)) +
	` <${address}>`;

/* ---- hunks ---- */

const linesOf = text => text.match(/[^\n]*\n|[^\n]+$/g) || [];

/* With three lines around, but for those of others. */
function hunkOf({ source, lines: [first, last] }, theirs, others) {
	const old = linesOf(source), now = linesOf(theirs);
	const isFree = n => n in old && !others.some(({ lines }) =>
		n >= lines[0] && n <= lines[1]);
	let from = first, to = last;
	while (first - from < 3 && isFree(from - 1))
		from--;
	while (to - last < 3 && isFree(to + 1))
		to++;
	const more = now.length - old.length, count = to - from + 1;
	const rows = (sign, list) => list.map(line => sign + line +
		(line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'))
		.join('');
	return `@@ -${from + 1},${count} +${from + 1},${count + more} @@\n` +
		rows(' ', old.slice(from, first)) +
		rows('-', old.slice(first, last + 1)) +
		rows('+', now.slice(first, last + 1 + more)) +
		rows(' ', old.slice(last + 1, to + 1));
}

/* ---- mails ---- */

/* What may be taken for a header, a diff or scissors is moved to the right. */
const safeBody = text => text.trim().replace(
	/^(?=---|diff |Index: |>?From |@@|(?:From|Date|Subject):|\[|.*(?:>8|8<))/gim,
	' ');

const paragraphs = texts => texts.filter(Boolean).join('\n\n');

const letter = (who, { id, time }, subject, text) =>
	`From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\n` +
	`From: ${mailbox(who)}\nDate: ${new Date(time).toUTCString()}\n` +
	`Subject: ${header(subject)}\n` +
	`Message-Id: <${id}.${time.toString(36)}@draft.invalid>\n` +
	'MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n' +
	'Content-Transfer-Encoding: base64\n\n' +
	base64(text).replace(/.{76}/g, '$&\n') + '\n\n';

async function patchMail(who, group, others) {
	const { source, splices, label, message, subject, blob } = group;
	const theirs = put(source, splices);
	const path = side => /[^\w\/.+-]/.test(group.path)
		? `"${side}${group.path.replace(/["\\]/g, '\\$&')}"`
		: side + group.path;
	return letter(who, group, '[PATCH] ' + subject, paragraphs([
		safeBody(message),
		[draft.round && 'Round: ' + draft.round,
			label && 'Label: ' + label].filter(Boolean)
			.join('\n')]) +
		`\n---\n\ndiff --git ${path('a/')} ${path('b/')}\nindex ` +
		`${blob}..${await blobId(theirs)} 100644\n--- ${path('a/')}\n` +
		`+++ ${path('b/')}\n${hunkOf(group, theirs, others)}\n` +
		`base-commit: ${draft.commit}\n-- \ngalley\n`);
}

/* Suggestions that share or adjoin lines go together; what is said about
 * lines that another changes goes into the message of that one. */
function groupsOf(items) {
	const groups = [], paths = items.map(x => x.path);
	for (const item of items) {
		const { source, splices } = item;
		const line = at => Math.min(linesOf(source).length,
			source.slice(0, at).split('\n').length) - 1;
		item.lines = [line(splices[0].from), line(splices.at(-1).to)];
	}
	items.sort((x, y) => paths.indexOf(x.path) - paths.indexOf(y.path) ||
		x.splices[0].from - y.splices[0].from);
	for (const item of items) {
		const last = groups.at(-1);
		if (last?.path === item.path &&
			item.lines[0] <= last.lines[1] + 1) {
			last.members.push(item);
			last.lines[1] = Math.max(last.lines[1], item.lines[1]);
		} else {
			groups.push({ ...item, members: [item] });
		}
	}
	for (const group of groups) {
		const { members } = group;
		const edits = members.filter(x => !x.isRemark);
		const made = edits.length ? edits : members;
		Object.assign(group, { ...made[0], lines: group.lines,
			splices: made.flatMap(x => x.splices)
				.sort((x, y) => x.from - y.from || x.to - y.to),
			message: paragraphs(members.map(x => made.includes(x)
				? x.message : x.words)) });
	}
	return groups;
}

/*
 * An mbox of `items`, in reading order: { id, time, path, blob, source,
 * splices, label, subject, message, isRemark }; those without splices are of
 * no one place, and told in the message of the first, or in a mail.
 */
async function mbox(who, items) {
	const groups = groupsOf(items.filter(x => x.splices));
	const rest = items.filter(x => !x.splices);
	const told = paragraphs(rest.map(x => x.words));
	if (!groups.length)
		return letter(who, rest[0], `[${draft.tag}]`, told + '\n');
	groups[0].message = paragraphs([groups[0].message, told]);
	return (await Promise.all(groups.map(group => patchMail(who, group,
		groups.filter(x => x !== group && x.blob === group.blob)))))
		.join('');
}
