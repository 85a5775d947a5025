/* SPDX-License-Identifier: MIT */
/* Two texts of one passage, word by word. */

/* Words, white space and signs: { segment, index, isWordLike }. */
const segments = text =>
	[...new Intl.Segmenter([], { granularity: 'word' }).segment(text)];
const isWord = text => /[\p{L}\p{N}]/u.test(text);
const oneLine = text => text.trim().replace(/\s+/g, ' ');

/*
 * What differs: { a, b, text }: `text` instead of units a up to b. What stays
 * is the longest common sequence, by its letters; of long texts only what they
 * begin and end with.
 */
function diff(before, after) {
	const [x, y] = [before, after].map(text =>
		segments(text).map(t => t.segment));
	const hunks = [];
	let at = 0, hunk;
	for (; x.length && x[0] === y[0]; y.shift())
		at += x.shift().length;
	for (; x.length && x.at(-1) === y.at(-1); y.pop())
		x.pop();
	const width = y.length + 1, size = (x.length + 1) * width;
	const best = new Uint32Array(size < 4e6 ? size : 0);
	const kept = (i, j) => x[i] === y[j] &&
		best[(i + 1) * width + j + 1] + x[i].length;
	for (let i = best.length && x.length; i--;)
		for (let j = y.length; j--;)
			best[i * width + j] = Math.max(kept(i, j),
				best[(i + 1) * width + j],
				best[i * width + j + 1]);
	for (let i = 0, j = 0; i < x.length || j < y.length;)
		if (best[i * width + j] === kept(i, j)) {
			hunk = null;
			at += x[i++].length;
			j++;
		} else {
			if (!hunk)
				hunks.push(hunk = { a: at, b: at, text: '' });
			if (j === y.length || best[(i + 1) * width + j] >=
				best[i * width + j + 1])
				at = hunk.b += x[i++].length;
			else
				hunk.text += y[j++];
		}
	return hunks;
}
