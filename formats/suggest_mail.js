/* SPDX-License-Identifier: MIT */
/* Suggestions as words that a person can read and that galley collect places:
 * the label, the words as they were, with a few around them, and as they
 * should be (mail_reply.h). */

const longest = 1900; /* of an address, with everything: Windows takes 2046 */

/* Pieces [was, now] wide enough to be found; those that meet then are one. */
function widened(old, now, few) {
	const known = segments(old).filter(t => t.isWordLike);
	const out = [];
	for (const hunk of joinedDiff(old, now)) {
		let { a, b } = hunk;
		const isOnce = () => old.indexOf(old.slice(a, b)) ===
			old.lastIndexOf(old.slice(a, b));
		for (let i = 0; i < few || (!isOnce() &&
			(a || b < old.length)); i++) {
			const next = known.find(t => t.index >= b);
			a = known.findLast(t => t.index < a)?.index || 0;
			b = next ? next.index + next.segment.length
				: old.length;
		}
		const last = out.at(-1);
		if (last && a <= last.b) {
			last.hunks.push(hunk);
			last.b = Math.max(last.b, b);
		} else {
			out.push({ a, b, hunks: [hunk] });
		}
	}
	return out.map(({ a, b, hunks }) => [old.slice(a, b),
		hunks.reduceRight((text, hunk) => text.slice(0, hunk.a - a) +
			hunk.text + text.slice(hunk.b - a), old.slice(a, b))]
		.map(oneLine));
}

function quoted([was, now]) {
	if (!(was + now).includes('"'))
		return `"${was}" -> "${now}"`;
	if (!/[«»]/.test(was + now))
		return `«${was}» -> «${now}»`;
	return `s/${[was, now].map(x => x.replace(/\//g, '\\/')).join('/')}/`;
}

/* "old" -> "new" of each place in an item that has `old` and `text`. */
const changesOf = (item, few) =>
	widened(item.old, item.text, few).map(quoted);

/* What an item says, as lines. */
function wordsOf({ label = '', why = '', ...item }) {
	const isChapter = label && !label.includes('.');
	const about = isChapter ? `Chapter ${label}: ` : label && label + ' ';
	why = oneLine(why);
	if (item.old !== undefined)
		return changesOf(item, 2).map((change, i) => about + change +
			(why && !i ? '\n' + why : '')).join('\n\n');
	if (item.quote)
		return `${about}{==${oneLine(item.quote)}==}{>>${why}<<}`;
	return (isChapter ? about : label && label + ': ') + why;
}

const subjectOf = items => `[${draft.tag}]` +
	(items.length === 1 && items[0].label ? ' ' + items[0].label : '');

/* All of them; the round stands before the first label, for subjects change. */
const letterOf = items => items.map(wordsOf).join('\n\n')
	.replace(/^(?=[A-Z\d]+\.\d)/, draft.round ? `r${draft.round} ` : '');

const mailto = items => 'mailto:' + draft.address +
	(draft.address.includes('?') ? '&' : '?') + 'subject=' +
	encodeURIComponent(subjectOf(items)) + '&body=' +
	encodeURIComponent(letterOf(items) + '\n').replace(/%0A/g, '%0D%0A');

/* As few addresses as hold all: [{ href, items }]; href null: an item that is
 * too long for any. */
function mailtos(items) {
	const out = [];
	for (const item of items) {
		const last = out.at(-1);
		const both = [...last?.items || [], item];
		if (last?.href && mailto(both).length <= longest) {
			Object.assign(last,
				{ items: both, href: mailto(both) });
			continue;
		}
		const href = mailto([item]);
		out.push({ items: [item],
			href: href.length <= longest ? href : null });
	}
	return out;
}
