/* SPDX-License-Identifier: MIT */
/* Where the reader is, and what is read: kept for the next time, shown in the
 * bar and in the contents. */

/* Of this draft: { page, id, read: { "fog.html": 0.5 } }; of the book, for
 * the next round: { seen: { "1": 1 }, places: { "1": { page, id, at } } }. */
const place = { page: '', id: '', read: {}, ...memory.get(draftKey) };
/* afresh: other rounds may be open beside */
const bookMemory = () => ({ seen: {}, places: {}, ...memory.get(bookKey) });
const page = location.pathname.split('/').pop();

/* ---- what is in view ---- */

const blockNames = ':is(p, li, figure, pre, .table)[id]';

/* The first of them that goes on below where a link would put its target: so
 * that a place is kept, not moved up, by going to it. They stand in order, so
 * by halves. */
function inView(elements) {
	const line = parseFloat(getComputedStyle(root).scrollPaddingTop) + 8;
	let low = 0, high = elements.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (elements[middle].getBoundingClientRect().bottom < line)
			low = middle + 1;
		else
			high = middle;
	}
	return elements[low];
}

/* By chapters: asking a block where it is has its chapter laid out. */
const chapterInView = () => inView(all('.chapter')) || all('.chapter').at(-1);
const blockInView = chapter => inView(all(blockNames, chapter));

/* ---- progress ---- */

function remember() {
	const chapter = chapterInView(), block = blockInView(chapter);
	const box = chapter.getBoundingClientRect();
	const read = Math.min(1, (innerHeight - box.top) / box.height);
	/* as the contents link to it */
	const name = single ? '#' + chapter.id : page;
	place.read[name] = Math.max(place.read[name] || 0, +read.toFixed(2));
	/* what ended above it was scrolled through */
	const before = '#' + chapter.previousElementSibling?.id;
	if (place.read[before] > 0.5)
		place.read[before] = 1;
	if (block && scrollY > 100)
		Object.assign(place,
			{ page: single ? '' : page, id: block.id });
	memory.set(draftKey, place);
	if (!place.id)
		return;
	const book = bookMemory();
	book.places[rounds.at(-1)] = { page: place.page, id: place.id,
		at: Date.now() };
	memory.set(bookKey, book);
}

function watchPlace() {
	const chapter = one('.chapter');
	const bar = one('.bar'), running = one('.running-title');
	const title = running.textContent;
	let last = scrollY, waiting = 0, timer;

	if (!chapter)
		return;
	const total = single ? 0 : chapter.textContent.split(/\s+/).length;
	const update = () => {
		const left = 1 - scrollY / (root.scrollHeight - innerHeight);
		waiting = 0;
		bar.style.setProperty('--read', 1 - left);
		bar.classList.toggle('away',
			scrollY > last + 4 && scrollY > 200);
		if (Math.abs(scrollY - last) > 4)
			last = scrollY;
		running.textContent = !total || scrollY < 200 ? title
			: words.wordsLeft.replace('%s', Math.round(total *
				left).toLocaleString(root.lang));
		clearTimeout(timer);
		timer = setTimeout(remember, 400);
	};
	on(window, 'scroll', () => waiting ||= requestAnimationFrame(update));
	update();
}

/* ---- in the contents ---- */

function showRead() {
	for (const link of all('.contents li > a')) {
		const read = place.read[link.getAttribute('href')];
		const [state, name] = read > 0.95 ? ['read', words.read]
			: ['begun', words.begun];
		if (read > 0.02)
			link.after(make('span', { ...ours,
				className: 'state ' + state },
			make('span', { className: 'unseen' }, name)));
	}
}

/* The place in this round, else in the one that was read last. A paragraph
 * that has changed since has another id: then its chapter will do. */
function offerPlace() {
	const was = place.id ? place : Object.values(bookMemory().places)
		.sort((a, b) => b.at - a.at)[0];
	if (was && /^[\w.-]+$/.test(was.id) && (single
		? document.getElementById(was.id)
		: all('.contents a').some(link =>
			link.getAttribute('href') === was.page)))
		one('.begin')?.append(make('a',
			{ href: was.page + '#' + was.id }, words.continue));
}

ready(() => {
	offerPlace();
	showRead();
	watchPlace();
});
