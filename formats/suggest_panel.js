/* SPDX-License-Identifier: MIT */
/* The list of what a reader has said, and the ways to send it. */
(galley => {
'use strict';
if (!galley.draft?.tag)
	return;
const { make, icon, memory, draft, words } = galley;
let dialog, list, ways, status, button, count;

const control = (name, onclick, more) => make('button',
	{ type: 'button', onclick, ...more }, name);

/* ---- the list ---- */

function summary(item) {
	const out = make('p', { dir: 'auto' });
	if (item.old === undefined) {
		if (item.quote)
			out.append(make('q', {}, item.quote), ' ');
		out.append(item.why);
		return out;
	}
	let at = 0;
	for (const h of galley.joinHunks(item.old, galley.diff(item.old,
		item.text))) {
		const start = Math.max(at, item.old.lastIndexOf(' ', h.a - 24));
		out.append(start > at ? '\u2026' : '',
			item.old.slice(start, h.a),
			make('del', {}, item.old.slice(h.a, h.b)),
			make('ins', {}, h.text));
		at = h.b;
	}
	const rest = item.old.slice(at);
	out.append(rest.length > 30 ? rest.slice(0, 24).replace(/\S*$/, '\u2026')
		: rest, item.why ? ' (' + item.why + ')' : '');
	return out;
}

function row(item) {
	const name = item.label || words.aboutBook;
	return make('li', { class: item.sent ? 'sent' : '' },
		make('a', { href: item.href, onclick: event => {
			if (galley.blockOf(item))
				dialog.close();
			else if (!item.path)
				event.preventDefault();
		} }, name), item.sent ? ' \u2013 ' + words.sent : '', summary(item),
		control(words.edit, () => {
			dialog.close();
			if (!galley.openItem(item))
				location.href = item.href;
		}, { 'aria-label': words.edit + ' ' + name }),
		control(words.delete, () => {
			galley.drop([item]);
			dialog.querySelector('button').focus();
		}, { 'aria-label': words.delete + ' ' + name }));
}

function say(what) {
	status.textContent = '';
	setTimeout(() => status.textContent = what, 50);
}

function show(kept) {
	const items = galley.items();
	const open = items.filter(x => !x.sent);
	count.textContent = open.length || '';
	button.setAttribute('aria-label', words.suggestions + (open.length ? ': ' +
		open.length : ''));
	document.querySelectorAll('.said').forEach(x =>
		x.classList.remove('said'));
	for (const item of items)
		galley.blockOf(item)?.classList.add('said');
	if (!dialog)
		return;
	list.replaceChildren(...items.map(row));
	if (!items.length)
		list.append(make('li', {}, words.noSuggestions));
	dialog.querySelector('.clear').hidden = items.length === open.length;
	ways.hidden = !items.length;
	addMails();
	if (kept === false)
		say(words.notKept);
}

/* ---- sending ---- */

const unsent = () => galley.items().filter(x => !x.sent);

/* What is not sent; when all is, all of it once more: who knows what became of
 * a mail that a browser was asked to begin? */
const chosen = () => unsent().length ? unsent() : galley.items();

function addMails() {
	const box = dialog.querySelector('.mails');
	const mails = draft.address ? galley.mailtos(draft, chosen()) : [];
	const whole = mails.filter(x => x.href);
	box.replaceChildren(...whole.map(({ href, items }, i) => make('a',
		{ class: 'way', href, onclick: () =>
			setTimeout(() => galley.markSent(items), 500) },
		words.byMail + (whole.length > 1 ? ` ${i + 1}/${whole.length}` : ''))));
}

/* Name and address, asked once. */
function who() {
	const [name, address] = [...ways.querySelectorAll('input')];
	const found = { name: name.value.trim(), address: address.value.trim() };
	const bad = !found.name ? name : !/^[^\s<>@]+@[^\s<>@]+$/
		.test(found.address) && address;
	[name, address].forEach(x => x.setAttribute('aria-invalid',
		String(x === bad)));
	if (bad) {
		bad.focus();
		say(bad === name ? words.yourName : words.yourAddress);
		return null;
	}
	memory.set('galley:who', found);
	return found;
}

const fileName = extension => draft.tag.replace(/[^\p{L}\p{N}]+/gu, '-') + '-' + new Date().toISOString().slice(0, 10) +
	extension;

function asFile() {
	const items = chosen(), reader = who();
	if (!reader)
		return;
	const url = URL.createObjectURL(new Blob([galley.mboxOf(reader, items)],
		{ type: 'application/mbox' }));
	const link = make('a', { href: url, download: fileName('.mbox') });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), 60000);
	galley.markSent(items);
	say(draft.address ? words.fileMade.replace('%s', draft.address) : words.sent);
}

