/* SPDX-License-Identifier: MIT */
/*
 * What a reader has said in this draft, kept in the browser until they clear
 * it, with the source of the chunks that it is about: so that what was said in
 * any chapter of a site can be sent from any other.
 */
const saidKey = draftKey + ':said';
const sourceKey = blob => 'galley:source:' + blob;
const sources = {}; /* of this page, by blob */
let items;

/* The chunk a block is of: { path, blob, text }, or undefined: web_source.c */
function chunkOf(block) {
	const script = block.dataset.at &&
		all('script.source')[parseInt(block.dataset.at, 10)];
	if (!script)
		return;
	const { path, blob } = script.dataset;
	return { path, blob,
		text: sources[blob] ||= JSON.parse(script.textContent) };
}

function readItems() {
	items = memory.get(saidKey) || [];
}

/* In reading order. `said` is told whether they could be kept. */
function setItems(next) {
	items = next.sort((x, y) =>
		x.order[0] - y.order[0] || x.order[1] - y.order[1]);
	const isKept = memory.set(saidKey, items);
	document.dispatchEvent(new CustomEvent('said', { detail: isKept }));
}

/* Keep `item`, in the place of the one of its id. */
function keep(item) {
	if (sources[item.blob])
		memory.set(sourceKey(item.blob), sources[item.blob]);
	setItems([...items.filter(x => x.id !== item.id),
		{ ...item, sent: 0, time: Date.now() }]);
}

function drop(gone) {
	setItems(items.filter(x => !gone.includes(x)));
	for (const { blob } of gone)
		if (!items.some(x => x.blob === blob))
			memory.set(sourceKey(blob), null);
}

function markSent(sent) {
	sent.forEach(item => item.sent = Date.now());
	setItems(items);
}

/* An item as suggest_patch.js takes it. */
const forPatch = item => ({ ...item, isRemark: !item.isEdit,
	source: sources[item.blob] || memory.get(sourceKey(item.blob)) });

readItems();
on(window, 'storage', event => {
	if (event.key !== saidKey)
		return;
	readItems();
	document.dispatchEvent(new CustomEvent('said', { detail: true }));
});
