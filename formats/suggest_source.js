/* SPDX-License-Identifier: MIT */
/*
 * A reader's words put into the Markdown behind a passage (html_trace.h says
 * how the two are tied). Whatever is not beyond doubt gives null: then it is a
 * remark.
 */
const otherBlocks = '.label, .noteref, .backlink, [data-at], ul, ol, dl, ' +
	'pre, table, blockquote, div, p, figure, img';

/* What is shown of a block: characters, what each is in, what breaks them. */
function shown(block) {
	const inside = [], nodes = [], stops = new Set();
	let text = '';
	const walker = document.createTreeWalker(block,
		NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node => {
		if (node.nodeType === 3 || !node.matches(otherBlocks))
			return NodeFilter.FILTER_ACCEPT;
		if (node.matches('.noteref, img'))
			stops.add(text.length);
		return NodeFilter.FILTER_REJECT;
	});
	for (let node; (node = walker.nextNode());) {
		if (node.nodeType !== 3)
			continue;
		/* one line end in verse, others are spaces */
		const isHard = node.previousSibling?.tagName === 'BR';
		nodes.push([node, text.length]);
		text += node.data.replace(/\n/g, (c, at) =>
			isHard && !at ? c : ' ');
		while (inside.length < text.length)
			inside.push(node.parentNode);
	}
	return { block, text, inside, nodes, stops };
}

const isBlank = c => /[\s\u00A0\u202F]/.test(c);

/* Is `c`, as it stands, what may be shown as `s`? */
const isPrinted = (c, s) => c === s || c === '"' || c === '\'' ||
	(isBlank(c) && isBlank(s));

/*
 * A passage: `text` as it is edited; unit i of it comes from units from[i] up
 * to to[i] of `source`, where lines begin. null if page and source differ.
 */
function passage(block, source) {
	const [, start, ...runs] = block.dataset.at.split(' ');
	const p = { ...shown(block), source, start: +start, from: [], to: [],
		locked: [], lines: [+start] };
	let end = +start;
	for (const run of runs) {
		const [, lock, count, length] =
			run.match(/^(=?)(\d+)(?::(\d+))?$/);
		const at = end, isSame = length === undefined;
		end += +(length ?? count);
		for (let k = 0; k < count; k++) {
			const c = p.text[p.from.length];
			const [from, to] = isSame ? [at + k, at + k + 1]
				: [at, end];
			if (isSame && !isPrinted(source[from], c))
				return null;
			if (isBlank(c) && source.slice(from, to).includes('\n'))
				p.lines.push(to);
			p.from.push(from);
			p.to.push(to);
			p.locked.push(lock || (!isSame && count > 1));
		}
	}
	if (p.text.slice(p.from.length).trim())
		return null;
	return { ...p, end, text: p.text.slice(0, p.from.length) };
}

/* ---- where words go ---- */

/* What ends before, and begins after, a place between units. */
const leftOf = (p, i) => i ? { at: p.to[i - 1], element: p.inside[i - 1] }
	: { at: p.start, element: p.block };
const rightOf = (p, i) => i < p.text.length
	? { at: p.from[i], element: p.inside[i] }
	: { at: p.end, element: p.block };

/* Words put in stand in the outer one of what is beside them; behind a note's
 * mark if they are parted from it. */
function insertion(p, i, text) {
	const left = leftOf(p, i), right = rightOf(p, i);
	const isBehind = i < p.text.length && p.stops.has(i) &&
		isBlank(text[0]);
	const isOuter = (x, y) => x.element.contains(y.element);
	return !isBehind && isOuter(left, right) ? left
		: isBehind || isOuter(right, left) ? right : null;
}

/* The innermost element around unit i that a hunk leaves: it does not take all
 * of it, or has words for it. */
function keeper(p, i, { a, b, text }) {
	const isLeft = element => {
		if (element === p.block)
			return true;
		const first = p.inside.findIndex(x => element.contains(x));
		const last = p.inside.findLastIndex(x => element.contains(x));
		return first < a || last >= b ||
			(text && first === a && last === b - 1);
	};
	let element = p.inside[i];
	while (!isLeft(element))
		element = element.parentNode;
	return element;
}

/* Units a up to b, with the markup of elements that go with them: they have to
 * stand in `element`, and no note's mark between. */
function withMarkup(p, { element, a, b }) {
	const end = (i, inner, outer) => inner.element === element ? inner.at
		: outer.element === element && !p.stops.has(i) ? outer.at : -1;
	const from = end(a, rightOf(p, a), leftOf(p, a));
	const to = end(b, leftOf(p, b), rightOf(p, b));
	return from < 0 || to < 0 ? null : { from, to, element, text: '' };
}

/* What a hunk replaces: [{ from, to, element, text }] or null. In several
 * elements it is in pieces, and the words are in the outer one. */
function targets(p, hunk) {
	const { a, b, text } = hunk;
	if (a === b) {
		const place = insertion(p, a, text);
		return place && [{ from: place.at, to: place.at,
			element: place.element, text }];
	}
	const pieces = [];
	for (let i = a; i < b; i++) {
		const element = i > a && p.inside[i] === p.inside[i - 1]
			? pieces.at(-1).element : keeper(p, i, hunk);
		if (p.locked[i] || (i > a && p.stops.has(i)))
			return null;
		if (pieces.at(-1)?.element === element)
			pieces.at(-1).b = i + 1;
		else
			pieces.push({ element, a: i, b: i + 1 });
	}
	const found = pieces.map(piece => withMarkup(p, piece));
	if (!found.every(Boolean))
		return null;
	found.reduce((x, y) => y.element.contains(x.element) ? y : x)
		.text = text;
	return found;
}

