/* SPDX-License-Identifier: MIT */
/* Colours, the size of the text, the width and direction of its lines: data-
 * attributes and numbers that the style sheet knows. */
const look = { theme: '', face: '', writing: '', size: 0, width: 0, lines: 0,
	...memory.get('galley:look') };
const isVerticalBook = isVertical();

function applyLook() {
	for (const name in look) {
		root.dataset[name] = look[name];
		root.style.setProperty('--' + name, look[name]);
	}
	root.classList.toggle('vertical', isVerticalBook && !look.writing);
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
if (!isVerticalBook)
	one('.writing', lookWindow).remove();
applyLook();
