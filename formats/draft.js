/* SPDX-License-Identifier: MIT */
/* What a draft can do beyond being read: colours, size, search, notes in
 * place, the place where the reader was. Text from outside only ever becomes
 * text. Runs before the first paint; the rest waits for the page. */
(() => {
'use strict';
const root = document.documentElement;
const words = (root.dataset.words || '').split('|');
const [wSearch, wSearchBook, wNothing, wResults, wClose, wLook, wColours,
	wAuto, wLight, wDark, wSize, wSmaller, wLarger, wWidth, wNarrower,
	wWider, wWordsLeft, wContinue, wNote] = words;

const memory = {
	get(key) {
		try {
			return JSON.parse(localStorage.getItem(key));
		} catch {
			return null;
		}
	},
	set(key, value) {
		try {
			localStorage.setItem(key, JSON.stringify(value));
		} catch {
			/* private windows: the draft works without */
		}
	}
};
const placeKey = 'galley:' + root.dataset.draft;

/* ---- colours, size, width ---- */

const look = Object.assign({ theme: '', size: 0, width: 0 },
	memory.get('galley:look'));

function applyLook() {
	if (look.theme)
		root.dataset.theme = look.theme;
	else
		delete root.dataset.theme;
	root.style.setProperty('--size', String(1.1 ** look.size));
	root.style.setProperty('--measure', 34 + 4 * look.width + 'rem');
}

function changeLook(change) {
	Object.assign(look, change);
	look.size = Math.max(-3, Math.min(8, look.size));
	look.width = Math.max(-3, Math.min(5, look.width));
	memory.set('galley:look', look);
	applyLook();
}

applyLook();
root.classList.add('js');

/* ---- small helpers ---- */

function make(name, attributes, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (key.startsWith('on'))
			element.addEventListener(key.slice(2), value);
		else
			element.setAttribute(key, value);
	element.append(...children);
	return element;
}

function icon(path) {
	const space = 'http://www.w3.org/2000/svg';
	const svg = document.createElementNS(space, 'svg');
	const line = document.createElementNS(space, 'path');
	svg.setAttribute('viewBox', '0 0 20 20');
	svg.setAttribute('aria-hidden', 'true');
	line.setAttribute('d', path);
	svg.append(line);
	return svg;
}

const cross = () => icon('M5 5l10 10M15 5L5 15');

function panel(title, id, ...children) {
	const close = make('button',
		{ type: 'button', 'aria-label': wClose,
			onclick: () => dialog.close() }, cross());
	const dialog = make('dialog',
		{ class: 'panel', 'aria-labelledby': id },
		make('header', {}, make('h2', { id }, title), close),
		...children);
	dialog.addEventListener('click', event => {
		if (event.target === dialog)
			dialog.close();
	});
	if (root.dataset.wordsLang) {
		dialog.lang = root.dataset.wordsLang;
		dialog.dir = 'ltr';
	}
	document.body.append(dialog);
	return dialog;
}

/* ---- the window of colours and sizes ---- */

let lookPanel;

function openLook() {
	lookPanel ||= panel(wLook, 'look-title', colours(),
		steps(wSize, wSmaller, wLarger, 'size'),
		steps(wWidth, wNarrower, wWider, 'width'));
	lookPanel.showModal();
}

function colours() {
	const choices = [['', wAuto], ['light', wLight], ['dark', wDark]];
	return make('fieldset', {}, make('legend', {}, wColours),
		...choices.map(([value, name]) => {
			const radio = make('input', { type: 'radio',
				name: 'theme', value,
				onchange: () => changeLook({ theme: value }) });
			radio.checked = look.theme === value;
			return make('label', {}, radio, name);
		}));
}

function steps(name, less, more, key) {
	const button = (label, sign, by) => make('button',
		{ type: 'button', 'aria-label': label, title: label,
			onclick: () => changeLook({ [key]: look[key] + by }) },
		sign);
	return make('fieldset', {}, make('legend', {}, name),
		button(less, '\u2212', -1), button(more, '+', 1));
}

/* ---- search ---- */

const apart = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd',
	'ð': 'd', 'þ': 'th', 'ı': 'i', 'ς': 'σ', '\u2018': "'", '\u2019': "'",
	'\u201C': '"', '\u201D': '"', '\u00A0': ' ', '\u202F': ' ' };
const apartPattern = new RegExp('[' + Object.keys(apart).join('') + ']', 'g');

/* Without case, accents and the shapes of quotes. */
function fold(text) {
	return text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '')
		.replace(apartPattern, c => apart[c]);
}

