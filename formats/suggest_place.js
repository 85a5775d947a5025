/* SPDX-License-Identifier: MIT */
/* Where a reader says something: words that are selected, or a paragraph by
 * its number; and the passage as text to edit in its place. */
const passages = '[data-at], :is(.chapter, .note-window) :is(p, li, h1, h2, ' +
	'h3, h4, h5, h6, td, th, figcaption, caption)';

/* ---- what is meant ---- */

const labelOf = block =>
	one('.label', block.closest(':has(> .label)') || block);

/* What an item about the block has, whatever is said. */
function about(block) {
	const chapter = block.closest('.chapter'), chunk = chunkOf(block);
	const id = block.closest('[id]')?.id;
	return {
		id: Math.random().toString(36).slice(2),
		path: chunk?.path, blob: chunk?.blob,
		at: block.dataset.at?.split(' ')[1],
		label: (labelOf(block) || chapter)?.dataset.label || '',
		href: page + (id ? '#' + id : ''),
		order: chapter ? [+chapter.dataset.order,
			1 + all('*', chapter).indexOf(block)] : [-1, 0]
	};
}

function passageOf(block) {
	const chunk = chunkOf(block);
	const p = chunk && passage(block, chunk.text);
	if (p)
		return p;
	const seen = shown(block);
	return { ...seen, text: seen.text.trimEnd() };
}

/* Units a up to b of the passage that are selected: whole words, without the
 * spaces around them. */
function selected(p, range) {
	let a = Infinity, b = 0;
	for (const [node, start] of p.nodes) {
		if (!range.intersectsNode(node))
			continue;
		a = Math.min(a, start + (node === range.startContainer
			? range.startOffset : 0));
		b = start + (node === range.endContainer ? range.endOffset
			: node.length);
	}
	const found = segments(p.text).filter(({ index, segment }) =>
		index < b && index + segment.length > a && segment.trim());
	const last = found.at(-1);
	return last && { a: found[0].index,
		b: last.index + last.segment.length };
}

/* ---- the bar of what can be done ---- */

const sayBar = one('.suggest-bar', parts);
let target; /* { block, p, a, b, label } */

/* the selection stays while a button is pressed */
on(sayBar, 'mousedown', event => event.preventDefault());
on(sayBar, 'click', event => {
	const say = { edit, remark }[event.target.name];
	noteWindow.hidePopover();
	sayBar.hidePopover();
	say?.(target);
});

function onSelection() {
	const selection = getSelection();
	const range = selection.rangeCount && selection.getRangeAt(0);
	const from = range && !range.collapsed && range.startContainer;
	const block = from && (from.closest ? from : from.parentElement)
		.closest(passages);
	const note = block && block.closest('.note-window');
	/* a note in its window is a copy of the one below */
	const own = !note ? block
		: one(`${noteMark.hash} [data-at="${block.dataset.at}"]`) ||
			one(`${noteMark.hash} p`);
	const part = own && !block.closest('.suggest') &&
		selected(passageOf(block), range);
	if (part) {
		target = { ...part, block: own, p: passageOf(own) };
		(note || one('main')).append(sayBar);
		showAt(sayBar, range.getBoundingClientRect());
	} else if (!target?.label && !sayBar.contains(document.activeElement)) {
		sayBar.hidePopover();
	}
}

/* ---- a form in the place of the passage ---- */

const [editForm, remarkForm] = all('form.suggest', parts);
let form, formBlock, typed, save;

function closeForm(keeps) {
	if (!form)
		return;
	if (keeps)
		save();
	form.remove();
	form = undefined;
	one('.suggesting')?.classList.remove('suggesting');
	offer(labelOf(formBlock));
	stop?.focus({ preventScroll: true });
}

/* What was typed is kept by `onSave`, whatever ends it but Cancel. */
function openForm(next, block, onSave) {
	closeForm(typed);
	[form, formBlock, typed, save] = [next, block, false, onSave];
	if (block.matches('li'))
		block.append(form);
	else
		(block.closest('.table, .stanza, figure') || block).after(form);
	if (form === editForm && form.previousSibling === block)
		block.classList.add('suggesting');
	for (const area of all('textarea', form)) {
		area.style.fieldSizing = 'content'; /* validators know it not */
		area.rows = area.value.length / 40 + 1;
	}
	one('textarea', form).focus({ preventScroll: true });
	form.scrollIntoView({ block: 'nearest' });
}

for (const each of [editForm, remarkForm]) {
	on(each, 'input', () => typed = true);
	on(each, 'submit', event => {
		event.preventDefault();
		closeForm(true);
	});
	on(one('[type="button"]', each), 'click', () => closeForm(false));
	on(each, 'keydown', event => {
		if (event.key === 'Escape')
			closeForm(typed);
		else if (event.key === 'Enter' &&
			(event.ctrlKey || event.metaKey))
			closeForm(true);
	});
}
on(window, 'pagehide', () => form && typed && save());

