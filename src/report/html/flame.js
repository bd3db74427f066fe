/* SPDX-License-Identifier: MIT */
/* The flame graph: frames as they stand in the data, depth first. Only what is wide enough to be
 * seen is drawn, so a zoom draws anew. */
(function () {
	const ROW = 18, LETTER = 7, LEAST = 0.6;
	const { data, element, make } = page;
	const frames = page.numbers('tree').map(([depth, name, total, self = 0, width = total]) =>
		({ depth, name, total, self, width, start: 0, end: 0, parent: 0 }));
	let flipped = false, drawnFor = '';

	/* Left edges, parents and where each subtree ends, in one pass. */
	(function () {
		const next = [0], path = [];
		frames.forEach((frame, index) => {
			for (let depth = path.length - 1; depth >= frame.depth; depth--)
				frames[path[depth]].end = index;
			path.length = frame.depth;
			frame.parent = frame.depth ? path[frame.depth - 1] : 0;
			frame.start = next[frame.depth];
			next[frame.depth] += frame.width;
			next[frame.depth + 1] = frame.start;
			path.push(index);
		});
		for (const index of path)
			frames[index].end = frames.length;
	})();

	function color(frame) {
		if (!data.changes)
			return data.colors[frame.name];
		const change = frame.width ? frame.total / frame.width : 0;
		const strength = Math.round(100 * Math.sqrt(Math.min(1, Math.abs(change))));
		return change < 0 ? 'hsl(205 ' + strength + '% 75%)' : 'hsl(30 ' + strength + '% 75%)';
	}
	function say(frame) {
		return data.names[frame.name] + '\n' + page.value(frame.total) + ' (' + page.share(frame.total) + ')' +
			(frame.self ? ', self ' + page.value(frame.self) : '');
	}
	/* What repeats itself from box to box goes: the path of a package. */
	function shorten(name) {
		const bracket = name.search(/[(\[<]/), head = bracket < 0 ? name : name.slice(0, bracket);
		return name.slice(head.lastIndexOf('/') + 1);
	}
	function box(frame, index, x, width, y, above) {
		const group = make('g', { 'data-i': index, class: (above ? 'above' : '') +
			(page.matches(data.names[frame.name]) ? ' match' : '') });
		group.append(make('rect', { x: x.toFixed(2), y, width: width.toFixed(2), height: ROW - 1, rx: 2, fill: color(frame) }));
		group.append(make('title', {}, [say(frame)]));
		const room = Math.floor((width - 6) / LETTER);
		if (room > 2) {
			const name = shorten(data.names[frame.name]);
			group.append(make('text', { x: (x + 3).toFixed(2), y: y + 13 },
				[name.length > room ? name.slice(0, room - 1) + '\u2026' : name]));
		}
		return group;
	}
	function draw(state) {
		const at = frames[state.at] ? state.at : 0, zoomed = frames[at];
		const width = element('frames').clientWidth || 1200;
		const scale = zoomed && zoomed.width ? width / zoomed.width : 0;
		const boxes = [];
		let deepest = zoomed ? zoomed.depth : 0;

		for (let i = at; i < (zoomed ? zoomed.end : 0); i++) {
			const frame = frames[i];
			if (frame.width * scale < LEAST) {
				i = Math.max(i, frame.end - 1);
				continue;
			}
			boxes.push([frame, i, (frame.start - zoomed.start) * scale, frame.width * scale, false]);
			deepest = Math.max(deepest, frame.depth);
		}
		for (let i = at; i > 0;) {
			i = frames[i].parent;
			boxes.push([frames[i], i, 0, width, true]);
		}
		const height = (deepest + 1) * ROW;
		const svg = make('svg', { width, height, role: 'img', 'aria-label': 'flame graph' });
		for (const [frame, i, x, w, above] of boxes)
			svg.append(box(frame, i, x, w, flipped ? height - (frame.depth + 1) * ROW : frame.depth * ROW, above));
		element('frames').replaceChildren(svg);
		element('frames').classList.toggle('searching', page.searching());
		if (frames.length < data.frames)
			element('frames').append(make('p', { class: 'note' },
				[(data.frames - frames.length) + ' frames are left out, the narrowest']));
	}
	/* What the stacks with a match cost: a frame below a match is not counted again. */
	function matched() {
		let sum = 0, count = 0;
		for (let i = 0; i < frames.length;) {
			if (page.matches(data.names[frames[i].name])) {
				sum += frames[i].total;
				count++;
				i = frames[i].end;
			} else {
				i++;
			}
		}
		return count + ' matches, ' + page.value(sum) + ' ' + page.share(sum);
	}
	function widest() {
		let best = -1;
		frames.forEach((frame, i) => {
			if (page.matches(data.names[frame.name]) && (best < 0 || frame.width > frames[best].width))
				best = i;
		});
		return best;
	}
	page.onShow((state) => {
		if (state.section !== 'flame')
			return;
		draw(state);
		if (page.searching())
			element('matched').textContent = matched();
	});
	const frameAt = (event) => {
		const group = event.target.closest('g');
		return group ? Number(group.dataset.i) : -1;
	};
	element('frames').addEventListener('click', (event) => {
		if (frameAt(event) >= 0 && frameAt(event) !== page.state.at)
			page.go({ at: frameAt(event) });
	});
	element('frames').addEventListener('dblclick', (event) => {
		if (frameAt(event) > 0)
			page.go({ section: 'peek', fn: data.names[frames[frameAt(event)].name] });
	});
	element('frames').addEventListener('mousemove', (event) => {
		if (frameAt(event) >= 0)
			element('details').textContent = say(frames[frameAt(event)]).replace('\n', '   ');
	});
	element('zoomout').addEventListener('click', () => page.go({ at: 0 }));
	element('flip').addEventListener('click', (event) => {
		flipped = !flipped;
		event.target.textContent = flipped ? 'root at the top' : 'root at the bottom';
		draw(page.state);
	});
	element('search').addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && page.state.section === 'flame' && widest() >= 0)
			page.go({ at: widest() });
	});
	window.addEventListener('resize', () => {
		if (page.state.section === 'flame' && drawnFor !== String(element('frames').clientWidth)) {
			drawnFor = String(element('frames').clientWidth);
			draw(page.state);
		}
	});
})();