let index; /* of { href, label, title, text, folded } */

window.draftIndex = chapters => {
	index = [];
	for (const [href, label, title, ...blocks] of chapters)
		for (let i = 0; i < blocks.length; i += 3)
			index.push({ href: href + '#' + blocks[i],
				label: blocks[i + 1] && label
					? label + '.' + blocks[i + 1] : '',
				title, text: blocks[i + 2],
				folded: fold(blocks[i + 2]) });
};

/* The page that is a whole book is its own index. */
function indexPage() {
	index = [];
	for (const chapter of document.querySelectorAll('.chapter')) {
		const heading = chapter.querySelector('h2, h3');
		const title = heading ? heading.textContent : '';
		for (const block of chapter.querySelectorAll(
			':is(p, li, figure, pre, .table)[id]')) {
			const label = block.querySelector('.label');
			if (!label)
				continue;
			const text = block.textContent.trim();
			index.push({ href: '#' + block.id,
				label: label.dataset.label, title, text,
				folded: fold(text) });
		}
	}
}

function loadIndex() {
	if (index)
		return Promise.resolve();
	if (root.classList.contains('single')) {
		indexPage();
		return Promise.resolve();
	}
	return new Promise((resolve, reject) => {
		document.head.append(make('script', { src: 'search.js',
			onload: resolve, onerror: reject }));
	});
}

/* All words of the question in a paragraph; those that have them as they
 * stand come first. */
function find(question) {
	const phrase = fold(question).trim().replace(/\s+/g, ' ');
	const parts = phrase.split(' ');
	const exact = [], scattered = [];
	if (!phrase)
		return [];
	for (const item of index)
		if (item.folded.includes(phrase))
			exact.push(item);
		else if (parts.length > 1 &&
			parts.every(part => item.folded.includes(part)))
			scattered.push(item);
	return exact.concat(scattered);
}

/* Where the folded `part` stands in the text itself. */
function locate(item, part) {
	const at = item.folded.indexOf(part);
	let folded = 0, start = -1, i = 0;
	if (at < 0)
		return [0, 0];
	for (const c of item.text) {
		if (start < 0 && folded >= at)
			start = i;
		if (folded >= at + part.length)
			return [start, i];
		folded += fold(c).length;
		i += c.length;
	}
	return [start < 0 ? 0 : start, i];
}

function snippet(item, question) {
	const phrase = fold(question).trim().replace(/\s+/g, ' ');
	const part = item.folded.includes(phrase) ? phrase
		: phrase.split(' ')[0];
	const [start, end] = locate(item, part);
	let from = Math.max(0, start - 60);
	let to = Math.min(item.text.length, end + 90);
	if (from > 0)
		from = item.text.indexOf(' ', from) + 1 || from;
	if (from > start)
		from = start;
	if (to < item.text.length)
		to = Math.max(end, item.text.lastIndexOf(' ', to));
	return [(from ? '\u2026' : '') + item.text.slice(from, start),
		make('mark', {}, item.text.slice(start, end)),
		item.text.slice(end, to) + (to < item.text.length ? '\u2026' : '')];
}

const shown = 60;
let searchPanel, searchBox, searchList, searchStatus;

