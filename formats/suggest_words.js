/* SPDX-License-Identifier: MIT */
/* Two texts of one passage, word by word. */

const segmenter = new Intl.Segmenter([], { granularity: 'word' });

/* Words, white space and signs: { segment, index }. */
const segments = text => [...segmenter.segment(text)];
const tokens = text => segments(text).map(t => t.segment);
const isWord = text => /[\p{L}\p{N}]/u.test(text);
const oneLine = text => text.trim().replace(/\s+/g, ' ');

/* The longest common sequence as [i, j, length]; words count more than what is
 * between them. None if the texts are long. */
function common(a, b) {
	const width = b.length + 1;
	const best = new Uint32Array((a.length + 1) * width);
	const weight = (i, j) => best[(i + 1) * width + j + 1] +
		(isWord(a[i]) ? 8 : 1);
	const pairs = [];
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			best[i * width + j] = Math.max(
				best[(i + 1) * width + j],
				best[i * width + j + 1],
				a[i] === b[j] ? weight(i, j) : 0);
	for (let i = 0, j = 0; i < a.length && j < b.length;)
		if (a[i] === b[j] && best[i * width + j] === weight(i, j))
			pairs.push([i++, j++]);
		else if (best[(i + 1) * width + j] >= best[i * width + j + 1])
			i++;
		else
			j++;
	return pairs;
}

/* What differs: { a, b, text }: `text` instead of units a up to b. */
function diff(before, after) {
	const x = tokens(before), y = tokens(after);
	const hunks = [];
	let from = 0, end = 0;
	while (from < x.length && x[from] === y[from])
		from++;
	while (end < x.length - from && end < y.length - from &&
		x.at(-1 - end) === y.at(-1 - end))
		end++;
	const a = x.slice(from, x.length - end);
	const b = y.slice(from, y.length - end);
	const pairs = a.length * b.length < 4e6 ? common(a, b) : [];
	let at = x.slice(0, from).join('').length, i = 0, j = 0;
	for (const [p, q] of [...pairs, [a.length, b.length]]) {
		const gone = a.slice(i, p).join('').length;
		if (p > i || q > j)
			hunks.push({ a: at, b: at + gone,
				text: b.slice(j, q).join('') });
		at += gone + (a[p] || '').length;
		i = p + 1;
		j = q + 1;
	}
	return hunks;
}

/* The same for people: what is parted by no more than spaces is one. */
function joinedDiff(before, after) {
	const out = [];
	for (const hunk of diff(before, after)) {
		const last = out.at(-1);
		const between = last && before.slice(last.b, hunk.a);
		if (last && between.length < 4 && !isWord(between)) {
			last.text += between + hunk.text;
			last.b = hunk.b;
		} else {
			out.push(hunk);
		}
	}
	return out;
}
