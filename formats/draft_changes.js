/* SPDX-License-Identifier: MIT */
/*
 * What is new for a reader who comes from an earlier round: web_changes.c has
 * what the page says of it. Which round that was is known from the browser's
 * memory; who has none is told of the changes since the round before.
 */
(() => {
'use strict';
const { words, memory, make } = galley;
const rounds = (galley.said.rounds || '-').split(' ');
const own = rounds.length - 1;
const bookKey = 'galley:' + galley.said.book;
const book = memory.get(bookKey) || {};
const jump = 'galley:jump';

/* Also in the first round: for the next one. */
book.seen = Object.assign(book.seen || {}, { [rounds[own]]: 1 });
memory.set(bookKey, book);
if (!own)
	return;

const read = rounds.findLastIndex((name, i) => i < own && book.seen[name]);
const state = Object.assign({ base: read < 0 ? own - 1 : read,
	show: read >= 0 }, memory.get(galley.storage + ':changes'));
let changed = []; /* blocks, in order */
let chapters = [];
let at = -1;
let dialog, list, none, status;

/* All chapters in their order. In a site the script has the list. */
function readChapters() {
	const lines = galley.changedChapters ||
		[...document.querySelectorAll('.contents li:has(> a)')]
			.map(li => [li.querySelector('a').getAttribute('href'),
				li.querySelector('a').textContent,
				+li.dataset.oldest,
				(li.dataset.changes || '').split(' ')
					.map(Number)]);
	chapters = lines.map(([href, title, oldest, counts]) =>
		({ href, title, oldest, counts }));
}

const isNew = oldest => oldest > state.base;
const sum = counts => counts.slice(state.base + 1).reduce((a, b) => a + b, 0);

function describe(oldest, counts) {
	return isNew(oldest) ? words.isNew
		: words.changes.replace('%s', sum(counts));
}

/* ---- in the text ---- */

function unmark() {
	for (const note of document.querySelectorAll('.cut-note'))
		note.remove();
	for (const block of document.querySelectorAll('.changed')) {
		block.classList.remove('changed');
		block.removeAttribute('aria-description');
	}
}

function cutNote(block, after) {
	const note = galley.inWords(make('div',
		{ class: 'cut-note', role: 'note' }, words.cutHere));
	let beside = block;
	while (beside.parentElement.matches('ul, ol, dl, table, figure'))
		beside = beside.parentElement;
	if (after)
		beside.after(note);
	else
		beside.before(note);
	return note;
}

function mark() {
	unmark();
	changed = [];
	for (const block of state.show ? document.querySelectorAll(
		'main :is([data-since], [data-cut], [data-cut-after])') : []) {
		const { since, cut, cutAfter } = block.dataset;
		if (cut > state.base)
			changed.push(cutNote(block, false));
		if (since > state.base) {
			changed.push(block);
			block.classList.add('changed');
			block.setAttribute('aria-description', words.changed);
		}
		if (cutAfter > state.base)
			changed.push(cutNote(block, true));
	}
	at = -1;
}

function change(what) {
	Object.assign(state, what);
	memory.set(galley.storage + ':changes', state);
	mark();
	markContents();
}

/* ---- in the contents ---- */

function markContents() {
	for (const li of document.querySelectorAll('.contents [data-changes]')) {
		const counts = li.dataset.changes.split(' ').map(Number);
		const said = li.querySelector(':scope > .changes');
		said.hidden = !sum(counts);
		said.textContent = describe(+li.dataset.oldest, counts);
	}
	const note = document.querySelector('.changes-note');
	if (note)
		note.textContent = words.changedSince.replace('%s',
			rounds[state.base]);
}

/* ---- from one to the next ---- */

function goTo(i) {
	const block = changed[i];
	at = i;
	block.tabIndex = -1;
	block.scrollIntoView({ block: 'center' });
	block.focus({ preventScroll: true });
	status.textContent = `${i + 1} / ${changed.length}`;
}

/* The next or the last one on this page, counted from what is in sight. */
function near(by) {
	if (at >= 0)
		return at + by;
	const first = changed.findIndex(block =>
		block.getBoundingClientRect().top > 60);
	if (by > 0)
		return first < 0 ? changed.length : first;
	return first < 0 ? changed.length - 1 : first - 1;
}

function step(by) {
	if (!state.show)
		change({ show: true });
	const i = near(by);
	if (changed[i]) {
		goTo(i);
		return;
	}
	if (galley.single)
		return;
	/* on, in the next chapter that has some; from the contents, the first */
	const here = location.pathname.split('/').pop();
	let next = chapters.findIndex(chapter => chapter.href === here);
	do
		next += by;
	while (chapters[next] && !sum(chapters[next].counts));
	if (!chapters[next])
		return;
	memory.set(jump, by > 0 ? 'first' : 'last');
	location.href = chapters[next].href;
}

function arrive() {
	const wanted = memory.get(jump);
	if (!wanted)
		return;
	memory.set(jump, null);
	if (changed.length)
		goTo(wanted === 'first' ? 0 : changed.length - 1);
}

/* ---- the window ---- */

function openPanel() {
	dialog ||= makePanel();
	const some = chapters.filter(chapter => sum(chapter.counts));
	list.replaceChildren(...some.map(({ href, title, oldest, counts }) =>
		make('li', {}, make('a', { href, onclick: () => dialog.close() },
			title, ' ', make('small', {},
				describe(oldest, counts))))));
	none.hidden = some.length > 0;
	dialog.showModal();
}

function choice() {
	const select = make('select', { onchange: event => {
		change({ base: +event.target.value });
		openAgain();
	} }, ...rounds.slice(0, -1).map((name, i) => make('option',
		{ value: i }, words.sinceRound.replace('%s', name))));
	select.setAttribute('aria-label', words.whatChanged);
	select.value = state.base;
	return select;
}

function openAgain() {
	dialog.close();
	openPanel();
}

function makePanel() {
	const box = make('input', { type: 'checkbox',
		onchange: () => change({ show: box.checked }) });
	const button = (name, letter, by) => make('button', { type: 'button',
		'aria-keyshortcuts': 'Alt+Shift+' + letter,
		title: `${name} (Alt+Shift+${letter})`, onclick: () => {
			dialog.close();
			box.checked = true;
			step(by);
		} }, name);
	box.checked = state.show;
	list = make('ol', { class: 'results' });
	none = make('p', {}, words.noChanges);
	return galley.panel(words.whatChanged, 'changes-title',
		make('fieldset', {}, own > 1 ? choice()
			: words.sinceRound.replace('%s', rounds[0]),
		make('label', {}, box, words.showChanges)),
		make('fieldset', {}, button(words.previousChange, 'K', -1),
			button(words.nextChange, 'J', 1)), none, list);
}

galley.key('KeyJ', () => step(1));
galley.key('KeyK', () => step(-1));

galley.ready(() => {
	status = make('p', { role: 'status', class: 'unseen' });
	document.body.append(status);
	galley.tool(words.whatChanged, 'W',
		galley.icon('M3 4v12M7 5h10M7 10h10M7 15h6'), openPanel);
	readChapters();
	mark();
	markContents();
	arrive();
});
})();
