/* SPDX-License-Identifier: MIT */
/* Notes in their place, and what else the text does by itself. */
const noteWindow = one('.note-window', parts);
let noteMark;

function openNote(mark, note) {
	const copy = note.cloneNode(true);
	all('.backlink', copy).forEach(link => link.remove());
	all('[id]', copy).forEach(element => element.removeAttribute('id'));
	noteWindow.firstElementChild.replaceChildren(...copy.childNodes);
	noteWindow.ariaLabel = words.note.replace('%s', mark.textContent);
	noteMark = mark;
	mark.focus({ preventScroll: true }); /* and there it returns */
	showAt(noteWindow, mark.getBoundingClientRect(), mark);
	noteWindow.focus({ preventScroll: true });
}

on(noteWindow, 'beforetoggle', ({ newState }) =>
	noteMark.ariaExpanded = newState === 'open');

on(document, 'click', event => {
	const mark = event.target.closest('a.noteref');
	const note = mark && one(mark.hash);
	if (!note || isModified(event) || !hasPopovers)
		return;
	event.preventDefault();
	openNote(mark, note);
});

/* Tables that are too wide scroll, and then by keys too. */
ready(() => {
	const fit = new ResizeObserver(entries => {
		for (const { target } of entries)
			target.tabIndex =
				target.scrollWidth > target.clientWidth ||
				target.scrollHeight > target.clientHeight
				? 0 : -1;
	});
	for (const table of all('.table > table')) {
		/* a stop until it is drawn and known to fit */
		const box = make('div', { className: 'scroll', tabIndex: 0 });
		table.replaceWith(box);
		box.append(table);
		fit.observe(box);
	}
});
