/* SPDX-License-Identifier: MIT */
/* One function between its callers and its callees; a click goes on to one of these. */
(function () {
	const MOST = 50;
	const { data, element, make } = page;
	const rows = page.numbers('rows'), edges = page.numbers('edges');
	const byName = new Map(rows.map((row) => [data.names[row[0]], row]));

	function cells(number, name, mark) {
		return make('tr', mark ? { class: mark } : {}, [
			make('td', { class: 'n' }, [page.value(number)]),
			make('td', { class: 'n' }, [page.share(number)]),
			make('td', { class: 'f' }, [name])]);
	}
	function heading(text) {
		return make('tr', {}, [make('th', { colspan: 3 }, [text])]);
	}
	function list(body, title, edgeList, side) {
		body.append(heading(title));
		for (const edge of edgeList.slice(0, MOST))
			body.append(cells(edge[2], data.names[edge[side]] + (edge[3] ? ' (inline)' : '')));
		if (!edgeList.length)
			body.append(make('tr', {}, [make('td', { colspan: 3 }, ['none'])]));
		if (edgeList.length > MOST)
			body.append(make('tr', {}, [make('td', { colspan: 3 }, ['and ' + (edgeList.length - MOST) + ' more'])]));
	}
	function find(state) {
		if (byName.has(state.fn))
			return byName.get(state.fn);
		return rows.find((row) => page.matches(data.names[row[0]])) || rows[0];
	}
	page.onShow((state) => {
		if (state.section !== 'peek')
			return;
		const row = find(state), body = make('tbody');
		if (!row) {
			element('neighbours').replaceChildren('The profile has no samples.');
			return;
		}
		list(body, 'callers', edges.filter((edge) => edge[1] === row[0]), 0);
		body.append(heading('flat, and cum'), cells(row[1], data.names[row[0]], 'self'), cells(row[2], 'with all it calls', 'self'));
		list(body, 'callees', edges.filter((edge) => edge[0] === row[0]), 1);
		element('neighbours').replaceChildren(make('table', {}, [body]));
	});
	element('neighbours').addEventListener('click', (event) => {
		const name = event.target.matches('td.f') ? event.target.textContent.replace(/ \(inline\)$/, '') : '';
		if (byName.has(name))
			page.go({ fn: name, q: '' });
	});
})();
