/* SPDX-License-Identifier: MIT */
/* Suggestions as words that a person can read and that galley collect places:
 * the label, the words as they were, with a few around them, and as they
 * should be (mail_reply.h). */

/* Pieces [was, now] with two words around, or more until they are found but
 * once; those that meet then are one. */
function widened(old, now) {
	const known = segments(old).filter(t => t.isWordLike);
	const out = [];
	let shift = 0; /* from a place in `old` to that in `now` */
	for (const hunk of diff(old, now)) {
		let { a, b } = hunk, last = out.at(-1);
		const isOnce = () => old.indexOf(old.slice(a, b)) ===
			old.lastIndexOf(old.slice(a, b));
		for (let i = 0; i < 2 || !isOnce(); i++) {
			const next = known.find(t => t.index >= b);
			a = known.findLast(t => t.index < a)?.index || 0;
			b = next ? next.index + next.segment.length
				: old.length;
		}
		if (!last || a > last.b)
			out.push(last = { a, b, c: a + shift });
		shift += hunk.text.length - (hunk.b - hunk.a);
		last.b = Math.max(last.b, b);
		last.d = last.b + shift;
	}
	return out.map(({ a, b, c, d }) =>
		[old.slice(a, b), now.slice(c, d)].map(oneLine));
}

/* Straight quotes are seldom seen in a page. */
const quoted = ([was, now]) => !(was + now).includes('"')
	? `"${was}" -> "${now}"`
	: `s/${[was, now].map(x => x.replace(/\//g, '\\/')).join('/')}/`;

/* "old" -> "new" of each place in an item that has `old` and `text`. */
const changesOf = ({ old, text }) =>
	old ? widened(old, text).map(quoted) : [];

const placeOf = ({ label }) =>
	label ? `${label.includes('.') ? '' : 'Chapter '}${label}: ` : '';

/* What an item says, as lines. */
function wordsOf(item) {
	const place = placeOf(item), why = oneLine(item.why);
	const changes = changesOf(item).map(x => place + x);
	if (why && changes.length)
		changes[0] += '\n' + why;
	return changes.join('\n\n') || place + (item.quote
		? `{==${oneLine(item.quote)}==}{>>${why}<<}` : why);
}

const subjectOf = items =>
	`[${draft.tag}] ${items[1] ? '' : items[0].label}`.trim();

/* All of them; the round stands before the first label, for subjects change. */
const letterOf = items => items.map(wordsOf).join('\n\n')
	.replace(/^(?=[A-Z\d]+\.\d)/, draft.round ? `r${draft.round} ` : '');

const mailto = items => 'mailto:' + draft.address +
	(draft.address.includes('?') ? '&' : '?') + 'subject=' +
	encodeURIComponent(subjectOf(items)) + '&body=' +
	encodeURIComponent(letterOf(items) + '\n').replace(/%0A/g, '%0D%0A');

/* As few mails as hold all items but those that are too long for any: lists of
 * items. Windows takes addresses of 2,046 characters, with everything. */
function mailtos(items) {
	const fits = mail => mailto(mail).length <= 1900;
	const out = [];
	for (const item of items)
		if (out.length && fits([...out.at(-1), item]))
			out.at(-1).push(item);
		else if (fits([item]))
			out.push([item]);
	return out;
}
