/* SPDX-License-Identifier: MIT */
/* Two texts of one passage, word by word. */
(galley => {
'use strict';

/* A character of a script without spaces; a word; white space; a sign. */
const token = galley.token = new RegExp('[\\u2E80-\\u3105\\u3190-\\uA4CF\\uF900-\\uFAFF]' +
	'|\\p{Script=Han}|(?:(?![\\u2E80-\\uA4CF\\uF900-\\uFAFF]|' +
	'\\p{Script=Han})[\\p{L}\\p{M}\\p{N}])+(?:[\'\\u2019](?=\\p{L})' +
	'[\\p{L}\\p{M}]+)*|\\s+|[^]', 'gu');

const tokens = text => text.match(token) || [];
const isWord = t => /[\p{L}\p{N}]/u.test(t);

/* The longest common sequence, words counting more than what is between. */
function common(a, b) {
	const width = b.length + 1;
	const best = new Uint32Array((a.length + 1) * width);
	const pairs = [];
	if (best.length > 4e6)
		return pairs;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			best[i * width + j] = Math.max(
				best[(i + 1) * width + j],
				best[i * width + j + 1],
				a[i] === b[j] ? best[(i + 1) * width + j + 1] +
					(isWord(a[i]) ? 8 : 1) : 0);
	for (let i = 0, j = 0; i < a.length && j < b.length;)
		if (a[i] === b[j] && best[i * width + j] ===
			best[(i + 1) * width + j + 1] + (isWord(a[i]) ? 8 : 1))
			pairs.push([i++, j++]);
		else if (best[(i + 1) * width + j] >= best[i * width + j + 1])
			i++;
		else
			j++;
	return pairs;
}

/* What differs: { a, b, text }: `text` instead of units a up to b. */
galley.diff = (before, after) => {
	const x = tokens(before), y = tokens(after);
	const hunks = [];
	let from = 0, end = 0;
	while (from < x.length && x[from] === y[from])
		from++;
	while (end < x.length - from && end < y.length - from &&
		x[x.length - 1 - end] === y[y.length - 1 - end])
		end++;
	const pairs = common(x.slice(from, x.length - end),
		y.slice(from, y.length - end));
	const at = x.map(() => 0);
	x.forEach((t, i) => at[i + 1] = (at[i] || 0) + t.length);
	at[0] = 0;
	let i = from, j = from;
	for (const [p, q] of [...pairs, [x.length - end - from,
		y.length - end - from]]) {
		if (p + from > i || q + from > j)
			hunks.push({ a: at[i], b: at[p + from],
				text: y.slice(j, q + from).join('') });
		i = p + from + 1;
		j = q + from + 1;
	}
	return hunks;
};

/* The same for people: what is parted by no more than spaces is one. */
galley.joinHunks = (before, hunks) => {
	const out = [];
	for (const h of hunks) {
		const last = out[out.length - 1];
		const between = last && before.slice(last.b, h.a);
		if (last && between.length < 4 && !isWord(between)) {
			last.text += between + h.text;
			last.b = h.b;
		} else {
			out.push({ ...h });
		}
	}
	return out;
};
})(globalThis.galley ||= {});
