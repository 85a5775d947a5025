/* SPDX-License-Identifier: MIT */
/*
 * What the scripts of a draft share, as `galley`. They are put together, in
 * the order of the Makefile, into one that runs before the first paint; what
 * needs the page is given to galley.ready(). Text from outside only ever
 * becomes text.
 */
(() => {
'use strict';
const root = document.documentElement;
/* what the page says of itself: web_frame.c */
const said = (document.querySelector('meta[name="generator"]') || root).dataset;

/* data-words="search=Search|close=Close": web_words.c */
const words = Object.fromEntries((said.words || '').split('|')
	.map(entry => [entry.slice(0, entry.indexOf('=')),
		entry.slice(entry.indexOf('=') + 1)]));

const memory = {
	get(key) {
		try {
			return JSON.parse(localStorage.getItem(key));
		} catch {
			return null;
		}
	},
	set(key, value) {
		try {
			localStorage.setItem(key, JSON.stringify(value));
			return true;
		} catch {
			/* private windows: the draft works without */
			return false;
		}
	}
};

function make(name, attributes, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (key.startsWith('on'))
			element.addEventListener(key.slice(2), value);
		else
			element.setAttribute(key, value);
	element.append(...children);
	return element;
}

/* A picture of lines on a square of 20. */
function icon(path) {
	const space = 'http://www.w3.org/2000/svg';
	const svg = document.createElementNS(space, 'svg');
	const line = document.createElementNS(space, 'path');
	svg.setAttribute('viewBox', '0 0 20 20');
	svg.setAttribute('aria-hidden', 'true');
	line.setAttribute('d', path);
	svg.append(line);
	return svg;
}

/* The words may be English in a book that is not. */
function inWords(element) {
	if (said.wordsLang) {
		element.lang = said.wordsLang;
		element.dir = 'ltr';
	}
	return element;
}

/* A window over the page, closed by its cross, Escape or a click beside it. */
function panel(title, id, ...children) {
	const close = make('button',
		{ type: 'button', 'aria-label': words.close,
			onclick: () => dialog.close() },
		icon('M5 5l10 10M15 5L5 15'));
	const dialog = inWords(make('dialog',
		{ class: 'panel', 'aria-labelledby': id },
		make('header', {}, make('h2', { id }, title), close),
		...children));
	dialog.addEventListener('click', event => {
		if (event.target === dialog)
			dialog.close();
	});
	document.body.append(dialog);
	return dialog;
}

/* Without case, accents and the shapes of quotes. */
const apart = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd',
	'ð': 'd', 'þ': 'th', 'ı': 'i', 'ς': 'σ', '\u2018': "'", '\u2019': "'",
	'\u201C': '"', '\u201D': '"', '\u00A0': ' ', '\u202F': ' ' };
const apartPattern = new RegExp('[' + Object.keys(apart).join('') + ']', 'g');

function fold(text) {
	return text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '')
		.replace(apartPattern, c => apart[c]);
}

/* ---- keys and tools ---- */

/* With Alt and Shift, so that none is in the way (WCAG 2.1.4). */
const keys = {};

function key(code, action) {
	keys[code] = action;
}

document.addEventListener('keydown', event => {
	if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey)
		return;
	const action = keys[event.code];
	if (!action)
		return;
	event.preventDefault();
	action();
});

const tools = make('div', { class: 'tools' });

/* A button in the bar; with `letter` its key too. */
function tool(name, letter, face, action) {
	const button = inWords(make('button', { type: 'button',
		'aria-label': name, title: name, onclick: action }, face));
	if (letter) {
		button.setAttribute('aria-keyshortcuts', 'Alt+Shift+' + letter);
		button.title += ` (Alt+Shift+${letter})`;
		key('Key' + letter, action);
	}
	tools.append(button);
	return button;
}

/* ---- when the page is there ---- */

function ready(action) {
	document.addEventListener('DOMContentLoaded', action);
}

ready(() => document.querySelector('.bar').append(tools));
root.classList.add('js');

window.galley = { root, said, words, memory, make, icon, inWords, panel, fold,
	key, tool, ready, single: root.classList.contains('single'),
	storage: 'galley:' + said.draft };
})();
