/* SPDX-License-Identifier: MIT */
/* The list of what a reader has said, and the ways to send it. */
const saidWindow = opens('said');
const saidButton = one('[name="said"]', tools);
const ways = one('.ways', saidWindow);

/* What is not sent; when all is, all of it once more: who knows what became of
 * a mail that a browser was asked to begin? */
const unsent = () => items.filter(x => !x.sent);
const chosen = () => unsent().length ? unsent() : items;

/* ---- the list ---- */

function row(item) {
	const { label, quote, old, text, why, href, sent } = item;
	const name = label || words.aboutBook;
	const control = (what, onclick) => make('button',
		{ ariaLabel: what + ' ' + name, onclick }, what);
	const said = !old ? [quote && make('q', {}, quote), ' ', why]
		: [...widened(old, text).flatMap((piece, i) =>
			[i ? ' … ' : '', ...marked(...piece)]),
		why && ` (${why})`];
	return make('li', { className: sent ? 'sent' : '' },
		make('a', { href }, name), sent ? ' – ' + words.sent : '',
		make('p', { dir: 'auto' }, ...said),
		control(words.edit, () => {
			const block = blockOf(item);
			if (block)
				openForm(old ? 'edit' : 'remark', block, item);
			else
				location.href = href;
		}),
		control(words.delete, () => {
			drop(x => x === item);
			one('button', saidWindow).focus();
		}));
}

/* In the list, at its button, and in the text. */
function showItems() {
	const mails = draft.address ? mailtos(chosen()) : [];
	one('ol', saidWindow).replaceChildren(...items.map(row));
	one('.mails', ways).replaceChildren(...mails.map((mail, i) =>
		make('a', { href: mailto(mail),
			onclick: () => setTimeout(markSent, 500, mail) },
		words.byMail + (mails[1] ? ` ${i + 1}/${mails.length}` : ''))));
	one('.count', saidButton).textContent = unsent().length || '';
	all('.said').forEach(block => block.classList.remove('said'));
	items.forEach(item => blockOf(item)?.classList.add('said'));
}

/* Something was said, here or in another window. */
function showSaid(isKept) {
	showItems();
	status.textContent = words.suggestionCount.replace('%s',
		unsent().length);
	if (!isKept)
		say(words.notKept);
}

/* ---- sending ---- */

const textFile = (text, ending) =>
	new File([text], draft.tag + ending, { type: 'text/plain' });

/* Name and address are asked once, for what has them. */
async function send(way, said) {
	const who = Object.fromEntries(new FormData(ways));
	if (way === 'copy') {
		await navigator.clipboard.writeText(
			`${subjectOf(said)}\n\n${letterOf(said)}\n`);
		return say(words.copied);
	}
	memory.set('galley:who', who);
	const text = await mbox(who, said.map(item =>
		({ ...item, source: sources[item.blob] })));
	if (way === 'share')
		return navigator.share({ title: subjectOf(said),
			files: [textFile(text, '.txt')] });
	const file = textFile(text, '.mbox');
	make('a', { href: URL.createObjectURL(file), download: file.name })
		.click();
	say(draft.address ? words.fileMade.replace('%s', draft.address)
		: words.sent);
}

on(ways, 'submit', async event => {
	const said = chosen();
	event.preventDefault();
	try {
		await send(event.submitter.name, said);
		markSent(said);
	} catch {
		/* they changed their mind */
	}
});
on(one('.clear', saidWindow), 'click', () => drop(x => x.sent));
for (const button of all('.about-all', saidWindow))
	on(button, 'click', () => {
		const block = headBlock();
		openForm('remark', block, { ...about(block),
			...button.name === 'book' ? { chapter: -1, label: '' }
			: { label: block.closest('.chapter').dataset.label } });
	});

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
		const who = { name: draft.reader || '',
			...memory.get('galley:who') };
		for (const name in who)
			ways.elements[name].value = who[name];
		ways.elements.share.hidden = !navigator.canShare?.(
			{ files: [textFile('', '.txt')] });
		ways.elements.copy.hidden = !navigator.clipboard;
		showItems();
	});
else
	saidButton.remove();
