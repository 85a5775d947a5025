/* SPDX-License-Identifier: MIT */
/* Search in the whole book. */
let index; /* of { href, place, text }; letters and their accents apart */

/* search.js calls this, with blocks' ids, numbers and words */
function draftIndex(chapters) {
	index = [];
	for (const [href, label, title, ...blocks] of chapters)
		for (let i = 0; i < blocks.length; i += 3) {
			const number = [label, blocks[i + 1]]
				.filter(Boolean).join('.');
			index.push({ href: href + '#' + blocks[i],
				place: (number && number + ' · ') + title,
				text: blocks[i + 2].trim().normalize('NFD') });
		}
}

/* The page that is a whole book is its own index. */
function indexPage() {
	draftIndex(all('.chapter').map(chapter => ['', '',
		one('h2, h3', chapter)?.textContent || '',
		...all('.label', chapter).flatMap(label => {
			const { id, textContent } = label.closest('[id]');
			return [id, label.dataset.label, textContent];
		})]));
}

/* ---- what is found ---- */

const alike = { ss: 'ß', ae: 'æ', oe: 'œ', th: 'þ', o: 'ø', l: 'ł', d: '[đð]',
	i: 'ı', '\'': '[‘’]', '"': '[“”]' };

/* Without regard to case, accents and the shapes of quotes. */
function pattern(question) {
	let text = question.normalize('NFD').replace(/\p{M}+/gu, '')
		.toLowerCase().replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&');
	for (const [plain, sign] of Object.entries(alike))
		text = text.replace(RegExp(sign, 'g'), plain)
			.replaceAll(plain, `(?:${plain}|${sign})`);
	return RegExp(text.replace(/\p{L}/gu, '$&\\p{M}*')
		.replace(/\s+/g, '\\s+'), 'iu');
}

/* All words of the question in a paragraph; those that have them as they
 * stand come first. */
function find(question) {
	const phrase = pattern(question);
	const each = question.split(/\s+/).map(pattern);
	return index.filter(({ text }) => each.every(part => part.test(text)))
		.map(item => [item, phrase.test(item.text) ? phrase : each[0]])
		.sort((x, y) => (y[1] === phrase) - (x[1] === phrase));
}

function snippet(text, found) {
	const start = text.search(found), [hit] = text.match(found);
	const before = text.slice(0, start);
	const after = text.slice(start + hit.length);
	/* words that are cut go; some scripts have no spaces */
	const few = before.length < 60 ? before
		: '…' + before.slice(-50).replace(/^\S{0,20}\s/, '');
	const more = after.length < 100 ? after
		: after.slice(0, 90).replace(/\s\S{0,20}$/, '') + '…';
	return [few.normalize(), make('mark', {}, hit.normalize()),
		more.normalize()];
}

/* ---- the window ---- */

const searchWindow = opens('search', openSearch);
const searchBox = one('input', searchWindow);
const searchList = one('ol', searchWindow);

function showResults() {
	const question = searchBox.value.trim();
	const found = index && question ? find(question) : [];
	searchList.replaceChildren(...found.slice(0, 60).map(([item, phrase]) =>
		make('li', {}, make('a', { href: item.href },
			make('small', {}, item.place),
			...snippet(item.text, phrase)))));
	one('p', searchWindow).textContent = !question ? '' : found.length
		? words.results.replace('%s', found.length) : words.nothing;
}

function openSearch() {
	if (single && !index)
		indexPage();
	if (index)
		showResults();
	else
		document.head.append(make('script', { src: 'search.js',
			onload: showResults, onerror: showResults }));
	searchBox.select();
}

on(searchBox, 'input', showResults);
on(searchWindow, 'keydown', event => {
	const links = [searchBox, ...all('a', searchList)];
	const at = links.indexOf(document.activeElement);
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step) {
		event.preventDefault();
		links[at + step]?.focus();
	} else if (event.key === 'Enter' && !at) {
		links[1]?.click();
	}
});