/* ---- what is typed ---- */

const straight = { '“': '"', '”': '"', '„': '"', '‘': '\'',
	'’': '\'', '–': '--', '—': '---', '…': '...' };
const signs = [[/[‘-„]/g, /[‘-„«»]/],
	[/[–—]/g, /[–—]/], [/…/g, /…/]];

/* Typographic signs as the chunk has them: straight if it has no other. */
const inManner = (text, source) => signs.reduce((now, [typed, kept]) =>
	kept.test(source) ? now
		: now.replace(typed, c => straight[c] || c), text);

/* What begins another block at the start of a line. */
const blockStart = /^(?:[#>+\-=:|~]|\d+[.)])/;

function escaped(p, { text, element, from }) {
	/* a bar would part cells, even in code */
	const barred = part => p.block.closest('td, th')
		? part.replace(/\|/g, '\\|') : part;
	if (element.closest('code'))
		return /`|\\\|/.test(text) ? null : barred(text);
	if (p.block.matches('figcaption')) /* a title, in quotes of some kind */
		return /[^\p{L}\p{M}\p{N} .,;!?–-„…-]/u.test(text)
			? null : text;
	const isFirst = p.lines.includes(from);
	/* "--" would be a rule there */
	text = barred(text.replace(isFirst ? /[^–—]+$/ : /[^]+/,
		part => inManner(part, p.source))
		.replace(/[\\`*_[\]<{]|~(?=~)|&(?=#?\w+;)/g, '\\$&'));
	return !isFirst ? text : text.replace(blockStart, x =>
		x.slice(0, -1) + '\\' + x.at(-1));
}

/* ---- is all else as it was? ---- */

const kinds = [/^$|[\s\u00A0\u202F]/, /\d/, /[\p{L}\p{M}\p{N}]/u,
	/[([{<\/=‘“„«]/, /[-–—]/, /["']/, /./su];
const kind = (c = '') => kinds.findIndex(k => k.test(c));

/* What neither side of a splice may make with its neighbour. */
const made = /-{2,}|\.{3,}|&#?\w+;|<[A-Za-z\/!?]|\][(\[:{]|[!^]\[|\\[!-\/:-@[-`{-~]|~~|\*\*|__|``|\{[=+\-~#.>]/g;

/* The source with its splices, { from, to, text }, in their order. */
function put(source, splices) {
	let out = '', at = 0;
	for (const { from, to, text } of splices) {
		out += source.slice(at, from) + text;
		at = to;
	}
	return out + source.slice(at);
}

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
			!isSteady(right, source[to - 1], text.at(-1) ?? left) ||
			(left === '\'' && kind(source[from - 2]) !== 2 &&
			p.text[p.from.indexOf(from - 1)] === '’'))
			return false;
		edges.push(from + shift, from + shift + text.length);
		shift += text.length - (to - from);
	}
	for (const { index, 0: sign } of after.matchAll(made))
		if (edges.some(e => e > index && e < index + sign.length))
			return false;
	/* no line begins as another block would */
	const begins = text => isBlank(text[0] || ' ') || blockStart.test(text);
	return p.lines.every(line => {
		let now = line;
		for (const { from, to, text } of splices)
			if (from < line && to >= line)
				return true; /* it begins no more */
			else if (from < line)
				now += text.length - (to - from);
		return !begins(after.slice(now)) || begins(source.slice(line));
	});
}

/* ---- all of it ---- */

/* A reader's text as it is meant: on one line, without spaces at its ends or
 * signs that nobody sees. */
function tidy(p, text) {
	text = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(
		/[\0-\x08\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069]/g, '').trim();
	return / {2}/.test(p.text) ? text : text.replace(/ {2,}/g, ' ')
		.replace(/ ?\n ?/g, '\n');
}

/* The splices of the source that make the passage read as `text`, or null. */
function splicesFor(p, text) {
	const splices = [];
	for (const hunk of diff(p.text, text)) {
		const { a, b, text: typed } = hunk;
		const parts = /\n/.test(typed + p.text.slice(a, b)) ? null
			: targets(p, hunk);
		if (!parts)
			return null;
		splices.push(...parts.map(part => ({ from: part.from,
			to: part.to, text: escaped(p, part) })));
	}
	if (!text || splices.some((s, i) => s.text === null ||
		s.from < splices[i - 1]?.to))
		return null;
	const after = put(p.source, splices);
	return after !== p.source && isSafe(p, splices, after) ? splices : null;
}

/* CriticMarkup, nothing in which is markup; in a table "\|" would part it. */
const critic = (remark, inCell) => '{>>' + oneLine(remark)
	.replace(/[\\{}`*_[\]<>&~^!]/g, '\\$&').replace(/[<\\]$/, '$& ')
	.replace(/\|/g, inCell ? '&#124;' : '|') + '<<}';

/* The splices that put a remark on units a up to b, or at the end. */
function remarkSplices(p, a, b, remark) {
	const part = b > a && targets(p, { a, b, text: 'x' });
	const mark = critic(remark, p.block.closest('td, th'));
	return part?.length === 1 && !part[0].element.closest('code')
		? [{ from: part[0].from, to: part[0].from, text: '{==' },
			{ from: part[0].to, to: part[0].to,
				text: '==}' + mark }]
		: [{ from: p.end, to: p.end, text: mark }];
}
