/* SPDX-License-Identifier: MIT */
/* Where the reader is, and what is read: kept for the next time, shown in the
 * bar and in the contents. */

/* how far each page or chapter of this draft is: { "fog.html": 0.5 } */
const { read } = { read: {}, ...memory.get(draftKey) };
/* Of the book, for the next round: { seen: { "1": 1 }, places: { "1":
 * { href, at } } }; afresh: other rounds may be open beside. */
const bookMemory = () => ({ seen: {}, places: {}, ...memory.get(bookKey) });
/* the name of this page, before "#" in links; a page alone needs none */
const page = single ? '' : location.pathname.split('/').pop();

/* ---- what is in view ---- */

const blockNames = ':is(p, li, figure, pre, .table)[id]';

/* The first of them that goes on beyond where a link would put its target: so
 * that a place is kept, not moved, by going to it. */
function inView(elements) {
	const line = parseFloat(getComputedStyle(root).scrollPaddingBlockStart);
	return elements.find(element => extent(element)[1] > line + 8);
}

/* By chapters: asking a block where it is has its chapter laid out. */
const chapterInView = () => inView(all('.chapter')) || all('.chapter').at(-1);
const blockInView = chapter => inView(all(blockNames, chapter));

/* ---- progress ---- */

function remember() {
	const chapter = chapterInView(), block = blockInView(chapter);
	const [start, end, room] = extent(chapter);
	/* as the contents link to it */
	const name = page || '#' + chapter.id;
	read[name] = Math.max(read[name] || 0,
		+Math.min(1, (room - start) / (end - start)).toFixed(2));
	/* what ended before it was scrolled through */
	const before = '#' + chapter.previousElementSibling?.id;
	if (read[before] > 0.5)
		read[before] = 1;
	memory.set(draftKey, { read });
	if (!block || extent(root)[0] > -100)
		return;
	const book = bookMemory();
	book.places[rounds.at(-1)] = { at: Date.now(),
		href: page + '#' + block.id };
	memory.set(bookKey, book);
}

function watchPlace() {
	const chapter = one('.chapter');
	const bar = one('.bar'), running = one('.running-title');
	const title = running.textContent;
	let last = 0, timer;

	if (!chapter)
		return;
	/* where there are no spaces, signs */
	const total = single ? 0 : chapter.textContent
		.match(/[぀-鿿]|[^\s぀-鿿]+/g)?.length;
	const update = () => {
		const [start, end, room] = extent(root);
		const left = (end - room) / (end - start - room);
		bar.style.setProperty('--read', 1 - left);
		bar.classList.toggle('away', start < Math.min(last, -200));
		last = start;
		running.textContent = !total || start > -200 ? title
			: words.wordsLeft.replace('%s', Math.round(total *
				left).toLocaleString(root.lang));
		clearTimeout(timer);
		timer = setTimeout(remember, 400);
	};
	on(window, 'scroll', update); /* browsers tell it once a frame */
	update();
}

/* Wheels and page keys know only up and down. */
function scrollAlong(event, by) {
	if (by && isVertical() && !isModified(event) &&
		!event.target.closest('dialog, textarea, [popover]'))
		scrollBy(-by, 0);
}
on(window, 'wheel', event => scrollAlong(event, event.deltaY));
on(window, 'keydown', event => scrollAlong(event, innerWidth * {
	PageDown: 0.9, PageUp: -0.9, End: 1e6, Home: -1e6 }[event.key]));

/* ---- in the contents ---- */

function showRead() {
	for (const link of all('.contents li > a')) {
		const part = read[link.getAttribute('href')];
		const [state, name] = part > 0.95 ? ['read', words.read]
			: ['begun', words.begun];
		if (part > 0.02)
			link.after(make('span', { ...ours,
				className: 'state ' + state },
			make('span', { className: 'unseen' }, name)));
	}
}

/* The place in this round, else in the one that was read last. A paragraph
 * that has changed since has another id: then its chapter will do. */
function offerPlace() {
	const { places } = bookMemory();
	const { href = '#' } = places[rounds.at(-1)] || Object.values(places)
		.sort((a, b) => b.at - a.at)[0] || {};
	const [name, id] = href.split('#');
	if (single ? document.getElementById(id)
		: one(`.contents [href="${name}"]`))
		one('.begin')?.append(make('a', { href }, words.continue));
}

ready(() => {
	offerPlace();
	showRead();
	watchPlace();
});