function showResults() {
	const question = searchBox.value;
	const found = index ? find(question) : [];
	searchList.replaceChildren(...found.slice(0, shown).map(item =>
		make('li', {}, make('a', { href: item.href,
			onclick: () => searchPanel.close() },
			make('small', {},
				[item.label, item.title].filter(Boolean)
					.join(' \u00B7 ')),
			...snippet(item, question)))));
	searchStatus.textContent = !fold(question).trim() ? ''
		: found.length ? wResults.replace('%s', found.length)
			: wNothing;
}

function moveInResults(event) {
	const links = [searchBox, ...searchList.querySelectorAll('a')];
	const at = links.indexOf(document.activeElement);
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (!step || at < 0)
		return;
	event.preventDefault();
	links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
}

function makeSearch() {
	searchBox = make('input', { type: 'text', role: 'searchbox',
		'aria-label': wSearchBook, placeholder: wSearchBook,
		autocomplete: 'off', spellcheck: 'false',
		enterkeyhint: 'search', oninput: showResults });
	searchBox.addEventListener('keydown', event => {
		if (event.key === 'Enter')
			searchList.querySelector('a')?.click();
	});
	searchStatus = make('p', { role: 'status' });
	searchList = make('ol', { class: 'results' });
	searchPanel = panel(wSearch, 'search-title', searchStatus, searchList);
	searchPanel.querySelector('h2').after(searchBox);
	searchPanel.querySelector('h2').classList.add('unseen');
	searchPanel.addEventListener('keydown', moveInResults);
}

function openSearch() {
	if (!searchPanel)
		makeSearch();
	searchPanel.showModal();
	searchBox.focus();
	searchBox.select();
	loadIndex().then(showResults, () => {
		searchStatus.textContent = wNothing;
	});
}

/* ---- notes in their place ---- */

let noteWindow, noteMark;

function closeNote(focus) {
	if (!noteWindow)
		return;
	noteWindow.remove();
	noteMark.removeAttribute('aria-expanded');
	if (focus)
		noteMark.focus();
	noteWindow = noteMark = undefined;
}

function openNote(mark, note) {
	const copy = note.cloneNode(true);
	closeNote(false);
	for (const link of copy.querySelectorAll('.backlink'))
		link.remove();
	for (const element of copy.querySelectorAll('[id]'))
		element.removeAttribute('id');
	noteMark = mark;
	noteWindow = make('div', { class: 'note-window', role: 'dialog',
		tabindex: '-1',
		'aria-label': wNote.replace('%s', mark.textContent) },
		...copy.childNodes,
		make('button', { type: 'button', 'aria-label': wClose,
			onclick: () => closeNote(true) }, '\u00D7'));
	mark.setAttribute('aria-expanded', 'true');
	document.querySelector('main').append(noteWindow);
	placeNote(mark);
	noteWindow.focus({ preventScroll: true });
}

function placeNote(mark) {
	const at = mark.getBoundingClientRect();
	const width = noteWindow.offsetWidth;
	const left = Math.max(16, Math.min(at.left - width / 2,
		root.clientWidth - width - 16));
	let top = at.bottom + 8;
	if (top + noteWindow.offsetHeight > innerHeight &&
		at.top - noteWindow.offsetHeight - 8 > 60)
		top = at.top - noteWindow.offsetHeight - 8;
	noteWindow.style.left = left + scrollX + 'px';
	noteWindow.style.top = top + scrollY + 'px';
}

function onClick(event) {
	const mark = event.target.closest?.('a.noteref');
	if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
		const id = mark.getAttribute('href').split('#')[1];
		const note = document.getElementById(id);
		if (!note)
			return;
		event.preventDefault();
		if (mark === noteMark)
			closeNote(true);
		else
			openNote(mark, note);
	} else if (noteWindow && !noteWindow.contains(event.target)) {
		closeNote(false);
	}
}

/* ---- where the reader is ---- */

function blocks() {
	return document.querySelectorAll('.chapter :is(p, li, figure, pre, .table)[id]');
}

