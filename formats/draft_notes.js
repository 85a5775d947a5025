/* SPDX-License-Identifier: MIT */
/* Notes in their place, and what else the text does by itself. */
const noteWindow = one('.note-window', parts);
let noteMark;

function openNote(event) {
	const mark = event.target.closest('a.noteref');
	const copy = mark && one(mark.hash)?.cloneNode(true);
	if (!copy || isModified(event) || !hasPopovers)
		return;
	event.preventDefault();
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

on(document, 'click', openNote);

/* Tables that are too wide scroll by keys too. */
ready(() => {
	const fit = new ResizeObserver(entries => entries.forEach(
		({ target }) => target.tabIndex =
			target.scrollWidth > target.clientWidth ||
			target.scrollHeight > target.clientHeight ? 0 : -1));
	all('.scroll').forEach(box => fit.observe(box));
});
