/* SPDX-License-Identifier: MIT */
/* What all parts of the page share: data, numbers, sections, search, sorting. The address behind
 * the # holds what is shown, so that it can be kept and sent: #flame&q=REGEX&at=FRAME&fn=NAME */
'use strict';
const page = (function () {
	const element = (id) => document.getElementById(id);
	const data = JSON.parse(element('data').textContent);
	const numbers = (id) => element(id).textContent.split(';').slice(0, -1)
		.map((record) => record.split(' ').map(Number));
	const state = { section: 'overview', q: '', at: 0, fn: '' };
	const listeners = [];
	let pattern = null;

	/* In the unit of the page, but what would read 0.00 there in a smaller one. */
	function value(number) {
		const scaled = number / data.size;
		if (!number)
			return '0';
		if (!data.decimals || Math.abs(scaled) >= 0.01)
			return scaled.toFixed(data.decimals) + data.unit;
		const unit = data.units.findLast(([size]) => Math.abs(number) >= size) || data.units[0];
		return (number / unit[0]).toFixed(2) + unit[1];
	}
	function share(number) {
		return data.total ? (100 * number / Math.abs(data.total)).toFixed(2) + '%' : '';
	}
	/* Elements are made, never parsed: no name can become markup. */
	function make(name, attributes, children) {
		const svg = /^(svg|g|rect|text|title|path|defs|marker)$/.test(name);
		const made = svg ? document.createElementNS('http://www.w3.org/2000/svg', name)
			: document.createElement(name);
		for (const key in attributes)
			made.setAttribute(key, attributes[key]);
		for (const child of children || [])
			made.append(child);
		return made;
	}
	function compile(text) {
		if (!text)
			return null;
		try {
			return new RegExp(text, 'i');
		} catch (error) {
			return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
		}
	}
	function matches(name) {
		return pattern !== null && pattern.test(name);
	}
	function read() {
		const parts = location.hash.slice(1).split('&');
		const known = element(parts[0]) && element(parts[0]).localName === 'section';
		Object.assign(state, { section: known ? parts[0] : 'overview', q: '', at: 0, fn: '' });
		for (const part of parts.slice(1)) {
			const equals = part.indexOf('=');
			let text = part.slice(equals + 1);
			try {
				text = decodeURIComponent(text);
			} catch (error) {
				/* A link that was cut: what is left of it is taken as it is. */
			}
			if (part.slice(0, equals) === 'at')
				state.at = Number(text) || 0;
			else if (part.slice(0, equals) in state)
				state[part.slice(0, equals)] = text;
		}
		pattern = compile(state.q);
	}
	function address() {
		let hash = '#' + state.section;
		for (const key of ['q', 'at', 'fn'])
			if (state[key])
				hash += '&' + key + '=' + encodeURIComponent(state[key]);
		return hash;
	}
	function show() {
		for (const section of document.querySelectorAll('section'))
			section.classList.toggle('on', section.id === state.section);
		for (const link of document.querySelectorAll('nav a'))
			link.classList.toggle('on', link.getAttribute('href') === '#' + state.section);
		if (document.activeElement !== element('search'))
			element('search').value = state.q;
		element('matched').textContent = '';
		filterRows();
		for (const listener of listeners)
			listener(state);
	}
	/* The browser goes to the section that the address names; here sections take turns. */
	function toTop() {
		window.scrollTo(0, 0);
	}
	/* A step that Back undoes; typing replaces the step that it began. */
	function go(change, replace) {
		Object.assign(state, change);
		pattern = compile(state.q);
		history[replace ? 'replaceState' : 'pushState'](null, '', address());
		show();
	}
	function filterRows() {
		for (const row of document.querySelectorAll('#top tbody tr'))
			row.classList.toggle('miss', pattern !== null && !matches(row.lastElementChild.textContent));
	}
	function sort(heading) {
		const table = heading.closest('table'), body = table.tBodies[0];
		const column = Array.prototype.indexOf.call(heading.parentNode.children, heading);
		const text = !heading.classList.contains('n');
		const ascending = heading.getAttribute('aria-sort') === (text ? 'descending' : null) ||
			(text ? !heading.hasAttribute('aria-sort') : heading.getAttribute('aria-sort') === 'descending');
		const key = (row) => {
			const cell = row.children[column];
			return text ? cell.textContent : Number(cell.dataset.v || parseFloat(cell.textContent)) || 0;
		};
		const rows = Array.from(body.rows).map((row) => [key(row), row]);
		rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (ascending ? 1 : -1));
		for (const other of heading.parentNode.children)
			other.removeAttribute('aria-sort');
		heading.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
		body.append(...rows.map((row) => row[1]));
	}
	function start() {
		document.body.classList.add('scripted');
		for (const heading of document.querySelectorAll('.sortable th'))
			heading.addEventListener('click', () => sort(heading));
		for (const link of document.querySelectorAll('nav a'))
			link.addEventListener('click', (event) => {
				event.preventDefault();
				go({ section: link.getAttribute('href').slice(1) });
				toTop();
			});
		for (const table of document.querySelectorAll('table.top'))
			table.addEventListener('click', (event) => {
				if (event.target.matches('td.f'))
					go({ section: 'peek', fn: event.target.textContent });
			});
		element('search').addEventListener('input', (event) => go({ q: event.target.value }, true));
		element('theme').addEventListener('click', () => {
			const root = document.documentElement;
			const dark = root.dataset.theme ? root.dataset.theme === 'dark'
				: matchMedia('(prefers-color-scheme: dark)').matches;
			root.dataset.theme = dark ? 'light' : 'dark';
		});
		window.addEventListener('keydown', (event) => {
			if (event.key === '/' && event.target !== element('search')) {
				event.preventDefault();
				element('search').focus();
			} else if (event.key === 'Escape') {
				element('search').blur();
				go({ q: '', at: 0 });
			}
		});
		window.addEventListener('popstate', () => { read(); show(); });
		window.addEventListener('hashchange', () => { read(); show(); });
		window.addEventListener('load', () => setTimeout(toTop));
		read();
		show();
	}
	return { data, element, numbers, state, value, share, make, matches, go, start,
		searching: () => pattern !== null, onShow: (listener) => listeners.push(listener) };
})();
