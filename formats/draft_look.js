/* SPDX-License-Identifier: MIT */
/* Colours, the size of the text and the width of its lines. */
(() => {
'use strict';
const { root, words, memory, make, panel, tool } = galley;

const look = Object.assign({ theme: '', size: 0, width: 0 },
	memory.get('galley:look'));

function applyLook() {
	if (look.theme)
		root.dataset.theme = look.theme;
	else
		delete root.dataset.theme;
	root.style.setProperty('--size', String(1.1 ** look.size));
	root.style.setProperty('--measure', 34 + 4 * look.width + 'rem');
}

function changeLook(change) {
	Object.assign(look, change);
	look.size = Math.max(-3, Math.min(8, look.size));
	look.width = Math.max(-3, Math.min(5, look.width));
	memory.set('galley:look', look);
	applyLook();
}

applyLook();
/* ---- the window ---- */

let lookPanel;

function openLook() {
	lookPanel ||= panel(words.appearance, 'look-title', colours(),
		steps(words.size, words.smaller, words.larger, 'size'),
		steps(words.width, words.narrower, words.wider, 'width'));
	lookPanel.showModal();
}

function colours() {
	const choices = [['', words.automatic], ['light', words.light], ['dark', words.dark]];
	return make('fieldset', {}, make('legend', {}, words.colours),
		...choices.map(([value, name]) => {
			const radio = make('input', { type: 'radio',
				name: 'theme', value,
				onchange: () => changeLook({ theme: value }) });
			radio.checked = look.theme === value;
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
