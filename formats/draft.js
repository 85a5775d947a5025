/* SPDX-License-Identifier: MIT */
/*
 * What the scripts of a draft share. They are one script, put together in the
 * order of the Makefile: what stands at the top of one is known to the others.
 * It runs before the first paint; what needs the page waits for ready(). What
 * it shows besides is in draft.html. Text from outside only ever becomes text.
 */
'use strict';
const root = document.documentElement;
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) =>
	[...within.querySelectorAll(selector)];
const on = (target, type, action) => target.addEventListener(type, action);
const ready = action => on(document, 'DOMContentLoaded', action);

/* what the page says of itself: web_frame.c */
const draft = one('meta[name="generator"]').dataset;
const single = root.matches('.single');
const rounds = draft.rounds.split(' ');

/* Browsers before 2024 have no popovers: notes are read in their place, and
 * labels begin mails, as without scripts. */
const hasPopovers = 'popover' in root;
if (!hasPopovers)
	delete draft.tag;

/* data-words="nothing=Nothing found|note=Note %s": web_words.c */
const words = Object.fromEntries(draft.words.split('|')
	.map(entry => entry.split(/=(.*)/)));

/* for make(): the words may be English in a book that is not */
const ours = draft.wordsLang ? { lang: draft.wordsLang, dir: 'ltr' } : {};

/* null: there is nothing */
const memory = {
	get(key) {
		try {
			return JSON.parse(localStorage[key]);
		} catch {
			return null;
		}
	},
	set(key, value) {
		try {
			if (value === null)
				localStorage.removeItem(key);
			else
				localStorage.setItem(key,
					JSON.stringify(value));
			return true;
		} catch {
			/* private windows: the draft works without */
		}
	}
};
const draftKey = 'galley:' + draft.draft;
const bookKey = 'galley:' + draft.book;

function make(name, properties, ...children) {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children);
	return element;
}

/* ---- along the text ---- */

/* Lines may run down; then the text goes on to the left. */
const isVertical = () => root.matches('.vertical');

/* Where an element begins and ends along the text, and the window ends, from
 * where the window begins. */
function extent(element) {
	const { top, bottom, left, right } = element.getBoundingClientRect();
	const width = root.clientWidth;
	return isVertical() ? [width - right, width - left, width]
		: [top, bottom, innerHeight];
}

/* ---- tools and windows ---- */

const parts = one('template').content;
const status = one('[role="status"]', parts);
const tools = one('.tools', parts);

/* Said aloud, and shown if a window is open. */
function say(what) {
	const line = one('dialog[open] [role="status"]') || status;
	line.textContent = '';
	setTimeout(() => line.textContent = what, 50);
}

/* The window that the tool `name` opens, when `prepare` has been called; both
 * are there if it is wanted. */
function opens(name, prepare, isWanted = true) {
	const dialog = one(`#${name}-window`, parts);
	const tool = one(`[name="${name}"]`, tools);
	on(tool, 'click', () => {
		prepare?.();
		dialog.showModal();
	});
	if (!isWanted)
		[dialog, tool].forEach(part => part.remove());
	return dialog;
}

/* A click beside a window closes it, and so does a link into the text. */
on(document, 'click', ({ target }) => {
	if (target.matches('dialog, dialog a[href*="#"], dialog a[href*="#"] *'))
		target.closest('dialog').close();
});

/* Wanted in another window, say: the browser's matter. */
const isModified = event => event.ctrlKey || event.metaKey || event.shiftKey;

/* With Alt and Shift, so that no key is in the way (WCAG 2.1.4). */
const isShortcut = event => event.altKey && event.shiftKey &&
	!event.ctrlKey && !event.metaKey;

on(document, 'keydown', event => {
	const target = isShortcut(event) && one(
		`[aria-keyshortcuts="Alt+Shift+${event.code.slice(3)}"]`);
	if (target) {
		event.preventDefault();
		target.click();
	}
});

/* A popover beside the rectangle `at`: below it, or above if there is more
 * room; right or left of it if its own lines run down. For the Tab key it
 * stands behind `source`. */
function showAt(popover, at, source) {
	popover.hidePopover();
	popover.showPopover({ source });
	const place = (start, end, size, room, isBeside) => Math.max(8, Math.min(
		room - size - 8, !isBeside ? (start + end - size) / 2
			: end + size + 16 > room && start - size > 68
				? start - size - 8 : end + 8));
	const isTall = popover.matches('.vertical .note-window');
	const { offsetWidth, offsetHeight, style } = popover;
	style.left = scrollX + place(at.left, at.right, offsetWidth,
		root.clientWidth, isTall) + 'px';
	style.top = scrollY + place(at.top, at.bottom, offsetHeight,
		innerHeight, !isTall) + 'px';
}

ready(() => {
	one('.bar').append(tools);
	one('main').append(...all('[popover]', parts));
	document.body.append(status, ...all('dialog', parts));
});
root.classList.add('js');
