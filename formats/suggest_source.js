/* SPDX-License-Identifier: MIT */
/*
 * A reader's words put into the Markdown behind a passage (html_trace.h says
 * how the two are tied). Whatever is not beyond doubt gives null: then it is a
 * remark.
 */
(galley => {
'use strict';

const apart = '.label, .noteref, .backlink, [data-at], ul, ol, dl, pre, ' +
	'table, blockquote, div, p, figure, img';

/* What is shown of a block: characters, what each is in, what breaks them. */
function shown(block) {
	const inside = [], nodes = [], stops = new Set(), hard = new Set();
	let text = '', broken = false;
	const walk = element => {
		for (const node of element.childNodes) {
			if (node.nodeType === 3) {
				if (broken && node.data[0] === '\n')
					hard.add(text.length);
				broken = false;
				nodes.push([node, text.length]);
				text += node.data;
				while (inside.length < text.length)
					inside.push(element);
			} else if (node.nodeType === 1) {
				broken = node.tagName === 'BR';
				if (!node.matches(apart))
					walk(node);
				else if (node.matches('.noteref, img'))
					stops.add(text.length);
			}
		}
	};
	walk(block);
	const plain = [...text.split('')].map((c, i) =>
		c === '\n' && !hard.has(i) ? ' ' : c).join('');
	return { block, text, plain, inside, nodes, stops };
}
galley.shown = shown;

const blank = c => /[\s\u00A0\u202F]/.test(c);

/* Is `c`, as it stands, what may be shown as `s`? */
const printed = (c, s) => c === s || c === '"' || c === '\'' ||
	(blank(c) && blank(s));

/*
 * A passage: `text` as it is edited; unit i of it comes from units from[i] up
 * to to[i] of `source`; gaps are markup. null if page and source differ.
 */
galley.passage = (block, source) => {
	const [, start, ...runs] = block.dataset.at.split(' ');
	const seen = shown(block), { text, plain } = seen;
	const from = [], to = [], locked = [], gaps = [], lines = [+start];
	let at = +start;
	for (const run of runs) {
		const [, lock, a, b] = run.match(/^(=?)(\d+)(?::(\d+))?$/);
		const i = from.length;
		if (b === undefined)
			for (let k = 0; k < +a; k++, at++) {
				from.push(at);
				to.push(at + 1);
				if (!printed(source[at], text[i + k]))
					return null;
			}
		else if (a === '0' && !lock)
			gaps.push([at, at + +b]);
		for (let k = 0; b !== undefined && k < +a; k++) {
			from.push(at);
			to.push(at + +b);
			locked[i + k] = lock || +a > 1;
		}
		at += +(b || 0);
	}
	for (let i = 0; i < from.length; i++)
		if (text[i] === '\n' && source.slice(from[i], to[i])
			.includes('\n'))
			lines.push(to[i]);
	if (text.slice(from.length).trim())
		return null;
	return { ...seen, source, start: +start, end: at, from, to, locked, gaps,
		lines, text: plain.slice(0, from.length) };
};

/* ---- where words go ---- */

const depth = (p, element) => {
	let n = 0;
	for (; element !== p.block; element = element.parentNode)
		n++;
	return n;
};

/* The outermost element around unit i that hunk a, b does not cover. */
function outside(p, i, a, b) {
	let element = p.inside[i];
	const covered = e => {
		const first = p.inside.findIndex(x => e.contains(x));
		const last = p.inside.findLastIndex(x => e.contains(x));
		return first >= a && last < b;
	};
	while (element !== p.block && covered(element))
		element = element.parentNode;
	return element;
}

function insertion(p, at) {
	const left = at && p.inside[at - 1];
	const right = at < p.text.length && p.inside[at];
	if (!left)
		return p.start;
	if (!right)
		return left === p.block ? p.to[at - 1] : p.end;
	if (left === right || depth(p, left) < depth(p, right))
		return p.to[at - 1];
	return depth(p, left) > depth(p, right) ? p.from[at] : -1;
}

/* Hunk a, b of one element without markup in it. */
function isPlain(p, a, b) {
	for (let i = a + 1; i < b; i++)
		if (p.inside[i] !== p.inside[a] || (p.from[i] !== p.to[i - 1] &&
			!/^\n[ >]*$/.test(p.source.slice(p.to[i - 1], p.from[i]))))
			return false;
	return true;
}

/* Hunk a, b with all elements in it, and their markup. */
function whole(p, a, b) {
	const element = outside(p, a, a, b);
	let from = p.from[a], to = p.to[b - 1];
	if (outside(p, b - 1, a, b) !== element || (!a && b === p.text.length))
		return null;
	if (p.inside[a] !== element) {
		if (p.stops.has(a) || (a ? p.inside[a - 1] : p.block) !== element)
			return null;
		from = a ? p.to[a - 1] : p.start;
	}
	if (p.inside[b - 1] !== element) {
		if (p.stops.has(b) || (b < p.text.length ? p.inside[b]
			: p.block) !== element)
			return null;
		to = b < p.text.length ? p.from[b] : p.end;
	}
	return [{ from, to, element }];
}

/* What hunk { a, b, text } replaces: [{ from, to, element, text }] or null. */
function place(p, { a, b, text }) {
	if (a === b) {
		const at = p.stops.has(a) && /^\s/.test(text) &&
			a < p.text.length ? p.from[a] : insertion(p, a);
		const element = at === p.to[a - 1] ? p.inside[a - 1]
			: at === p.from[a] ? p.inside[a] : p.block;
		return at < 0 ? null : [{ from: at, to: at, element, text }];
	}
	for (let i = a; i < b; i++)
		if (p.locked[i] || (i > a && p.stops.has(i)))
			return null;
	const element = p.inside[a];
	if (isPlain(p, a, b) && (text || outside(p, a, a, b) === element))
		return [{ from: p.from[a], to: p.to[b - 1], element, text }];
	const all = whole(p, a, b);
	if (all)
		return [{ ...all[0], text }];
	/* in pieces, none of which leaves its element empty */
	const pieces = [];
	for (let i = a, k; i < b; i = k) {
		for (k = i + 1; k < b && p.inside[k] === p.inside[i];)
			k++;
		pieces.push({ a: i, b: k, text: '' });
	}
	if (pieces.length < 2)
		return null;
	pieces.reduce((x, y) => depth(p, p.inside[y.a]) <
		depth(p, p.inside[x.a]) ? y : x).text = text;
	const parts = pieces.map(piece => place(p, piece));
	return parts.every(Boolean) ? parts.flat() : null;
}

/* ---- what is typed ---- */

const straight = { '\u201C': '"', '\u201D': '"', '\u201E': '"', '\u2018': '\'',
	'\u2019': '\'', '\u2013': '--', '\u2014': '---', '\u2026': '...' };

/* Typographic signs as the chunk has them: straight if it has no other. */
function inManner(text, source) {
	return text.replace(/[\u2018-\u201E]|[\u2013\u2014]|\u2026/g, c => {
		const kind = c === '\u2026' ? /\u2026/ : c < '\u2018'
			? /[\u2013\u2014]/ : /[\u2018-\u201E\u00AB\u00BB]/;
		return kind.test(source) ? c : straight[c] || c;
	});
}

function escaped(p, s) {
	const code = s.element.closest('code');
	let text = s.text.replace(/[\0-\x08\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069]/g,
		'');
	if (code)
		return /[`|]/.test(text) ? null : text;
	if (p.block.matches('figcaption')) /* a title, in quotes of some kind */
		return /[^\p{L}\p{M}\p{N} .,;!?\u2013-\u201E\u2026-]/u.test(text)
			? null : text;
	const first = p.lines.includes(s.from); /* "--" would be a rule there */
	text = (first ? text.replace(/[^\u2013\u2014]+$/, x =>
		inManner(x, p.source)) : inManner(text, p.source))
		.replace(/[\\`*_[\]<{]|~(?=~)|&(?=#?\w+;)/g, '\\$&');
	if (text.includes('|') && p.block.closest('td, th'))
		return null;
	if (first)
		text = text.replace(/^[#>+\-=:|~]|^\d+(?=[.)])/, x =>
			x > '/' && x < ':' ? x : '\\' + x)
			.replace(/^(\d+)([.)])/, '$1\\$2');
	return text;
}

/* ---- is all else as it was? ---- */

const kinds = [/^$|[\s\u00A0\u202F]/, /\d/, /[\p{L}\p{M}\p{N}]/u,
	/[([{<\/=\u2018\u201C\u201E\u00AB]/, /[-\u2013\u2014]/, /["']/, /./su];
const kind = c => kinds.findIndex(k => k.test(c || ''));

/* What neither side of a splice may make with its neighbour. */
const made = /-{2,}|\.{3,}|&#?\w+;|<[A-Za-z\/!?]|\][(\[:{]|[!^]\[|\\[!-\/:-@[-`{-~]|~~|\*\*|__|``|\{[=+\-~#.>]/g;

function put(source, splices) {
	let out = '', at = 0;
	for (const s of splices) {
		out += source.slice(at, s.from) + s.text;
		at = s.to;
	}
	return out + source.slice(at);
}
galley.put = put;

function isSafe(p, splices, after) {
	const shift = at => splices.reduce((n, s) => s.to <= at
		? n + s.text.length - (s.to - s.from) : n, 0);
	const edges = splices.flatMap(s => {
		const from = s.from + shift(s.from) -
			(s.from === s.to ? s.text.length : 0);
		return [from, from + s.text.length];
	});
	for (const m of after.matchAll(made))
		if (edges.some(e => e > m.index && e < m.index + m[0].length))
			return false;
	/* markup opens and closes by what stands at its sides */
	for (const [a, b] of p.gaps) {
		const mark = p.source.slice(a, b);
		const now = a + shift(a);
		if (splices.some(s => s.from < b && s.to > a) ||
			!/[*_~`]/.test(mark))
			continue;
		const sides = [p.source[a - 1], after[now - 1], p.source[b],
			after[now + b - a]].map(kind);
		if (sides[0] === sides[1] && sides[2] === sides[3])
			continue;
		/* around words or spaces asterisks are sure of themselves */
		if (!/^\**$/.test(mark) || sides[1] > 2 || sides[3] > 2 ||
			(sides[0] === 0) !== (sides[1] === 0) ||
			(sides[2] === 0) !== (sides[3] === 0))
			return false;
	}
	/* no line begins as another block would */
	for (const line of p.lines) {
		const block = /^(?:[#>+\-=:|~]|\d+[.)]|\s|$)/;
		if (splices.some(s => s.from < line && s.to > line))
			return false;
		const now = line + splices.reduce((n, s) => s.to <= line &&
			s.from < line ? n + s.text.length - (s.to - s.from) : n,
			0);
		if (block.test(after.slice(now, now + 12)) &&
			!block.test(p.source.slice(line, line + 12)))
			return false;
	}
	return true;
}

/* Straight quotes turn by their neighbours, signs are markup by theirs. */
function keepsNeighbours(p, text, hunks) {
	let shift = 0, next = 0;
	for (let i = 0; i < p.text.length; i++) {
		while (next < hunks.length && hunks[next].b <= i) {
			shift += hunks[next].text.length -
				(hunks[next].b - hunks[next].a);
			next++;
		}
		if (next < hunks.length && hunks[next].a <= i)
			continue;
		const c = p.source[p.from[i]];
		if (p.to[i] - p.from[i] !== 1 || !/["'*_`~[\]]/.test(c))
			continue;
		const now = i + shift;
		if (kind(p.text[i - 1]) !== kind(text[now - 1]) ||
			kind(p.text[i + 1]) !== kind(text[now + 1]))
			return false;
		/* 'tis */
		if (p.text[i] === '\u2019' && kind(p.text[i - 1]) !== 2 &&
			kind(p.text[i + 1]) === 2 &&
			hunks.some(h => h.a === i + 1))
			return false;
	}
	return true;
}

/* A reader's text as it is meant: on one line, without spaces at its ends. */
galley.tidy = (p, text) => {
	text = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim();
	return / {2}/.test(p.text) ? text : text.replace(/ {2,}/g, ' ')
		.replace(/ ?\n ?/g, '\n');
};

/* Of several equal places for what is put in or out, the first that does. */
function slides(text, h) {
	const out = [h];
	const add = (a, b, t) => out.push({ a, b, text: t });
	if (h.a === h.b)
		for (let k = 1; k <= h.text.length && h.a >= k &&
			text[h.a - k] === h.text[h.text.length - k]; k++)
			add(h.a - k, h.b - k, h.text.slice(-k) +
				h.text.slice(0, -k));
	if (h.text)
		return out;
	for (let k = 1; h.a >= k && text[h.a - k] === text[h.b - k]; k++)
		add(h.a - k, h.b - k, '');
	for (let k = 1; h.b + k <= text.length &&
		text[h.a + k - 1] === text[h.b + k - 1]; k++)
		add(h.a + k, h.b + k, '');
	return out;
}

function attempt(p, text, hunks) {
	const splices = [];
	for (const h of hunks) {
		const parts = /\n/.test(h.text) ? null : place(p, h);
		if (!parts)
			return null;
		splices.push(...parts);
	}
	for (let i = 0; i < splices.length; i++) {
		splices[i].text = escaped(p, splices[i]);
		if (splices[i].text === null || (i &&
			splices[i].from < splices[i - 1].to))
			return null;
	}
	const after = put(p.source, splices);
	return isSafe(p, splices, after) && keepsNeighbours(p, text, hunks) &&
		after !== p.source
		? splices.map(s => [s.from, s.to, s.text]) : null;
}

/* The splices that put a remark on units a up to b, or at the end. */
galley.remarkSplices = (p, a, b, words) => {
	const part = b > a && place(p, { a, b, text: 'x' });
	const mark = galley.critic(words);
	return part && part.length === 1 && !part[0].element.closest('code')
		? [[part[0].from, part[0].from, '{=='],
			[part[0].to, part[0].to, '==}' + mark]]
		: [[p.end, p.end, mark]];
};

/* The splices [from, to, text] of the source that make the passage read as
 * `text`, or null. */
galley.splices = (p, text) => {
	const hunks = galley.diff(p.text, text);
	if (!hunks.length || !text || hunks.some(h => h.b > h.a &&
		/\n/.test(p.text.slice(h.a, h.b)) !== /\n/.test(h.text)))
		return null;
	/* each hunk by itself finds its place, then all together */
	const placed = [];
	for (const h of hunks) {
		const one = slides(p.text, h).find(s => attempt(p,
			p.text.slice(0, s.a) + s.text + p.text.slice(s.b), [s]) &&
			!placed.some(x => s.a < x.b || s.a < x.a));
		placed.push(one || h);
	}
	return attempt(p, text, placed);
};
})(globalThis.galley ||= {});
