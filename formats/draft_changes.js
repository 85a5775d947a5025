/* SPDX-License-Identifier: MIT */
/*
 * What is new for a reader who comes from an earlier round: web_changes.c has
 * what the page says of it. Which round that was is known from the browser's
 * memory; who has none is told of the changes since the round before.
 */
const own = rounds.length - 1;
const { seen } = bookMemory();
const readBefore = rounds.findLastIndex((name, i) => i < own && seen[name]);
const since = { base: readBefore < 0 ? own - 1 : readBefore,
	show: readBefore >= 0, ...memory.get(draftKey + ':changes') };

/* Also in the first round: for the next one. */
memory.set(bookKey, { ...bookMemory(), seen: { ...seen, [rounds[own]]: 1 } });

let changedChapters; /* [href, title, changes]; of a site, of its draft.js */
let changed = []; /* blocks, in order */
let changeAt = -1;

/* What is said of a chapter's changes, "new 2 0"; nothing if there are none. */
function describe(changes = '') {
	const count = changes.split(' ')[since.base];
	return count === 'new' ? words.isNew
		: count > 0 ? words.changes.replace('%s', count) : '';
}

/* ---- in the text and in the contents ---- */

function addCutNote(block, where) {
	const note = make('div',
		{ ...ours, className: 'cut-note', role: 'note' }, words.cutHere);
	while (block.parentElement.matches('ul, ol, dl, table, figure'))
		block = block.parentElement;
	block[where](note);
	changed.push(note);
}

function markText() {
	const isNew = number => since.show && number > since.base;
	changed = [];
	changeAt = -1;
	all('.cut-note').forEach(note => note.remove());
	for (const block of all(
		'main :is([data-since], [data-cut], [data-cut-after])')) {
		const { since, cut, cutAfter } = block.dataset;
		if (isNew(cut))
			addCutNote(block, 'before');
		if (block.classList.toggle('changed', isNew(since)))
			changed.push(block);
		block.setAttribute('aria-description',
			isNew(since) ? words.changed : '');
		if (isNew(cutAfter))
			addCutNote(block, 'after');
	}
}

function markContents() {
	for (const line of all('.contents .changes'))
		line.hidden = !(line.textContent =
			describe(line.parentElement.dataset.changes));
	for (const note of all('.changes-note'))
		note.textContent = words.changedSince.replace('%s',
			rounds[since.base]);
}

function showSince(what) {
	memory.set(draftKey + ':changes', Object.assign(since, what));
	markText();
	markContents();
}

/* ---- from one to the next ---- */

function goTo(i) {
	changeAt = i;
	changed[i].tabIndex = -1;
	changed[i].scrollIntoView({ block: 'center' });
	changed[i].focus({ preventScroll: true });
	status.textContent = `${i + 1} / ${changed.length}`;
}

/* On to the next one or back, counted from what is in sight; then in the next
 * chapter that has some; from the contents, in the first. */
function step(by) {
	if (!since.show)
		showSince({ show: true });
	const inSight = changed.filter(block => extent(block)[0] <= 60).length;
	const i = (changeAt < 0 ? inSight - (by > 0) : changeAt) + by;
	if (changed[i])
		return goTo(i);
	const chapters = changedChapters.filter(([href, , changes]) =>
		href === page || describe(changes));
	const next = chapters[by +
		chapters.findIndex(([href]) => href === page)];
	if (next && !single)
		location.href = next[0] + '#change' + by;
}

/* ---- the window ---- */

const changesWindow = opens('changes', listChanges, own);
const sinceBox = one('select', changesWindow);
const showBox = one('[type="checkbox"]', changesWindow);

function listChanges() {
	const some = changedChapters.filter(chapter => describe(chapter[2]));
	one('ol', changesWindow).replaceChildren(...some.map(
		([href, title, changes]) => make('li', {},
			make('a', { href }, title, ' ',
				make('small', {}, describe(changes))))));
	one('p', changesWindow).hidden = some.length;
	sinceBox.value = since.base;
	showBox.checked = since.show;
}

sinceBox.append(...rounds.slice(0, -1).map((name, value) =>
	make('option', { value }, words.sinceRound.replace('%s', name))));
on(changesWindow, 'change', () => {
	showSince({ base: +sinceBox.value, show: showBox.checked });
	listChanges();
});
for (const button of all('[value]', changesWindow))
	on(button, 'click', () => {
		changesWindow.close();
		step(+button.value);
	});

if (own)
	ready(() => {
		changedChapters ||= all('.contents [data-changes] > a').map(link =>
			[link.getAttribute('href'), link.textContent,
				link.parentElement.dataset.changes]);
		markText();
		markContents();
		const at = { '#change1': 0, '#change-1': changed.length - 1 };
		if (changed[at[location.hash]])
			goTo(at[location.hash]);
	});
