/* SPDX-License-Identifier: MIT */
/* Where a reader says something: words that are selected, or a paragraph by
 * its number; and the form in its place. */
const placesIn = chapter => all('[id], [data-at]', chapter);

/* ---- what is meant ---- */

const labelOf = block =>
	one('.label', block.closest(':has(> .label)') || block);

function passageOf(block) {
	const chunk = chunkOf(block), seen = shown(block);
	return (chunk && passage(seen, chunk)) ||
		{ ...seen, text: seen.text.trimEnd() };
}

/*
 * What an item about units a up to b of a block has, whatever is said: it is
 * about the nth place in a chapter. Chapter -1 is the book.
 */
function about(block, a = 0, b = 0) {
	const chapter = block.closest('.chapter');
	const { path, blob, text } = passageOf(block);
	return {
		id: Math.random().toString(36), path, blob, a, b,
		quote: text.slice(a, b), text, why: '',
		label: (labelOf(block) || chapter)?.dataset.label || '',
		href: page + '#' + block.closest('[id]').id,
		chapter: +(chapter?.dataset.order ?? -1),
		nth: placesIn(chapter || document).indexOf(block)
	};
}

/* For what is about the chapter shown, or the book. */
const headBlock = () => one('[data-at], h1', chapterInView());

/* None if it stands in another page. */
function blockOf({ chapter, nth }) {
	const within = one(`[data-order="${chapter}"]`);
	return chapter < 0 ? headBlock() : within && placesIn(within)[nth];
}

/* Units a up to b of the passage that are selected: whole words, without the
 * spaces around them. */
function selected(p, range) {
	const isIn = ({ node, offset }) => range.isPointInRange(node, offset) &&
		range.isPointInRange(node, offset + 1);
	const found = segments(p.text).filter(({ index, segment }) =>
		segment.trim() && p.units.slice(index, index + segment.length)
			.some(isIn));
	const last = found.at(-1);
	return last && [found[0].index, last.index + last.segment.length];
}

/* ---- the bar of what can be done ---- */

const sayBar = one('.suggest-bar', parts);
const [editButton] = sayBar.children;
let target; /* [block, a, b] */

function showBar(what, source, at = source) {
	target = what;
	source.closest('.note-window, main').append(sayBar);
	showAt(sayBar, at.getBoundingClientRect(), source);
}

/* the selection stays while a button is pressed */
on(sayBar, 'mousedown', event => event.preventDefault());
on(sayBar, 'click', ({ target: { name } }) => {
	const [block] = target;
	/* other words for a passage are one item */
	const before = name === 'edit' &&
		items.find(x => x.old && blockOf(x) === block);
	if (name)
		openForm(name, block, before || about(...target));
});

function onSelection() {
	const selection = getSelection();
	const range = selection.isCollapsed ? null : selection.getRangeAt(0);
	const from = range?.startContainer;
	const block = (from?.closest ? from : from?.parentElement)
		?.closest('[data-at]');
	const note = block?.closest('.note-window');
	/* a note in its window is a copy of the one below */
	const own = !note ? block : all('[data-at]', one(noteMark.hash))[
		all('[data-at]', note).indexOf(block)];
	const part = own && selected(passageOf(block), range);
	if (part)
		showBar([own, ...part], block, range);
	else if (!one(':focus', sayBar))
		sayBar.hidePopover();
}

/* ---- a form in the place of the passage ---- */

const form = one('form.suggest', parts);
const { text: area, why } = form.elements;
let work; /* { block, p, item }, while it is open */

/* With what goes and comes; what is parted by no word is one. */
function marked(old, now) {
	const out = [];
	let at = 0;
	for (const { a, b, text } of diff(old, now)) {
		const between = old.slice(at, a), gone = old.slice(a, b);
		if (out.length && !isWord(between)) {
			out.at(-2).append(between, gone);
			out.at(-1).append(between, text);
		} else {
			out.push(between, make('del', {}, gone),
				make('ins', {}, text));
		}
		at = b;
	}
	return [...out, old.slice(at)];
}

