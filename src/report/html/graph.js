/* SPDX-License-Identifier: MIT */
/* The call graph, laid out in layers: cycles are broken, each function stands below its callers,
 * calls over several layers bend around what lies between, and a few sweeps bring neighbours
 * together. The costlier a function, the larger and the warmer. */
(function () {
	const GAP = 26, LAYER = 96, LETTER = 7, SWEEPS = 12;
	const { data, element, make } = page;
	let box = null, whole = null;

	function collect() {
		const rows = new Map(page.numbers('rows').map((row) => [row[0], row]));
		const nodes = page.numbers('drawn').map(([name]) => {
			const row = rows.get(name) || [name, 0, 0];
			return { name, flat: row[1], cum: row[2], out: [], into: [], layer: 0, x: 0 };
		});
		const byName = new Map(nodes.map((node) => [node.name, node]));
		const calls = page.numbers('calls')
			.filter(([from, to]) => from !== to && byName.has(from) && byName.has(to))
			.map(([from, to, weight, residual]) =>
				({ from: byName.get(from), to: byName.get(to), weight, residual, turned: false, via: [] }));
		for (const call of calls) {
			call.from.out.push(call);
			call.to.into.push(call);
		}
		return { nodes, calls };
	}
	/* A call back to a function that is still open is drawn upwards. */
	function breakCycles(nodes) {
		const seen = new Map();
		for (const root of nodes.filter((node) => !node.into.length).concat(nodes)) {
			if (seen.has(root))
				continue;
			const stack = [[root, 0]];
			seen.set(root, 'open');
			while (stack.length) {
				const top = stack[stack.length - 1], call = top[0].out[top[1]++];
				if (!call) {
					seen.set(top[0], 'closed');
					stack.pop();
				} else if (seen.get(call.to) === 'open') {
					call.turned = true;
				} else if (!seen.has(call.to)) {
					seen.set(call.to, 'open');
					stack.push([call.to, 0]);
				}
			}
		}
	}
	function assignLayers(nodes, calls) {
		for (let round = 0, moved = true; moved && round < nodes.length; round++) {
			moved = false;
			for (const call of calls) {
				const [above, below] = call.turned ? [call.to, call.from] : [call.from, call.to];
				if (below.layer <= above.layer) {
					below.layer = above.layer + 1;
					moved = true;
				}
			}
		}
	}
	/* Calls over several layers get a point in each between. */
	function fillLayers(nodes, calls) {
		const layers = [];
		const put = (item) => (layers[item.layer] = layers[item.layer] || []).push(item);
		nodes.forEach((node) => {
			const label = labelOf(node);
			node.lines = label;
			node.size = 11 + 9 * Math.sqrt(Math.abs(node.flat) / (Math.abs(data.total) || 1));
			node.width = Math.max(...label.map((line) => line.length)) * LETTER * node.size / 11.5 + 14;
			node.height = label.length * (node.size + 3) + 8;
			node.near = [];
			put(node);
		});
		for (const call of calls) {
			const [above, below] = call.turned ? [call.to, call.from] : [call.from, call.to];
			let last = above;
			for (let layer = above.layer + 1; layer < below.layer; layer++) {
				const point = { layer, width: 6, height: 0, near: [], x: 0 };
				call.via.push(point);
				put(point);
				last.near.push(point);
				point.near.push(last);
				last = point;
			}
			last.near.push(below);
			below.near.push(last);
		}
		return layers;
	}
	function labelOf(node) {
		const name = data.names[node.name], bracket = name.search(/[(\[<]/);
		const head = bracket < 0 ? name : name.slice(0, bracket);
		let short = name.slice(head.lastIndexOf('/') + 1);
		if (short.length > 40)
			short = short.slice(0, 39) + '\u2026';
		return [short, page.value(node.flat) + ' (' + page.share(node.flat) + ')',
			'of ' + page.value(node.cum) + ' (' + page.share(node.cum) + ')'];
	}
	function spread(layer) {
		let x = 0;
		for (const item of layer) {
			item.x = x + item.width / 2;
			x += item.width + GAP;
		}
		for (const item of layer)
			item.x -= (x - GAP) / 2;
	}
	/* Each item wants to stand at the middle of its neighbours; order and gaps are kept. */
	function settle(layer, middles) {
		let right = -Infinity;
		for (const item of layer) {
			item.x = Math.max(middles.get(item), right + GAP + item.width / 2);
			right = item.x + item.width / 2;
		}
		const drift = layer.reduce((sum, item) => sum + middles.get(item) - item.x, 0) / layer.length;
		for (const item of layer)
			item.x += drift;
	}
	function order(layers) {
		layers.forEach(spread);
		for (let sweep = 0; sweep < SWEEPS; sweep++)
			for (const layer of sweep % 2 ? layers.slice().reverse() : layers) {
				const middles = new Map(layer.map((item) => [item, item.near.length
					? item.near.reduce((sum, other) => sum + other.x, 0) / item.near.length : item.x]));
				layer.sort((a, b) => middles.get(a) - middles.get(b));
				settle(layer, middles);
			}
	}
	function heat(node) {
		const part = Math.min(1, Math.abs(node.cum) / (Math.abs(data.total) || 1));
		return 'hsl(' + (node.cum < 0 ? 205 : 28) + ' ' + Math.round(20 + 75 * part) + '% ' + Math.round(90 - 18 * part) + '%)';
	}
	function pathOf(call, y) {
		const points = call.via.map((point) => [point.x, y(point)]);
		if (call.turned)
			points.reverse();
		const down = call.turned ? -1 : 1;
		const all = [[call.from.x, y(call.from) + down * call.from.height / 2]].concat(points,
			[[call.to.x, y(call.to) - down * (call.to.height / 2 + 4)]]);
		let text = 'M' + all[0].map((n) => n.toFixed(1));
		for (let i = 1; i < all.length; i++) {
			const middle = (all[i - 1][1] + all[i][1]) / 2;
			text += 'C' + [all[i - 1][0], middle, all[i][0], middle, all[i][0], all[i][1]].map((n) => n.toFixed(1));
		}
		return text;
	}
	function drawNode(node, y) {
		const group = make('g', { 'data-name': data.names[node.name] });
		group.append(make('title', {}, [data.names[node.name]]));
		group.append(make('rect', { x: (node.x - node.width / 2).toFixed(1), y: (y - node.height / 2).toFixed(1),
			width: node.width.toFixed(1), height: node.height.toFixed(1), rx: 4, fill: heat(node), stroke: '#888' }));
		node.lines.forEach((line, i) => group.append(make('text', { x: node.x.toFixed(1), 'text-anchor': 'middle',
			y: (y - node.height / 2 + (i + 1) * (node.size + 2) + 1).toFixed(1),
			style: 'font-size:' + (i ? node.size - 1 : node.size).toFixed(1) + 'px' }, [line])));
		return group;
	}
	function drawCall(call, y) {
		const part = Math.abs(call.weight) / (Math.abs(data.total) || 1);
		const path = make('path', { class: call.residual ? 'call over' : 'call', d: pathOf(call, y), 'marker-end': 'url(#arrow)',
			stroke: 'hsl(28 ' + Math.round(70 * part) + '% 55%)', 'stroke-width': (1 + 5 * part).toFixed(1) });
		path.append(make('title', {}, [data.names[call.from.name] + ' \u2192 ' + data.names[call.to.name] + '\n' +
			page.value(call.weight) + ' (' + page.share(call.weight) + ')']));
		return path;
	}
	function view() {
		element('drawing').firstChild.setAttribute('viewBox', box.map((n) => n.toFixed(1)).join(' '));
	}
	function fit() {
		box = whole.slice();
		view();
	}
	function draw() {
		const { nodes, calls } = collect();
		const svg = make('svg', { preserveAspectRatio: 'xMidYMid meet' });
		element('drawing').replaceChildren(svg);
		if (!nodes.length)
			return;
		breakCycles(nodes);
		assignLayers(nodes, calls);
		const layers = fillLayers(nodes, calls).filter(Boolean);
		order(layers);
		const y = (item) => item.layer * LAYER;
		svg.append(make('defs', {}, [make('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 6, refY: 4,
			markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' },
			[make('path', { d: 'M0 0L8 4L0 8z', fill: '#888' })])]));
		for (const call of calls) {
			svg.append(drawCall(call, y));
			const middle = call.via[call.via.length >> 1] || { x: (call.from.x + call.to.x) / 2, layer: (call.from.layer + call.to.layer) / 2 };
			svg.append(make('text', { class: 'weight', x: (middle.x + 4).toFixed(1), y: y(middle).toFixed(1) }, [page.value(call.weight)]));
		}
		for (const node of nodes)
			svg.append(drawNode(node, y(node)));
		const left = Math.min(...nodes.map((node) => node.x - node.width / 2)) - 20;
		const right = Math.max(...nodes.map((node) => node.x + node.width / 2)) + 20;
		whole = [left, -70, right - left, layers.length * LAYER + 60];
		fit();
		listen(svg);
	}
	function listen(svg) {
		let from = null, moved = false;
		const ratio = () => Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
		svg.addEventListener('wheel', (event) => {
			event.preventDefault();
			const factor = event.deltaY > 0 ? 1.2 : 1 / 1.2;
			const x = box[0] + box[2] * event.offsetX / svg.clientWidth, y = box[1] + box[3] * event.offsetY / svg.clientHeight;
			box = [x - (x - box[0]) * factor, y - (y - box[1]) * factor, box[2] * factor, box[3] * factor];
			view();
		}, { passive: false });
		svg.addEventListener('pointerdown', (event) => { from = [event.clientX, event.clientY, box[0], box[1]]; moved = false; });
		window.addEventListener('pointerup', () => { from = null; });
		svg.addEventListener('pointermove', (event) => {
			if (!from)
				return;
			const dx = event.clientX - from[0], dy = event.clientY - from[1];
			moved = moved || Math.abs(dx) + Math.abs(dy) > 4;
			box[0] = from[2] - dx * ratio();
			box[1] = from[3] - dy * ratio();
			view();
		});
		svg.addEventListener('click', (event) => {
			const group = event.target.closest('g');
			if (group && !moved)
				page.go({ section: 'peek', fn: group.dataset.name });
		});
	}
	page.onShow((state) => {
		if (state.section !== 'graph')
			return;
		if (!box)
			draw();
		for (const group of element('drawing').querySelectorAll('g'))
			group.classList.toggle('match', page.matches(group.dataset.name));
	});
	element('fit').addEventListener('click', fit);
})();
page.start();
