/* SPDX-License-Identifier: MIT */
/*
 * What a reader has said in this draft, kept in the browser until they clear
 * it, with the source of the chunks that it is about: so that what was said in
 * any chapter of a site can be sent from any other.
 */
(galley => {
'use strict';
const { root, memory } = galley;
if (!root)
	return;
const key = galley.storage + ':said';
const draft = galley.draft = galley.said; /* web_source.c */
let items = memory.get(key) || [];
const sources = {};

/* The chunk a block is of: { path, blob, text }, or undefined. */
galley.chunkOf = block => {
	const script = block.dataset.at && document.querySelectorAll(
		'script.source')[parseInt(block.dataset.at, 10)];
	if (!script)
		return;
	const { path, blob } = script.dataset;
	sources[blob] ||= JSON.parse(script.textContent);
	return { path, blob, text: sources[blob] };
};

const byOrder = (x, y) => x.order[0] - y.order[0] || x.order[1] - y.order[1];
galley.items = () => items.sort(byOrder);

function changed() {
	const kept = memory.set(key, items);
	document.dispatchEvent(new CustomEvent('said', { detail: kept }));
}

/* Keep `item`, in the place of the one of its id. */
galley.keep = item => {
	const { blob } = item;
	Object.assign(item, { sent: 0, time: Date.now() });
	items = items.filter(x => x.id !== item.id).concat(item);
	if (blob && sources[blob] && !memory.get('galley:source:' + blob))
		memory.set('galley:source:' + blob, sources[blob]);
	changed();
};

galley.drop = gone => {
	items = items.filter(x => !gone.includes(x));
	for (const { blob } of gone)
		if (blob && !items.some(x => x.blob === blob))
			try {
				localStorage.removeItem('galley:source:' + blob);
			} catch {
				/* nothing was kept */
			}
	changed();
};

galley.markSent = sent => {
	sent.forEach(x => x.sent = Date.now());
	changed();
};

addEventListener('storage', event => {
	if (event.key === key) {
		items = memory.get(key) || [];
		document.dispatchEvent(new CustomEvent('said',
			{ detail: true }));
	}
});

/* An item as suggest_patch.js takes it. */
function forPatch(item) {
	const words = galley.wordsOf(item);
	const source = item.blob && (sources[item.blob] ||
		memory.get('galley:source:' + item.blob));
	const subject = item.old === undefined
		? (item.label ? item.label + ': ' : '') + item.why
		: words.split('\n')[0];
	return { ...item, source, words, subject: subject.replace(/\s+/g, ' ')
		.slice(0, 72), isRemark: !item.isEdit,
		message: item.old !== undefined || subject.length > 72
			? item.why : '',
		splices: typeof source === 'string' ? item.splices : undefined };
}

galley.mboxOf = (who, list) => galley.mbox(draft, who, list.map(forPatch));
})(globalThis.galley ||= {});
