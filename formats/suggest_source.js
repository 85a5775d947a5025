/* SPDX-License-Identifier: MIT */
/*
 * A reader's words put into the Markdown behind a passage (html_trace.h says
 * how the two are tied). Whatever is not beyond doubt gives null: then it is a
 * remark.
 */
const otherBlocks = '.label, .noteref, .backlink, [data-at], ul, ol, dl, ' +
	'pre, table, blockquote, div, p, figure, img, form';

/*
 * What is shown of a block: its text and its units: where each stands, the
 * element that it is in, and whether a note's mark or a picture parts it from
 * the one before. One more, after the last, is of the block itself; at(-1)
 * finds it before the first, too.
 */
function shown(block) {
	const units = [];
	let text = '', isParted = false;
	const add = (element, node, offset) => {
		units.push({ element, node, offset, isParted });
		isParted = false;
	};
	const walk = element => element.childNodes.forEach(node => {
		/* one line end in verse, others are spaces */
		const isHard = node.previousSibling?.tagName === 'BR';
		if (node.nodeType === 3) {
			text += node.data.replace(/\n/g, (c, at) =>
				isHard && !at ? c : ' ');
			for (let i = 0; i < node.length; i++)
				add(element, node, i);
		} else if (node.matches?.(otherBlocks)) {
			isParted ||= node.matches('.noteref, img');
		} else {
			walk(node);
		}
	});
	walk(block);
	add(block, block, 0);
	return { block, text, units };
}

const isBlank = c => /\s/.test(c);

