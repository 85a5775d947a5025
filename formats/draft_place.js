/* SPDX-License-Identifier: MIT */
/* Where the reader is: kept for the next time, and shown in the bar. */
(() => {
'use strict';
const { root, words, memory, make, key } = galley;

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
	const single = galley.single;
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
				: words.wordsLeft.replace('%s', Math
					.round(total * (1 - read))
					.toLocaleString(root.lang));
		clearTimeout(timer);
		timer = setTimeout(() => {
			const block = blockInView(list);
			if (block && scrollY > 100)
				memory.set(galley.storage, {
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
	const place = memory.get(galley.storage);
	const begin = document.querySelector('.begin');
	if (!begin || !place || typeof place.id !== 'string' ||
		!/^[\w.-]*$/.test(place.page) || !/^[\w.-]+$/.test(place.id))
		return;
	begin.append(make('a', { href: place.page + '#' + place.id },
		words.continue));
}

key('KeyN', () => document.querySelector('a[rel=next]')?.click());
key('KeyP', () => document.querySelector('a[rel=prev]')?.click());

Object.assign(galley, { blocks, blockInView });

galley.ready(() => {
	offerPlace();
	watchPlace(document.querySelector('.bar'));
});
})();
