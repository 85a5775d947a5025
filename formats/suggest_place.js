/* SPDX-License-Identifier: MIT */
/* Where a reader says something: words that are selected, or a paragraph by
 * its number; and the passage as text to edit in its place. */
(galley => {
'use strict';
if (!galley.draft?.tag)
	return;
const { make, words } = galley;
const places = '[data-at], .chapter :is(p, li, h1, h2, h3, h4, h5, h6, td, ' +
	'th, figcaption, caption)';

/* ---- what is meant ---- */

function labelOf(block) {
	for (let e = block; e && !e.matches('.chapter'); e = e.parentElement) {
		const label = e.querySelector(':scope > .label');
		if (label)
			return label.dataset.label;
	}
	return block.closest('.chapter')?.dataset.label || '';
}

/* What an item about the block has, whatever is said. */
function about(block) {
	const chapter = block.closest('.chapter');
	const chunk = galley.chunkOf(block);
	const near = block.closest('[id]');
	return {
		id: Date.now().toString(36) + '.' +
			Math.random().toString(36).slice(2, 8),
		time: Date.now(), path: chunk?.path, blob: chunk?.blob,
		at: block.dataset.at?.split(' ', 2)[1], label: labelOf(block),
		href: location.pathname.split('/').pop() +
			(near ? '#' + near.id : ''),
		order: chapter ? [+chapter.dataset.order, 1 + [...chapter
			.querySelectorAll('*')].indexOf(block)] : [-1, 0]
	};
}

function passageOf(block) {
	const chunk = galley.chunkOf(block);
	const p = chunk && galley.passage(block, chunk.text);
	if (p)
		return p;
	const seen = galley.shown(block);
	return { ...seen, text: seen.plain.trimEnd() };
}

/* Units a up to b of the passage that are selected. */
function selected(p, range) {
	let a = p.text.length, b = 0;
	for (const [node, start] of p.nodes) {
		if (!range.intersectsNode(node))
			continue;
		a = Math.min(a, start + (node === range.startContainer
			? range.startOffset : 0));
		b = Math.max(b, start + (node === range.endContainer
			? range.endOffset : node.length));
	}
	/* whole words, without the spaces around them */
	const words = [...p.text.matchAll(galley.token)].filter(w =>
		w.index < b && w.index + w[0].length > a && w[0].trim());
	const last = words[words.length - 1];
	return last ? { a: words[0].index, b: last.index + last[0].length }
		: { a: 0, b: 0 };
}

/* ---- the bar of what can be done ---- */

let bar, target; /* { block, p, a, b, back } */

function closeBar() {
	bar?.remove();
	bar = undefined;
}

function openBar(next, rect, focus) {
	closeBar();
	target = next;
	bar = make('div', { class: 'suggest-bar', role: 'toolbar',
		'aria-label': words.suggestions },
	make('button', { type: 'button', onclick: () => edit(target) }, words.suggest),
	make('button', { type: 'button', onclick: () => remark(target) },
		words.remark));
	/* the selection stays while a button is pressed */
	bar.addEventListener('mousedown', event => event.preventDefault());
	bar.addEventListener('keydown', event => {
		if (event.key === 'Escape') {
			closeBar();
			target.back?.focus();
		}
	});
	document.querySelector('main').append(bar);
	const most = document.documentElement.clientWidth - bar.offsetWidth - 8;
	bar.style.left = Math.max(8, Math.min(rect.left, most)) + scrollX + 'px';
	bar.style.top = rect.bottom + scrollY + 8 + 'px';
	if (focus)
		bar.querySelector('button').focus({ preventScroll: true });
}

function onSelection() {
	const selection = getSelection();
	const range = selection.rangeCount && selection.getRangeAt(0);
	const from = range && range.startContainer;
	const block = from && (from.nodeType === 1 ? from : from.parentElement)
		.closest(places);
	if (!range || range.collapsed || !block ||
		block.closest('.suggest, .suggest-bar')) {
		if (bar && !bar.contains(document.activeElement) && !target.back)
			closeBar();
		return;
	}
	const { a, b } = selected(passageOf(block), range);
	/* a note in its window is a copy of the one below */
	const own = block.closest('.chapter') ? block : document.querySelector(
		`.chapter [data-at="${block.dataset.at}"]`);
	if (own && a < b)
		openBar({ block: own, p: passageOf(own), a, b },
			range.getBoundingClientRect());
}

/* ---- a form in the place of the passage ---- */

let form, formBlock, finish;

function closeForm() {
	form?.remove();
	formBlock?.classList.remove('suggesting');
	form = formBlock = finish = undefined;
}

function field(name, value, rows) {
	const area = make('textarea', { rows, dir: 'auto' });
	area.value = value;
	const fit = () => {
		area.style.height = 'auto';
		area.style.height = area.scrollHeight + 4 + 'px';
	};
	area.addEventListener('input', fit);
	return { area, fit, label: make('label', {}, make('span', {}, name),
		area) };
}

/* `parts` in the place of a block. What was typed is kept, but by Cancel. */
function openForm(block, title, back, done, ...parts) {
	const end = save => {
		if (save)
			done();
		closeForm();
		back?.focus();
	};
	const control = (name, save) => make('button', { type: 'button',
		onclick: () => end(save) }, name);
	closeBar();
	finish?.();
	closeForm();
	form = make('div', { class: 'suggest', role: 'group',
		'aria-label': title },
	...parts, make('p', { class: 'buttons' }, control(words.keep, true),
		control(words.cancel, false)));
	form.querySelectorAll('button, label > span').forEach(galley.inWords);
	form.addEventListener('input', () => finish = done);
	form.addEventListener('keydown', event => {
		if (event.key === 'Escape')
			end(!!finish);
		else if (event.key === 'Enter' && (event.ctrlKey ||
			event.metaKey))
			end(true);
	});
	formBlock = block;
	if (block.matches('li'))
		block.append(form);
	else
		(block.closest('.table, .stanza, figure') || block).after(form);
	if (form.querySelector('.now') && form.previousSibling === block)
		block.classList.add('suggesting');
}

addEventListener('pagehide', () => finish?.());

/* The passage with what goes and comes. */
function preview(into, old, text) {
	let at = 0;
	into.replaceChildren();
	for (const h of galley.joinHunks(old, galley.diff(old, text))) {
		into.append(old.slice(at, h.a));
		if (h.b > h.a)
			into.append(make('del', {}, old.slice(h.a, h.b)));
		if (h.text)
			into.append(make('ins', {}, h.text));
		at = h.b;
	}
	into.append(old.slice(at));
}

const sameBlock = (x, y) => x.blob ? x.blob === y.blob && x.at === y.at &&
	x.path === y.path : x.href === y.href && x.order[1] === y.order[1];

function edit({ block, p, a, b, back }) {
	const item = about(block);
	const before = galley.items().find(x => x.isEdit && !x.sent &&
		sameBlock(x, item));
	const area = field(words.shouldRead, before ? before.text : p.text, 2);
	const why = field(words.why, before?.why || '', 1);
	const now = make('p', { class: 'now', 'aria-hidden': 'true',
		dir: 'auto' });
	const note = make('p', { class: 'note-of', role: 'status' });
	let splices;
	const update = () => {
		const text = galley.tidy(p, area.area.value);
		splices = p.from && text !== p.text ? galley.splices(p, text)
			: undefined;
		preview(now, p.text, text);
		note.textContent = splices === null ? words.noWords : '';
	};
	area.area.addEventListener('input', update);
	openForm(block, words.suggest, back, () => {
		const text = galley.tidy(p, area.area.value);
		update();
		if (text !== p.text) {
			const said = { ...item, id: before?.id || item.id,
				isEdit: splices !== null, old: p.text, text,
				why: why.area.value.trim(), splices };
			if (splices === null)
				said.splices = galley.remarkSplices(p, 0, 0,
					galley.changes(said, 2).join('; ') +
					(said.why ? ' ' + said.why : ''));
			galley.keep(said);
		} else if (before) {
			galley.drop([before]);
		}
	}, now, area.label, note, why.label);
	update();
	area.fit();
	area.area.focus({ preventScroll: true });
	if (b > a && !before)
		area.area.setSelectionRange(a, b);
	form.scrollIntoView({ block: 'nearest' });
}

/* About words, a paragraph, a chapter (its heading), or the book. */
function remark({ block, p, a, b, back }, before) {
	const item = before || about(block);
	const why = field(words.yourRemark, before?.why || '', 3);
	const quote = before ? before.quote : b > a ? p.text.slice(a, b) : '';
	openForm(block, words.remark, back, () => {
		const said = why.area.value.trim();
		if (said)
			galley.keep({ ...item, why: said, quote, a, b,
				splices: p?.from ? galley.remarkSplices(p, a, b,
					said) : item.splices });
	}, ...(quote ? [make('blockquote', { dir: 'auto' }, quote)] : []),
	why.label);
	why.fit();
	why.area.focus({ preventScroll: true });
	form.scrollIntoView({ block: 'nearest' });
}

/* From the list: what is about the chapter shown, or the book. */
galley.remarkOn = (block, isBook) => {
	const p = passageOf(block);
	const whole = { ...about(block), label: isBook ? ''
		: block.closest('.chapter').dataset.label };
	if (isBook)
		Object.assign(whole, { path: undefined, blob: undefined,
			order: [-1, 0] });
	remark({ block, p: isBook ? undefined : p, a: 0, b: 0 },
		{ ...whole, quote: '' });
};

galley.blockOf = item => {
	const [page, id] = item.href.split('#');
	if (page !== location.pathname.split('/').pop())
		return null;
	if (!item.blob)
		return document.getElementById(id);
	const number = [...document.querySelectorAll('script.source')]
		.findIndex(x => x.dataset.path === item.path);
	return document.querySelector(`[data-at^="${number} ${+item.at} "]`);
};

galley.openItem = item => {
	const block = galley.blockOf(item);
	if (!block)
		return false;
	const { a = 0, b = 0 } = item;
	const what = { block, p: item.path && passageOf(block), a, b };
	if (item.old !== undefined)
		edit({ ...what, p: passageOf(block) });
	else
		remark(what, item);
	return true;
};

/* ---- labels: one is a stop of the Tab key, arrows lead to the others ---- */

let stop;

function offer(label) {
	if (stop) {
		stop.setAttribute('aria-hidden', 'true');
		stop.tabIndex = -1;
	}
	stop = label;
	if (!label)
		return;
	label.removeAttribute('aria-hidden');
	label.tabIndex = 0;
	label.setAttribute('role', 'button');
	label.setAttribute('aria-label', words.paragraph.replace('%s',
		label.dataset.label));
}

function onLabel(event) {
	const label = event.target.closest?.('.label');
	if (!label || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	const inner = label.parentElement;
	const block = inner.matches('[data-at]') ? inner
		: inner.querySelector('[data-at]') || inner;
	event.preventDefault();
	offer(label);
	openBar({ block, p: passageOf(block), a: 0, b: 0, back: label },
		label.getBoundingClientRect(), true);
}

function onKey(event) {
	const label = event.target.closest?.('.label');
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (label && step) {
		const all = [...document.querySelectorAll('.label')];
		const next = all[all.indexOf(label) + step];
		event.preventDefault();
		if (next) {
			offer(next);
			next.focus();
		}
	} else if (label && event.key === ' ') {
		event.preventDefault();
		label.click();
	}
}

/* To what can be done with the words selected, or to the number in view. */
galley.key('KeyS', () => {
	if (bar) {
		bar.querySelector('button').focus();
		return;
	}
	const block = galley.blockInView(galley.blocks());
	offer(block?.querySelector('.label') ||
		document.querySelector('.label'));
	stop?.focus();
});

galley.ready(() => {
	let timer;
	document.addEventListener('selectionchange', () => {
		clearTimeout(timer);
		timer = setTimeout(onSelection, 200);
	});
	document.addEventListener('click', onLabel);
	document.addEventListener('keydown', onKey);
	document.addEventListener('mousedown', event => {
		if (bar && !bar.contains(event.target))
			closeBar();
	});
	offer(document.querySelector('.chapter .label'));
});
})(globalThis.galley ||= {});