/* Is `c`, as it stands, what may be shown as `s`? */
const isPrinted = (c, s) =>
	c === s || /["']/.test(c) || (isBlank(c) && isBlank(s));

/*
 * What is shown, tied to its chunk: `text` as it is edited; each of its units
 * comes from units `from` up to `to` of `source`, where lines begin. null if
 * page and source differ.
 */
function passage(seen, chunk) {
	const [, start, ...runs] = seen.block.dataset.at.split(' ');
	const p = { ...seen, ...chunk, lines: [+start] };
	let at = +start, i = 0;
	for (const run of runs) {
		const [, lock, count, length] =
			run.match(/(=?)(\d+):?(\d*)/);
		for (let k = 0; k < count; k++) {
			const c = p.text[i], to = at + +(length || 1);
			if (!c || (!length && !isPrinted(p.source[at], c)))
				return null;
			if (isBlank(c) && p.source.slice(at, to).includes('\n'))
				p.lines.push(to);
			Object.assign(p.units[i++], { from: at, to,
				isLocked: lock || (length && count > 1) });
			if (!length)
				at = to;
		}
		at += +(length || 0);
	}
	if (p.text.slice(i).trim())
		return null;
	p.text = p.text.slice(0, i);
	p.units.length = i + 1;
	Object.assign(p.units[i],
		{ element: p.block, from: at, to: +start });
	return p;
}

/* ---- where words go ---- */

/* Words put in stand in the outer one of what is beside them; behind a note's
 * mark if they are parted from it. */
function insertion({ units }, { a, text }) {
	const left = units.at(a - 1), right = units[a];
	const isBehind = right.isParted && isBlank(text[0]);
	const isLeft = !isBehind && left.element.contains(right.element);
	const { element } = isLeft ? left : right;
	const at = isLeft ? left.to : right.from;
	return isBehind || element.contains(left.element)
		? [{ from: at, to: at, element, text }] : null;
}

/* Units a up to b, with the markup of elements that go with them: they have to
 * stand in `element`, and no note's mark between. */
function withMarkup({ units }, { element, a, b }) {
	const first = units[a], last = units[b - 1];
	const before = units.at(a - 1), after = units[b];
	const from = first.element === element ? first.from
		: before.element === element && !first.isParted && before.to;
	const to = last.element === element ? last.to
		: after.element === element && !after.isParted && after.from;
	return { from, to, element, text: '' };
}

/*
 * What a hunk replaces: [{ from, to, element, text }] or null. In several
 * elements it is in pieces, and the words are in the outer one; an element
 * that is taken as a whole goes, but if nothing else is, and words come.
 */
function targets(p, hunk) {
	const { a, b, text } = hunk;
	const taken = p.units.slice(a, b), left = p.units.toSpliced(a, b - a);
	const pieces = [];
	if (a === b)
		return insertion(p, hunk);
	for (const [i, unit] of taken.entries()) {
		const last = pieces.at(-1);
		let { element } = unit;
		const isIn = x => element.contains(x.element);
		if (unit.isLocked || (i && unit.isParted))
			return null;
		if (element === taken[i - 1]?.element)
			element = last.element;
		while (!left.some(isIn) && !(text && taken.every(isIn)))
			element = element.parentNode;
		if (element === last?.element)
			last.b++;
		else
			pieces.push({ element, a: a + i, b: a + i + 1 });
	}
	const found = pieces.map(piece => withMarkup(p, piece));
	if (found.some(x => x.from === false || x.to === false))
		return null;
	found.reduce((x, y) => y.element.contains(x.element) ? y : x)
		.text = text;
	return found;
}

/* ---- what is typed ---- */

const straight = { '“': '"', '”': '"', '„': '"', '‘': '\'',
	'’': '\'', '–': '--', '—': '---', '…': '...' };
const signs = [/[‘-„«»]/, /[–—]/, /…/];

/* What begins another block at the start of a line. */
const blockStart = /^(?:[#>+\-=:|~]|\d+[.)])/;

const isInCell = ({ block }) => block.closest('td, th');

function escaped(p, { text, element, from }) {
	const isFirst = p.lines.includes(from);
	/* a bar would part cells, even in code */
	const barred = part =>
		isInCell(p) ? part.replace(/\|/g, '\\|') : part;
	if (element.closest('code'))
		return /`|\\\|/.test(text) ? null : barred(text);
	if (p.block.matches('figcaption')) /* a title, in quotes of some kind */
		return /[^\p{L}\p{M}\p{N} .,;!?–-„…-]/u.test(text)
			? null : text;
	/* straight if the chunk has no other; "--" may be a rule */
	const typed = isFirst ? /[‘-„…]/g : /[‘-„–—…]/g;
	text = text.replace(typed, c => signs.find(sign => sign.test(c))
		.test(p.source) ? c : straight[c] || c);
	text = barred(text.replace(
		/[\\`*_[\]<{]|~(?=~)|&(?=#?\w+;)/g, '\\$&'));
	return !isFirst ? text : text.replace(blockStart, x =>
		x.slice(0, -1) + '\\' + x.at(-1));
}

/* ---- is all else as it was? ---- */

const kinds = [/^$|\s/, /\d/, /[\p{L}\p{M}\p{N}]/u,
	/[([{<\/=‘“„«]/, /[-–—]/, /["']/];
/* 0: it is blank, or there is none */
const kind = (c = '') => kinds.findIndex(k => k.test(c));

/* What neither side of a splice may make with its neighbour. */
const made = /([-~*_`])\1|\.{3,}|&#?\w+;|<[A-Za-z\/!?]|\][(\[:{]|[!^]\[|\\[!-\/:-@[-`{-~]|\{[=+\-~#.>]/g;

/* The source with its splices, { from, to, text }, in their order. */
const put = (source, splices) => splices.reduceRight((now, splice) =>
	now.slice(0, splice.from) + splice.text + now.slice(splice.to), source);

/* Signs are markup by what is beside them, and straight quotes turn by it; but
 * an asterisk is sure of itself beside any word. */
const isSteady = (sign, was, now) => !/["'*_`~[\]]/.test(sign) ||
	kind(was) === kind(now) || (sign === '*' && isWord(was) && isWord(now));

function isSafe(p, splices, after) {
	const { source } = p;
	const edges = [];
	let shift = 0;
	for (const { from, to, text } of splices) {
		const left = source[from - 1], right = source[to];
		/* ’tis */
		if (!isSteady(left, source[from], text[0] ?? right) ||
			!isSteady(right, source[to - 1],
				text.at(-1) ?? left) ||
			(left === '\'' && kind(source[from - 2]) !== 2 &&
			p.text[p.units.findIndex(x => x.to === from)] === '’'))
			return false;
		edges.push(from + shift, from + shift + text.length);
		shift += text.length - (to - from);
	}
	for (const { index, 0: sign } of after.matchAll(made))
		if (edges.some(e => e > index && e < index + sign.length))
			return false;
	/* no line begins as another block would */
	const begins = text => !kind(text[0]) || blockStart.test(text);
	return p.lines.every(line => {
		const before = splices.filter(x => x.from < line);
		const now = put(source.slice(0, line), before).length;
		return before.at(-1)?.to >= line || /* it begins no more */
			!begins(after.slice(now)) || begins(source.slice(line));
	});
}

/* ---- all of it ---- */

/* A reader's text as it is meant: on one line, without spaces at its ends or
 * signs that nobody sees. */
function tidy(p, text) {
	text = text.replace(/\t/g, ' ').replace(
		/[\0-\x09\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069]/g, '').trim();
	return / {2}/.test(p.text) ? text : text.replace(/ {2,}/g, ' ')
		.replace(/ ?\n ?/g, '\n');
}

/* The splices of the source that make the passage read as `text`, or null. */
function splicesFor(p, text) {
	const parts = diff(p.text, text).flatMap(hunk =>
		(hunk.text + p.text.slice(hunk.a, hunk.b)).includes('\n')
			? null : targets(p, hunk));
	const splices = parts.map(part => part && { from: part.from,
		to: part.to, text: escaped(p, part) });
	if (!text || splices.some((x, i) => !x || x.text === null ||
		x.from < splices[i - 1]?.to))
		return null;
	const after = put(p.source, splices);
	return after !== p.source && isSafe(p, splices, after) ? splices : null;
}

/* The splices that put a remark on units a up to b, or at the end, as
 * CriticMarkup, nothing in which is markup; in a table "\|" would part it. */
function remarkSplices(p, a, b, remark) {
	const [part, more] = (b > a && targets(p, { a, b, text: 'x' })) || [];
	const mark = '{>>' + oneLine(remark)
		.replace(/[\\{}`*_[\]<>&~^!]/g, '\\$&').replace(/[<\\]$/, '$& ')
		.replace(/\|/g, isInCell(p) ? '&#124;' : '|') + '<<}';
	const splice = (at, text) => ({ from: at, to: at, text });
	return part && !more && !part.element.closest('code')
		? [splice(part.from, '{=='), splice(part.to, '==}' + mark)]
		: [splice(p.units[p.text.length].from, mark)];
}
