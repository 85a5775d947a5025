/* SPDX-License-Identifier: MIT */
/* The list of what a reader has said, and the ways to send it. */
const saidWindow = opens('said', showList);
const saidButton = one('[name="said"]', tools);
const ways = one('.ways', saidWindow);

/* What is not sent; when all is, all of it once more: who knows what became of
 * a mail that a browser was asked to begin? */
const unsent = () => items.filter(x => !x.sent);
const chosen = () => unsent().length ? unsent() : items;

/* ---- the list ---- */

function row(item) {
	const name = item.label || words.aboutBook;
	const control = (what, onclick) => make('button', { type: 'button',
		ariaLabel: what + ' ' + name, onclick }, what);
	return make('li', { className: item.sent ? 'sent' : '' },
		make('a', { href: item.href }, name),
		item.sent ? ' – ' + words.sent : '',
		make('p', { dir: 'auto' }, ...item.old === undefined
			? [make('q', {}, item.quote), ' ', item.why]
			: [...widened(item.old, item.text).flatMap((piece, i) =>
				[i ? ' … ' : '', ...marked(...piece)]),
			item.why && ` (${item.why})`]),
		control(words.edit, () => {
			const block = blockOf(item);
			saidWindow.close();
			if (block)
				openForm(item.old === undefined ? 'remark'
					: 'edit', block, item);
			else
				location.href = item.href;
		}),
		control(words.delete, () => {
			drop([item]);
			one('button', saidWindow).focus();
		}));
}

function showList() {
	one('ol', saidWindow).replaceChildren(...items.length ? items.map(row)
		: [make('li', {}, words.noSuggestions)]);
	one('.clear', saidWindow).hidden = !items.some(x => x.sent);
	ways.hidden = !items.length;
	const mails = draft.address ? mailtos(chosen()) : [];
	one('.mails', ways).replaceChildren(...mails.map((mail, i) =>
		make('a', { className: 'way', href: mailto(mail),
			onclick: () => setTimeout(markSent, 500, mail) },
		words.byMail + (mails.length > 1
			? ` ${i + 1}/${mails.length}` : ''))));
}

function showMarks() {
	const count = unsent().length || '';
	one('.count', saidButton).textContent = count;
	saidButton.ariaLabel = words.suggestions + (count && ': ' + count);
	all('.said').forEach(block => block.classList.remove('said'));
	items.forEach(item => blockOf(item)?.classList.add('said'));
}

/* Something was said, here or in another window. */
function showSaid(isKept) {
	showMarks();
	showList();
	status.textContent = words.suggestionCount.replace('%s',
		unsent().length);
	if (!isKept)
		say(words.notKept);
}

/* ---- sending ---- */

const fileName = ending => draft.tag.replace(/[^\p{L}\p{N}]+/gu, '-') + '-' +
	new Date().toISOString().slice(0, 10) + ending;

const textFile = (name, text) => new File([text], name, { type: 'text/plain' });

const send = {
	file(said, text) {
		const href = URL.createObjectURL(new Blob([text],
			{ type: 'application/mbox' }));
		make('a', { href, download: fileName('.mbox') }).click();
		setTimeout(URL.revokeObjectURL, 60000, href);
		say(draft.address ? words.fileMade.replace('%s', draft.address)
			: words.sent);
	},
	share: (said, text) => navigator.share({ title: subjectOf(said),
		files: [textFile(fileName('.txt'), text)] }),
	async copy(said) {
		await navigator.clipboard.writeText(
			`${subjectOf(said)}\n\n${letterOf(said)}\n`);
		say(words.copied);
	}
};

/* Name and address are asked once, for what has them. */
on(ways, 'submit', async event => {
	const { name, address } = ways.elements, said = chosen();
	const who = { name: name.value.trim(), address: address.value.trim() };
	event.preventDefault();
	const way = event.submitter.name;
	if (way !== 'copy')
		memory.set('galley:who', who);
	try {
		await send[way](said, way === 'copy' ? ''
			: await mbox(who, said.map(item =>
				({ ...item, source: sources[item.blob] }))));
		markSent(said);
	} catch {
		/* they changed their mind */
	}
});
on(one('.clear', saidWindow), 'click', () => drop(items.filter(x => x.sent)));
for (const button of all('.about-all', saidWindow))
	on(button, 'click', () => {
		const block = headBlock();
		const label = block.closest('.chapter')?.dataset.label;
		saidWindow.close();
		openForm('remark', block, { ...about(block), ...button.name ===
			'book' ? { label: '', path: undefined, blob: undefined,
				chapter: -1 } : { label } });
	});

if (draft.tag)
	ready(() => {
		const me = { name: draft.reader || '', address: '',
			...memory.get('galley:who') };
		for (const name in me)
			ways.elements[name].value = me[name];
		one('[name="share"]', ways).hidden =
			!navigator.canShare?.({ files: [textFile('a.txt', '')] });
		one('[name="copy"]', ways).hidden = !navigator.clipboard;
		one('[name="chapter"]', saidWindow).hidden = !one('.chapter');
		showMarks();
	});
else
	[saidWindow, saidButton].forEach(x => x.remove());
