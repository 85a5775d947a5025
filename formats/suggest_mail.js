/* SPDX-License-Identifier: MIT */
/* Suggestions as words that a person can read and that galley collect places:
 * the label, the words as they were, with a few around them, and as they
 * should be (mail_reply.h). */
(galley => {
'use strict';

const longest = 1900; /* of an address, with everything: Windows takes 2046 */
const isWord = t => /[\p{L}\p{N}]/u.test(t);
const wide = /[\u2E80-\uA4CF]/;
const line = text => text.trim().replace(/\s+/g, ' ');

/* Does `words` stand in `text` once? */
const once = (text, words) => text.indexOf(words) === text.lastIndexOf(words);

/* How far the word before, or after, a place in the text reaches; of scripts
 * without spaces, four characters. */
function reach(text, at, back) {
	const rest = back ? text.slice(0, at) : text.slice(at);
	const [word] = rest.match(back
		? /[\p{L}\p{M}\p{N}'\u2019]+[^\p{L}\p{N}]*$|[^]$/u
		: /^[^\p{L}\p{N}]*[\p{L}\p{M}\p{N}'\u2019]+|^[^]/u) || [''];
	return wide.test(word) ? Math.min(4, word.length) : word.length;
}

/* Hunks wide enough to be found, those that meet then are one. */
function widened(text, hunks, few) {
	const out = [];
	for (const hunk of galley.joinHunks(text, hunks)) {
		let { a, b } = hunk;
		for (let i = 0; i < few || (!once(text, text.slice(a, b)) &&
			(a || b < text.length)); i++) {
			a -= reach(text, a, true);
			b += reach(text, b);
		}
		const inWord = at => at && isWord(text[at - 1]) &&
			isWord(text[at] || '') && !wide.test(text[at]);
		while (inWord(a))
			a--;
		while (inWord(b))
			b++;
		const last = out[out.length - 1];
		if (last && a <= last.b) {
			last.hunks.push(hunk);
			last.b = Math.max(last.b, b);
		} else {
			out.push({ a, b, hunks: [hunk] });
		}
	}
	return out.map(({ a, b, hunks: all }) => [text.slice(a, b),
		all.reduceRight((now, h) => now.slice(0, h.a - a) + h.text +
			now.slice(h.b - a), text.slice(a, b))].map(line));
}

function quoted(was, now) {
	const both = was + now;
	if (!both.includes('"'))
		return `"${was}" -> "${now}"`;
	if (!/[\u00AB\u00BB]/.test(both))
		return `\u00AB${was}\u00BB -> \u00AB${now}\u00BB`;
	const safe = x => x.replace(/\//g, '\\/');
	return `s/${safe(was)}/${safe(now)}/`;
}

/* "old" -> "new" of each place in an item that has `old` and `text`. */
galley.changes = (item, few) => widened(item.old, galley.diff(item.old,
	item.text), few).map(([was, now]) => quoted(was, now));

/* How what is said about a place begins. */
const about = item => !item.label ? ''
	: /\./.test(item.label) ? item.label + ' ' : `Chapter ${item.label}: `;

/* What an item says, as lines. */
galley.wordsOf = item => {
	const why = line(item.why || '');
	if (item.old !== undefined)
		return galley.changes(item, 2).map((change, i) => about(item) +
			change + (why && !i ? '\n' + why : '')).join('\n\n');
	if (item.quote)
		return `${about(item)}{==${line(item.quote)}==}{>>${why}<<}`;
	return about(item).replace(/ $/, item.label && /\./.test(item.label)
		? ': ' : ' ') + why;
};

galley.subjectOf = (draft, items) => `[${draft.tag}]` +
	(items.length === 1 && items[0].label ? ' ' + items[0].label : '');

const address = (draft, items) => 'mailto:' + draft.address +
	(draft.address.includes('?') ? '&' : '?') + 'subject=' +
	encodeURIComponent(galley.subjectOf(draft, items)) + '&body=' +
	encodeURIComponent(galley.letterOf(draft, items) + '\n')
		.replace(/%0A/g, '%0D%0A');

/* All of them; the round stands before the first label, for subjects change. */
galley.letterOf = (draft, items) => items.map(galley.wordsOf).join('\n\n')
	.replace(/^(?=[A-Z\d]+\.\d)/, draft.round ? `r${draft.round} ` : '');

/* As few addresses as hold all: [{ href, items }]; href null: an item that is
 * too long for any. */
galley.mailtos = (draft, items) => {
	const out = [];
	for (const item of items) {
		const last = out[out.length - 1];
		const both = last?.href && [...last.items, item];
		if (both && address(draft, both).length <= longest) {
			last.items = both;
			last.href = address(draft, both);
			continue;
		}
		const href = address(draft, [item]);
		out.push({ items: [item],
			href: href.length <= longest ? href : null });
	}
	return out;
};
})(globalThis.galley ||= {});
