/* SPDX-License-Identifier: MIT */
/* Colours, the size of the text and the width of its lines. */
const look = { theme: '', face: '', size: 0, width: 0, lines: 0,
	...memory.get('galley:look') };

function applyLook() {
	root.dataset.theme = look.theme;
	root.classList.toggle('sans', look.face === 'sans');
	root.style.setProperty('--size', 1.1 ** look.size);
	root.style.setProperty('--measure', 34 + 4 * look.width + 'rem');
	root.style.setProperty('--leading', look.lines &&
		1.55 + 0.12 * look.lines || '');
}

/* radio buttons have a value, other buttons add theirs */
const lookWindow = opens('look');
on(lookWindow, 'click', ({ target: { name, type, value } }) => {
	if (!(name in look))
		return;
	look[name] = type === 'radio' ? value
		: Math.max(-3, Math.min(6, look[name] + +value));
	memory.set('galley:look', look);
	applyLook();
});
for (const radio of all('[type="radio"]', lookWindow))
	radio.checked = look[radio.name] === radio.value;
applyLook();