/* The item with what the fields say. */
function filledIn() {
	const { p, item } = work, text = tidy(p, area.value);
	const splices = p.source && splicesFor(p, text);
	return { ...item, why: why.value.trim(), text,
		old: text !== p.text && p.text, splices, isRemark: !splices };
}

function showChange() {
	const { old, text, splices } = filledIn();
	one('.now', form).replaceChildren(...marked(work.p.text, text));
	one('.note-of', form).textContent = old && splices === null
		? words.noWords : '';
}

/* What is not beyond doubt is a remark; so is what is said of words that stay
 * as they are. */
function save() {
	const { p, item } = work, said = filledIn();
	if ([area, why].every(x => x.value === x.defaultValue))
		return;
	if (said.isRemark && p.source && item.chapter >= 0)
		said.splices = remarkSplices(p, item.a, item.b,
			changesOf(said).join('; ') + ' ' + said.why);
	if (said.old || said.why)
		keep(said, p.source);
	else
		drop(x => x.id === item.id);
}

/* What was typed is kept, whatever closes it but Cancel. */
function closeForm() {
	if (!work)
		return;
	save();
	form.remove();
	offer(labelOf(work.block));
	work = undefined;
	stop?.focus({ preventScroll: true });
}

/* To `name`: edit or remark. */
function openForm(name, block, item) {
	closeForm();
	saidWindow.close();
	noteWindow.hidePopover();
	sayBar.hidePopover();
	work = { block, p: passageOf(block), item };
	form.name = name;
	one('blockquote', form).textContent = item.quote;
	for (const field of [area, why]) {
		field.defaultValue = field.value = item[field.name];
		field.rows = field.textLength / 40 + 1;
		field.style.fieldSizing = 'content'; /* unknown to validators */
	}
	showChange();
	if (block.matches('li'))
		block.append(form);
	else
		(block.closest('.table, .stanza, figure') || block).after(form);
	(name === 'edit' ? area : why).focus({ preventScroll: true });
	form.scrollIntoView({ block: 'nearest' });
	if (item.b && !item.old)
		area.setSelectionRange(item.a, item.b);
}

on(form, 'input', showChange);
on(form, 'submit', event => {
	event.preventDefault();
	if (event.submitter.name === 'cancel')
		form.reset();
	closeForm();
});
on(form, 'keydown', event => {
	if (event.key === 'Escape' || (event.key === 'Enter' &&
		(event.ctrlKey || event.metaKey)))
		closeForm();
});
on(window, 'pagehide', () => work && save());

/* ---- labels: one is a stop of the Tab key, arrows lead to the others ---- */

let stop;

function offer(label) {
	if (!label)
		return;
	if (stop)
		Object.assign(stop, { ariaHidden: 'true', tabIndex: -1 });
	stop = Object.assign(label, { ariaHidden: null, tabIndex: 0,
		role: 'button', ariaLabel: words.paragraph.replace('%s',
			label.dataset.label) });
}

function onLabel(event) {
	const label = event.target.closest('.label');
	if (!label || isModified(event))
		return;
	const inner = label.parentElement;
	const block = all('[data-at]').find(x => inner.contains(x));
	event.preventDefault();
	offer(label);
	label.focus(); /* and there it returns */
	showBar([block || inner], label);
	editButton.focus();
}

function onKey(event) {
	const label = event.target.closest('.label');
	const step = { ArrowDown: 1, ArrowUp: -1, ' ': 0 }[event.key];
	/* to what can be done with words selected, or to the number in view */
	if (isShortcut(event) && event.code === 'KeyS') {
		if (sayBar.matches(':popover-open'))
			return editButton.focus();
		offer(one('.label', blockInView(chapterInView()) || document));
		stop?.focus();
	} else if (label && step !== undefined) {
		const labels = all('.label');
		event.preventDefault();
		offer(labels[labels.indexOf(label) + step]);
		stop.focus();
		if (!step)
			label.click();
	}
}