/* The first block below the bar: they stand in order, so by halves. */
function blockInView(list) {
	let low = 0, high = list.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (list[middle].getBoundingClientRect().bottom < 70)
			low = middle + 1;
		else
			high = middle;
	}
	return list[low];
}

function watchPlace(bar) {
	const chapter = document.querySelector('.chapter');
	const single = root.classList.contains('single');
	const list = blocks();
	const running = bar.querySelector('.running-title');
	const title = running.textContent;
	const line = make('div', { class: 'progress', 'aria-hidden': 'true' });
	let total = 0, last = scrollY, waiting = false, timer;

	if (!chapter)
		return;
	bar.append(line);
	if (!single)
		total = chapter.textContent.split(/\s+/).length;
	const update = () => {
		const height = root.scrollHeight - innerHeight;
		const read = height > 0 ? Math.min(1, scrollY / height) : 1;
		waiting = false;
		line.style.setProperty('--read', read);
		bar.classList.toggle('away', scrollY > last + 4 && scrollY > 200);
		if (Math.abs(scrollY - last) > 4)
			last = scrollY;
		if (total)
			running.textContent = scrollY < 200 ? title
				: wWordsLeft.replace('%s', Math
					.round(total * (1 - read))
					.toLocaleString(root.lang));
		clearTimeout(timer);
		timer = setTimeout(() => {
			const block = blockInView(list);
			if (block && scrollY > 100)
				memory.set(placeKey, {
					page: single ? '' : location.pathname
						.split('/').pop(),
					id: block.id
				});
		}, 400);
	};
	addEventListener('scroll', () => {
		if (!waiting)
			requestAnimationFrame(update);
		waiting = true;
	}, { passive: true });
	update();
}

function offerPlace() {
	const place = memory.get(placeKey);
	const begin = document.querySelector('.begin');
	if (!begin || !place || typeof place.id !== 'string' ||
		!/^[\w.-]*$/.test(place.page) || !/^[\w.-]+$/.test(place.id))
		return;
	begin.append(make('a', { href: place.page + '#' + place.id },
		wContinue));
}

/* ---- keys: with modifiers, so that none is in the way ---- */

function onKey(event) {
	if (event.key === 'Escape' && noteWindow) {
		closeNote(true);
		return;
	}
	if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey)
		return;
	const action = {
		KeyN: () => document.querySelector('a[rel=next]')?.click(),
		KeyP: () => document.querySelector('a[rel=prev]')?.click(),
		KeyF: openSearch,
		KeyL: openLook
	}[event.code];
	if (!action)
		return;
	event.preventDefault();
	action();
}

/* Tables that are too wide scroll, and then by keys too. */
function letTablesScroll() {
	const fit = new ResizeObserver(entries => {
		for (const { target } of entries)
			if (target.scrollWidth > target.clientWidth)
				target.tabIndex = 0;
			else
				target.removeAttribute('tabindex');
	});
	for (const table of document.querySelectorAll('.table > table')) {
		const box = make('div', { class: 'scroll' });
		table.replaceWith(box);
		box.append(table);
		box.tabIndex = 0; /* until it is drawn and known to fit */
		fit.observe(box);
	}
}

document.addEventListener('DOMContentLoaded', () => {
	const bar = document.querySelector('.bar');
	bar.append(make('div', { class: 'tools' },
		make('button', { type: 'button', 'aria-label': wSearch,
			title: wSearch, 'aria-keyshortcuts': 'Alt+Shift+F',
			onclick: openSearch },
			icon('M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM12 12l4.5 4.5')),
		make('button', { type: 'button', 'aria-label': wLook,
			title: wLook, 'aria-keyshortcuts': 'Alt+Shift+L',
			onclick: openLook }, 'Aa')));
	document.addEventListener('click', onClick);
	document.addEventListener('keydown', onKey);
	addEventListener('resize', () => closeNote(false));
	letTablesScroll();
	offerPlace();
	watchPlace(bar);
});
})();
