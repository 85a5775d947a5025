/* SPDX-License-Identifier: MIT */
/* Search in the whole book. */
(() => {
'use strict';
const { words, make, panel, fold } = galley;

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
	if (galley.single) {
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
		: found.length ? words.results.replace('%s', found.length)
			: words.nothing;
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
		'aria-label': words.searchBook, placeholder: words.searchBook,
		autocomplete: 'off', spellcheck: 'false',
		enterkeyhint: 'search', oninput: showResults });
	searchBox.addEventListener('keydown', event => {
		if (event.key === 'Enter')
			searchList.querySelector('a')?.click();
	});
	searchStatus = make('p', { role: 'status' });
	searchList = make('ol', { class: 'results' });
	searchPanel = panel(words.search, 'search-title', searchStatus, searchList);
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
		searchStatus.textContent = words.nothing;
	});
}

galley.ready(() => galley.tool(words.search, 'F', galley.icon('M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM12 12l4.5 4.5'),
	openSearch));
})();
