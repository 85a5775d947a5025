/* SPDX-License-Identifier: MIT */
/* Where the reader is, and what is read: kept for the next time, shown in the
 * bar and in the contents. */
(() => {
'use strict';
const { root, words, memory, make, key } = galley;

/* Of this draft: { page, id, read: { "fog.html": 0.5 } }; of the book, for
 * the next round: { places: { "1": { page, id, at } } }. */
const place = Object.assign({ page: '', id: '', read: {} },
	memory.get(galley.storage));
const bookKey = 'galley:' + galley.said.book;
const round = (galley.said.rounds || '-').split(' ').pop();

function blocks() {
	return document.querySelectorAll('.chapter :is(p, li, figure, pre, .table)[id]');
}

/* The first block that goes on below where a link would put its target: so
 * that a place is kept, not moved up, by going to it. They stand in order, so
 * by halves. */
function blockInView(list) {
	const line = parseFloat(getComputedStyle(root).scrollPaddingTop) + 8;
	let low = 0, high = list.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (list[middle].getBoundingClientRect().bottom < line)
			low = middle + 1;
		else
			high = middle;
	}
	return list[low];
}

const page = () => galley.single ? '' : location.pathname.split('/').pop();

/* As the contents link to it. */
const address = chapter => galley.single ? '#' + chapter.id : page();

/* ---- progress --------------------------------------------------------- */

function remember(list) {
	const block = blockInView(list);
	const chapter = block?.closest('.chapter') ||
		[...document.querySelectorAll('.chapter')].at(-1);
	if (!chapter)
		return;
	const box = chapter.getBoundingClientRect();
	const read = Math.min(1, (innerHeight - box.top) / box.height);
	const name = address(chapter);
	place.read[name] = Math.max(place.read[name] || 0, +read.toFixed(2));
	/* what ended above it was scrolled through */
	const before = chapter.previousElementSibling;
	if (before?.id && place.read['#' + before.id] > 0.5)
		place.read['#' + before.id] = 1;
	if (block && scrollY > 100)
		Object.assign(place, { page: page(), id: block.id });
	memory.set(galley.storage, place);
	if (!place.id)
		return;
	const book = memory.get(bookKey) || {};
	book.places = Object.assign(book.places || {}, {
		[round]: { page: place.page, id: place.id, at: Date.now() } });
	memory.set(bookKey, book);
}

function watchPlace(bar) {
	const chapter = document.querySelector('.chapter');
	const list = blocks();
	const running = bar.querySelector('.running-title');
	const title = running.textContent;
	const line = make('div', { class: 'progress', 'aria-hidden': 'true' });
	let total = 0, last = scrollY, waiting = false, timer;

	if (!chapter)
		return;
	bar.append(line);
	if (!galley.single)
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
				: words.wordsLeft.replace('%s', Math
					.round(total * (1 - read))
					.toLocaleString(root.lang));
		clearTimeout(timer);
		timer = setTimeout(remember, 400, list);
	};
	addEventListener('scroll', () => {
		if (!waiting)
			requestAnimationFrame(update);
		waiting = true;
	}, { passive: true });
	update();
}

/* ---- in the contents -------------------------------------------------- */

function showRead() {
	for (const link of document.querySelectorAll('.contents li > a')) {
		const read = place.read[link.getAttribute('href')];
		if (!(read > 0.02))
			continue;
		const done = read > 0.95;
		link.after(galley.inWords(make('span', { class: done
			? 'state read' : 'state begun' }, make('span',
			{ class: 'unseen' },
			done ? words.read : words.begun))));
	}
}

/* The place in this round, else in the one that was read last. A paragraph
 * that has changed since has another id: then its chapter will do. */
function lastPlace() {
	if (place.id)
		return place;
	const places = Object.values((memory.get(bookKey) || {}).places || {});
	return places.sort((a, b) => b.at - a.at)[0];
}

function offerPlace() {
	const was = lastPlace();
	const begin = document.querySelector('.begin');
	const links = [...document.querySelectorAll('.contents a')];
	if (!begin || !was || typeof was.id !== 'string' ||
		!/^[\w.-]+$/.test(was.id))
		return;
	const there = galley.single ? document.getElementById(was.id)
		: links.some(link => link.getAttribute('href') === was.page);
	if (there)
		begin.append(make('a', { href: was.page + '#' + was.id },
			words.continue));
}

key('KeyN', () => document.querySelector('a[rel=next]')?.click());
key('KeyP', () => document.querySelector('a[rel=prev]')?.click());

Object.assign(galley, { blocks, blockInView });

galley.ready(() => {
	offerPlace();
	showRead();
	watchPlace(document.querySelector('.bar'));
});
})();
