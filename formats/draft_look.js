/* SPDX-License-Identifier: MIT */
/* Colours, the size of the text and the width of its lines. */
(() => {
'use strict';
const { root, words, memory, make, panel, tool } = galley;

const look = Object.assign({ theme: '', size: 0, width: 0, lines: 0, face: '' },
	memory.get('galley:look'));

function applyLook() {
	if (look.theme)
		root.dataset.theme = look.theme;
	else
		delete root.dataset.theme;
	root.classList.toggle('sans', look.face === 'sans');
	root.style.setProperty('--size', String(1.1 ** look.size));
	root.style.setProperty('--measure', 34 + 4 * look.width + 'rem');
	if (look.lines)
		root.style.setProperty('--leading', 1.55 + 0.12 * look.lines);
	else
		root.style.removeProperty('--leading');
}

function changeLook(change) {
	Object.assign(look, change);
	look.size = Math.max(-3, Math.min(8, look.size));
	look.width = Math.max(-3, Math.min(5, look.width));
	look.lines = Math.max(-2, Math.min(5, look.lines));
	memory.set('galley:look', look);
	applyLook();
}

applyLook();
/* ---- the window ---- */

let lookPanel;

function openLook() {
	lookPanel ||= panel(words.appearance, 'look-title',
		choices(words.colours, 'theme', { '': words.automatic,
			light: words.light, dark: words.dark }),
		choices(words.face, 'face', { '': words.serif,
			sans: words.sans }),
		steps(words.size, words.smaller, words.larger, 'size'),
		steps(words.width, words.narrower, words.wider, 'width'),
		steps(words.spacing, words.tighter, words.looser, 'lines'));
	lookPanel.classList.add('look'); /* the text is seen beside it */
	lookPanel.showModal();
}

function choices(title, key, names) {
	return make('fieldset', {}, make('legend', {}, title),
		...Object.entries(names).map(([value, name]) => {
			const radio = make('input', { type: 'radio',
				name: key, value,
				onchange: () => changeLook({ [key]: value }) });
			radio.checked = look[key] === value;
			return make('label', {}, radio, name);
		}));
}

function steps(name, less, more, key) {
	const button = (label, sign, by) => make('button',
		{ type: 'button', 'aria-label': label, title: label,
			onclick: () => changeLook({ [key]: look[key] + by }) },
		sign);
	return make('fieldset', {}, make('legend', {}, name),
		button(less, '\u2212', -1), button(more, '+', 1));
}

galley.ready(() => tool(words.appearance, 'L', 'Aa', openLook));
})();
