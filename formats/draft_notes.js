/* SPDX-License-Identifier: MIT */
/* Notes in their place, and what else the text does by itself. */
(() => {
'use strict';
const { root, words, make } = galley;

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
		'aria-label': words.note.replace('%s', mark.textContent) },
		...copy.childNodes,
		make('button', { type: 'button', 'aria-label': words.close,
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

galley.ready(() => {
	document.addEventListener('click', onClick);
	document.addEventListener('keydown', event => {
		if (event.key === 'Escape' && noteWindow)
			closeNote(true);
	});
	addEventListener('resize', () => closeNote(false));
	letTablesScroll();
});
})();
