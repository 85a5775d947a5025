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

let changedChapters; /* [href, title, oldest, counts]; in a site, of draft.js */
let changed = []; /* blocks, in order */
let changeAt = -1;

const sum = counts => counts.slice(since.base + 1).reduce((a, b) => a + b, 0);
const describe = (oldest, counts) => oldest > since.base ? words.isNew
	: words.changes.replace('%s', sum(counts));
const countsOf = li => (li.dataset.changes || '').split(' ').map(Number);

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
	all('.cut-note').forEach(note => note.remove());
	for (const block of all('.changed')) {
		block.classList.remove('changed');
		block.removeAttribute('aria-description');
	}
	changed = [];
	changeAt = -1;
	for (const block of since.show ? all(
		'main :is([data-since], [data-cut], [data-cut-after])') : []) {
		const { cut, cutAfter } = block.dataset;
		if (cut > since.base)
			addCutNote(block, 'before');
		if (block.dataset.since > since.base) {
			block.classList.add('changed');
			block.setAttribute('aria-description', words.changed);
			changed.push(block);
		}
		if (cutAfter > since.base)
			addCutNote(block, 'after');
	}
}

function markContents() {
	for (const li of all('.contents [data-changes]')) {
		const counts = countsOf(li);
		const line = one(':scope > .changes', li);
		line.hidden = !sum(counts);
		line.textContent = describe(+li.dataset.oldest, counts);
	}
	const note = one('.changes-note');
	if (note)
		note.textContent = words.changedSince.replace('%s',
			rounds[since.base]);
}

function showSince(what) {
	Object.assign(since, what);
	memory.set(draftKey + ':changes', since);
	markText();
	markContents();
}

/* ---- from one to the next ---- */

const jump = 'galley:jump';

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
	const inSight = changed.filter(block =>
		block.getBoundingClientRect().top <= 60).length;
	const i = changeAt >= 0 ? changeAt + by
		: by > 0 ? inSight : inSight - 1;
	if (changed[i] || single)
		return changed[i] && goTo(i);
	let next = changedChapters.findIndex(([href]) => href === page);
	do
		next += by;
	while (changedChapters[next] && !sum(changedChapters[next][3]));
	if (changedChapters[next]) {
		memory.set(jump, by);
		location.href = changedChapters[next][0];
	}
}

/* ---- the window ---- */

const changesWindow = opens('changes', listChanges);
const sinceBox = one('select', changesWindow);
const showBox = one('[type="checkbox"]', changesWindow);

function listChanges() {
	const some = changedChapters.filter(([, , , counts]) => sum(counts));
	one('ol', changesWindow).replaceChildren(...some.map(
		([href, title, oldest, counts]) => make('li', {},
			make('a', { href }, title, ' ',
				make('small', {}, describe(oldest, counts))))));
	one('p', changesWindow).hidden = some.length > 0;
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
		changedChapters ||= all('.contents li:has(> a)').map(li => {
			const link = one('a', li);
			return [link.getAttribute('href'), link.textContent,
				+li.dataset.oldest, countsOf(li)];
		});
		markText();
		markContents();
		const by = memory.get(jump);
		memory.set(jump, null);
		if (by && changed.length)
			goTo(by > 0 ? 0 : changed.length - 1);
	});
else
	for (const part of [changesWindow, one('[name="changes"]', tools)])
		part.remove();