/* `old` with what goes and comes, and no more than `few` characters around. */
function marked(old, text, few = Infinity) {
	const out = [];
	let at = 0;
	for (const hunk of joinedDiff(old, text)) {
		const start = Math.max(at, old.lastIndexOf(' ', hunk.a - few));
		out.push(start > at ? '…' : '', old.slice(start, hunk.a),
			make('del', {}, old.slice(hunk.a, hunk.b)),
			make('ins', {}, hunk.text));
		at = hunk.b;
	}
	const rest = old.slice(at);
	return [...out, rest.length > few + 6
		? rest.slice(0, few).replace(/\S*$/, '…') : rest];
}

const isSameBlock = (x, y) => x.path === y.path && (x.at ? x.at === y.at
	: x.href === y.href && x.order[1] === y.order[1]);

function edit({ block, p, a, b }) {
	const item = about(block);
	const before = items.find(x =>
		x.isEdit && !x.sent && isSameBlock(x, item));
	const { text: area, why } = editForm.elements;
	let text, splices;
	const update = () => {
		text = tidy(p, area.value);
		splices = p.source && text !== p.text ? splicesFor(p, text)
			: undefined;
		one('.now', editForm).replaceChildren(...marked(p.text, text));
		one('.note-of', editForm).textContent =
			splices === null ? words.noWords : '';
	};
	area.value = before ? before.text : p.text;
	why.value = before?.why || '';
	area.oninput = update;
	update();
	openForm(editForm, block, () => {
		const said = { ...item, id: before?.id || item.id,
			text, splices, old: p.text, why: why.value.trim(),
			isEdit: splices !== null };
		if (splices === null)
			said.splices = remarkSplices(p, 0, 0,
				changesOf(said).join('; ') + ' ' + said.why);
		if (text !== p.text)
			keep(said);
		else if (before)
			drop([before]);
	});
	if (b && !before)
		area.setSelectionRange(a, b);
}

/* About words, a paragraph, a chapter (its heading), or the book. */
function remark({ block, p, a, b }, before) {
	const item = before || about(block);
	const quote = before ? before.quote : p.text.slice(a, b);
	const { why } = remarkForm.elements;
	why.value = before?.why || '';
	one('blockquote', remarkForm).textContent = quote;
	openForm(remarkForm, block, () => {
		const said = why.value.trim();
		if (said)
			keep({ ...item, why: said, quote, a, b, splices: p?.source
				? remarkSplices(p, a, b, said)
				: item.splices });
	});
}

/* From the list: what is about the chapter shown, or the book. */
function remarkOn(block, isBook) {
	const item = { ...about(block), quote: '' };
	item.label = block.closest('.chapter')?.dataset.label || '';
	if (isBook)
		Object.assign(item, { path: undefined, blob: undefined,
			at: undefined, label: '', order: [-1, 0] });
	remark({ block, p: isBook ? undefined : passageOf(block), a: 0, b: 0 },
		item);
}

function blockOf(item) {
	const [name, id] = item.href.split('#');
	if (name !== page)
		return null;
	const number = all('script.source')
		.findIndex(x => x.dataset.path === item.path);
	return item.at ? one(`[data-at^="${number} ${item.at} "]`)
		: document.getElementById(id);
}

function openItem(item, block) {
	const { a = 0, b = 0 } = item;
	const what = { block, p: passageOf(block), a, b };
	if (item.old !== undefined)
		edit(what);
	else
		remark(item.path ? what : { block }, item);
}

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
	const block = inner.matches('[data-at]') ? inner
		: one('[data-at]', inner) || inner;
	event.preventDefault();
	offer(label);
	label.focus({ preventScroll: true }); /* and there it returns */
	target = { block, p: passageOf(block), a: 0, b: 0, label };
	one('main').append(sayBar);
	showAt(sayBar, label.getBoundingClientRect(), label);
	sayBar.firstElementChild.focus({ preventScroll: true });
}

function onKey(event) {
	const label = event.target.closest('.label');
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	/* to what can be done with words selected, or to the number in view */
	if (isShortcut(event) && event.code === 'KeyS') {
		const block = blockInView(chapterInView());
		const isOpen = sayBar.matches(':popover-open');
		if (!isOpen)
			offer(one('.label', block || document));
		(isOpen ? sayBar.firstElementChild : stop)?.focus();
	} else if (label && step) {
		const labels = all('.label');
		event.preventDefault();
		offer(labels[labels.indexOf(label) + step]);
		stop.focus();
	} else if (label && event.key === ' ') {
		event.preventDefault();
		label.click();
	}
}

if (draft.tag)
	ready(() => {
		let timer;
		on(document, 'selectionchange', () => {
			clearTimeout(timer);
			timer = setTimeout(onSelection, 200);
		});
		on(document, 'click', onLabel);
		on(document, 'keydown', onKey);
		offer(one('.chapter .label'));
	});