const asText = items => galley.subjectOf(draft, items) + '\n\n' +
	galley.letterOf(draft, items) + '\n';

async function copy() {
	const items = chosen(), text = asText(items);
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		const area = make('textarea', {});
		area.value = text;
		dialog.append(area);
		area.select();
		document.execCommand('copy');
		area.remove();
	}
	galley.markSent(items);
	say(words.copied);
}

async function share() {
	const items = chosen(), reader = who();
	if (!reader)
		return;
	try {
		await navigator.share({ title: galley.subjectOf(draft, items),
			files: [new File([galley.mboxOf(reader, items)],
				fileName('.txt'), { type: 'text/plain' })] });
		galley.markSent(items);
	} catch {
		/* they changed their mind */
	}
}

const canShare = () => navigator.canShare?.({ files: [new File([''], 'a.txt',
	{ type: 'text/plain' })] });

/* ---- the window ---- */

const input = (name, type, value, autocomplete) => make('label', {},
	make('span', {}, name), make('input', { type, value, autocomplete }));

function makeWindow() {
	const me = memory.get('galley:who') ||
		{ name: draft.reader || '', address: '' };
	list = make('ol', { class: 'said-list' });
	status = make('p', { role: 'status' });
	ways = make('div', { class: 'ways' },
		make('div', { class: 'mails' }),
		input(words.yourName, 'text', me.name, 'name'),
		input(words.yourAddress, 'email', me.address, 'email'),
		make('p', { class: 'buttons' }, control(words.asFile, asFile),
			control(words.copy, copy),
			...(canShare() ? [control(words.share, share)] : [])),
		control(words.clearSent, () => galley.drop(galley.items()
			.filter(x => x.sent)), { class: 'clear' }));
	const chapter = document.querySelectorAll('.chapter');
	const on = (name, block, isBook) => control(name, () => {
		dialog.close();
		galley.remarkOn(block(), isBook);
	});
	const here = () => {
		const at = galley.blockInView(galley.blocks())
			?.closest('.chapter') || chapter[0];
		return at.querySelector('[data-at], :is(h1, h2, h3, p)');
	};
	dialog = galley.panel(words.suggestions, 'said-title', list, make('p',
		{ class: 'buttons' }, ...(chapter.length ? [on(words.aboutChapter, here)]
			: []), on(words.aboutBook, () => chapter.length ? here()
			: document.querySelector('h1'), true)), ways, status);
	dialog.classList.add('said-panel');
}

function open() {
	if (!dialog)
		makeWindow();
	show();
	dialog.showModal();
}

galley.ready(() => {
	const live = galley.inWords(make('p', { class: 'unseen',
		role: 'status' }));
	count = make('span', { class: 'count' });
	button = galley.tool(words.suggestions, 'C',
		icon('M3 4h14v9H9l-4 4v-4H3z'), open);
	button.append(count);
	document.body.append(live);
	document.addEventListener('said', event => {
		show(event.detail);
		live.textContent = event.detail ? words.suggestionCount.replace('%s',
			unsent().length) : words.notKept;
	});
	show();
});
})(globalThis.galley ||= {});
