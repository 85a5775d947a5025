/* SPDX-License-Identifier: MIT */
/*
 * What a reader has said in this draft, kept in the browser until they clear
 * it, with the source of the chunks that it is about: so that what was said in
 * any chapter of a site can be sent from any other.
 */
const saidKey = draftKey + ':said';
let items, sources; /* sources by blob */

/* The chunk a block is of: { path, blob, source }, if known: web_source.c */
function chunkOf(block) {
	const script = all('script.source')[parseInt(block.dataset.at)];
	return script &&
		{ ...script.dataset, source: JSON.parse(script.textContent) };
}

function readItems() {
	({ items, sources } = memory.get(saidKey) ||
		{ items: [], sources: {} });
}

/* In reading order. */
function setItems(next) {
	items = next.sort((x, y) => x.chapter - y.chapter || x.nth - y.nth);
	if (!items.length)
		sources = {};
	showSaid(memory.set(saidKey, { items, sources }));
}

/* Keep `item`, in the place of the one of its id. */
function keep(item, source) {
	if (item.blob)
		sources[item.blob] = source;
	setItems([...items.filter(x => x.id !== item.id),
		{ ...item, sent: false, time: Date.now() }]);
}

const drop = isGone => setItems(items.filter(x => !isGone(x)));

function markSent(sent) {
	sent.forEach(item => item.sent = true);
	setItems(items);
}

readItems();
on(window, 'storage', event => {
	if (event.key === saidKey) {
		readItems();
		showSaid(true);
	}
});
