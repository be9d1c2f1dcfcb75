// The curves of a report, drawn by uPlot. The page's data are in the element "report-data"; the
// shape of them is documented at PageData.
(() => {
  "use strict";

  const COLOURS = 6;
  const MARKERS = ["circle", "square", "triangle", "diamond", "cross", "wedge"];
  const DASHES = [[9, 5], [4, 4], [12, 4, 3, 4]];
  const MARKERS_PER_CURVE = 7;
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const sections = data.sections.map((section) => new Section(section));

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => sections.forEach((section) => section.draw()));
  document.querySelectorAll("table.sortable").forEach(makeSortable);

  // ---- Looks: a colour and a marker for each entry of the legend, dashes for published runs.

  function colour(entry) {
    return css("--c" + (entry.id % COLOURS));
  }

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function marker(entry) {
    return MARKERS[(entry.id + Math.floor(entry.id / COLOURS)) % MARKERS.length];
  }

  function dash(entry) {
    return entry.published ? DASHES[entry.id % DASHES.length] : [];
  }

  // A marker's outline around (x, y), as lines between points; null for a circle.
  function outline(kind, x, y, r) {
    const at = (...points) => points.map(([dx, dy]) => [x + dx * r, y + dy * r]);
    switch (kind) {
      case "square": return at([-.85, -.85], [.85, -.85], [.85, .85], [-.85, .85]);
      case "triangle": return at([0, -1.1], [1.05, .8], [-1.05, .8]);
      case "diamond": return at([0, -1.25], [1, 0], [0, 1.25], [-1, 0]);
      case "wedge": return at([0, 1.1], [1.05, -.8], [-1.05, -.8]);
      case "cross":
        return at([-.35, -1.1], [.35, -1.1], [.35, -.35], [1.1, -.35], [1.1, .35], [.35, .35],
          [.35, 1.1], [-.35, 1.1], [-.35, .35], [-1.1, .35], [-1.1, -.35], [-.35, -.35]);
      default: return null;
    }
  }

  function swatch(entry) {
    const make = (name, attributes) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
      return node;
    };
    const svg = make("svg", { width: 30, height: 14, "aria-hidden": "true" });
    const stroke = "var(--c" + (entry.id % COLOURS) + ")";
    const line = make("line",
      { x1: 0, y1: 7, x2: 30, y2: 7, "stroke-width": 2, "stroke-dasharray": dash(entry).join(" ") });
    line.style.stroke = stroke;
    svg.append(line);
    if (!entry.published) {
      const points = outline(marker(entry), 15, 7, 4.5);
      const shape = points
        ? make("polygon", { points: points.map((p) => p.join(",")).join(" ") })
        : make("circle", { cx: 15, cy: 7, r: 4.5 });
      shape.style.fill = stroke;
      svg.append(shape);
    }
    return svg;
  }

  // ---- Numbers.

  function number(value) {
    if (value === 0) return "0";
    const size = Math.abs(value);
    return size >= 1e5 || size < 1e-3
      ? value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e")
      : String(Number(value.toPrecision(4)));
  }

  function percent(value) {
    return Number((100 * value).toPrecision(4)) + " %";
  }

  // ---- A section: its legend, its controls and its charts.

  function Section(section) {
    const root = document.getElementById(section.id);
    const shown = new Set(section.entries.filter((entry) => entry.shown).map((entry) => entry.id));
    const charts = [];
    legend();
    root.querySelectorAll("input").forEach((input) => input.addEventListener("change", draw));
    this.draw = draw;
    draw();

    function legend() {
      const [first, more] = root.querySelectorAll(".entries");
      for (const entry of section.entries) {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.append(swatch(entry), entry.name);
        button.setAttribute("aria-pressed", shown.has(entry.id));
        button.addEventListener("click", () => {
          const show = !shown.delete(entry.id);
          if (show) shown.add(entry.id);
          button.setAttribute("aria-pressed", show);
          charts.forEach((chart) => chart.show(entry.id, show));
        });
        item.append(button);
        (entry.published && !entry.shown ? more : first).append(item);
      }
    }

    function chosen(name) {
      return root.querySelector(`input[name="${section.id}-${name}"]:checked`).value;
    }

    function draw() {
      charts.splice(0).forEach((chart) => chart.destroy());
      const x = chosen("x");
      const logX = chosen("xscale") === "log";
      const logY = chosen("yscale") === "log";
      for (const measure of section.measures) {
        charts.push(new Chart(root.querySelector(`[data-chart="${measure.key}"]`), {
          title: measure.title,
          xTitle: x === "seconds" ? "training seconds" : "epochs",
          xUnit: x === "seconds" ? " s" : " epochs",
          logX,
          logY: logY && !measure.fraction,
          format: measure.fraction ? percent : number,
          cap: !measure.fraction,
          height: 320,
          curves: section.curves.filter((curve) => curve[measure.key]).map((curve) => ({
            entry: section.entries[curve.entry], label: curve.name, x: curve[x],
            ending: curve.ending, ...curve[measure.key],
          })),
        }, shown));
      }
      for (const quantity of section.quantities) {
        charts.push(new Chart(root.querySelector(`[data-chart="${quantity.key}"]`), {
          title: quantity.title, xTitle: "step", xUnit: " steps", logX: false,
          logY: quantity.log, format: number, cap: false, height: 220,
          curves: quantity.curves.map((curve) => ({
            ...curve, entry: section.entries[curve.entry], label: curve.name, x: curve.steps,
          })),
        }, shown));
      }
    }
  }

  // ---- A chart. Each curve is three series: the mean, and the two edges of its band.

  function Chart(place, spec, shown) {
    const curves = spec.curves.map((curve) => clean(curve, spec));
    const visible = () => curves.filter((curve) => shown.has(curve.entry.id));
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    const text = css("--text");
    const axis = {
      stroke: text, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
      grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--line"), width: 1, size: 5 },
    };
    const plot = new uPlot({
      width: width(), height: spec.height, legend: { show: false },
      cursor: {
        points: { show: false }, y: false,
        bind: { dblclick: () => () => { fit(); return null; } },
      },
      scales: {
        x: { time: false, distr: spec.logX ? 3 : 1 },
        y: { distr: spec.logY ? 3 : 1, range: yRange },
      },
      axes: [
        { ...axis, label: spec.xTitle, labelSize: 18, size: 34, values: ticks(number) },
        {
          ...axis, size: 58, values: ticks(spec.format), grid: { ...axis.grid, filter: fewLines },
          ticks: { ...axis.ticks, filter: fewLines },
        },
      ],
      series: [{}, ...curves.flatMap(series)],
      bands: curves.map((curve, i) => ({
        series: [3 * i + 3, 3 * i + 2], fill: colour(curve.entry) + "2e",
      })),
      hooks: { draw: [drawMarkers], setCursor: [point] },
    }, joined(), place);
    place.append(tip);
    fit();
    describe();
    const observer = new ResizeObserver(
      () => plot.width !== width() && plot.setSize({ width: width(), height: spec.height }));
    observer.observe(place);
    place.addEventListener("keydown", walk);
    place.addEventListener("blur", leave);

    this.show = (id, show) => {
      plot.batch(() => curves.forEach((curve, i) => {
        if (curve.entry.id === id) [1, 2, 3].forEach((k) => plot.setSeries(3 * i + k, { show }));
      }));
      fit();
      describe();
    };
    this.destroy = () => {
      observer.disconnect();
      place.removeEventListener("keydown", walk);
      place.removeEventListener("blur", leave);
      plot.destroy();
      tip.remove();
    };

    function width() {
      return Math.max(200, Math.floor(place.clientWidth));
    }

    function series(curve) {
      const common = { show: shown.has(curve.entry.id), points: { show: false } };
      const line = {
        ...common, stroke: colour(curve.entry), width: curve.ending ? 1.2 : 2, dash: dash(curve.entry),
      };
      if (curve.x.length === 1) line.points = { show: true, size: 1 };
      return [line, common, common];
    }

    function joined() {
      return curves.length === 0 ? [[]]
        : uPlot.join(curves.map((curve) => [curve.x, curve.mean, curve.low, curve.high]));
    }

    // Ours decide how far the axis goes; a published run that goes on for an hour does not.
    function fit() {
      const seen = visible();
      const ours = seen.filter((curve) => !curve.entry.published);
      const x = (ours.length ? ours : seen).flatMap((curve) => curve.x);
      if (x.length === 0) return plot.redraw();
      let min = x.reduce((a, b) => Math.min(a, b));
      let max = x.reduce((a, b) => Math.max(a, b));
      if (spec.logX) {
        min /= 1.08;
        max *= 1.08;
      } else {
        min = Math.min(0, min);
        max += (max - min) * 0.02 || 1;
      }
      plot.setScale("x", { min, max });
    }

    // Of the numbers in sight, up to the cap.
    function yRange(self, low, high) {
      const most = spec.cap ? cap() : Infinity;
      if (low < most) high = Math.min(high, most);
      if (low === null || high === null || !(high >= low)) return spec.logY ? [0.1, 1] : [0, 1];
      if (spec.logY) return [digit(low, Math.floor, 0.97), digit(high, Math.ceil, 1.03)];
      const room = (high - low) * 0.05 || Math.abs(high) * 0.05 || 1;
      return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
    }

    // What diverges leaves the chart at the top instead of squeezing the others: a decade above the
    // lowest start and above the ends of runs that are done is enough.
    function cap() {
      const seen = visible().filter((curve) => curve.last >= 0);
      const ours = seen.filter((curve) => !curve.entry.published);
      const leading = ours.length ? ours : seen;
      const starts = leading.map((curve) => curve.mean.find((y) => y !== null));
      const ends = leading.filter((curve) => !curve.ending).map((curve) => curve.mean[curve.last]);
      const needed = Math.max(starts.reduce((a, b) => Math.min(a, b), Infinity), ...ends);
      return needed > 0 && needed < Infinity
        ? Math.pow(10, Math.ceil(Math.log10(needed) + 0.05)) : Infinity;
    }

    // The next number with one digit: an axis from and to such has at least two ticks.
    function digit(value, round, room) {
      const unit = Math.pow(10, Math.floor(Math.log10(value * room)));
      return round(value * room / unit) * unit;
    }

    // Over many decades a line for each of them.
    function fewLines(self, values) {
      const { min, max } = self.scales.y;
      return spec.logY && max / min > 1e4
        ? values.map((value) => (Number.isInteger(Math.log10(value)) ? value : null)) : values;
    }

    function ticks(format) {
      return (self, values) => values.map((value) => (value === null ? "" : format(value)));
    }

    function drawMarkers(self) {
      const context = self.ctx;
      const ratio = uPlot.pxRatio;
      const { left, top, width: wide, height: high } = self.bbox;
      context.save();
      context.beginPath();
      context.rect(left, top - 6 * ratio, wide + 6 * ratio, high + 12 * ratio);
      context.clip();
      for (const curve of visible()) {
        if (curve.entry.published) continue;
        context.fillStyle = context.strokeStyle = colour(curve.entry);
        const { min, max } = self.scales.x;
        const inside = curve.x.map((x, i) => i)
          .filter((i) => curve.mean[i] !== null && curve.x[i] >= min && curve.x[i] <= max);
        if (inside.length === 0) continue;
        if (curve.ending) {
          const end = inside[inside.length - 1];
          end === curve.last && strike(at(curve, end));
        } else {
          spread(inside.map((i) => at(curve, i))).forEach((p) => stamp(marker(curve.entry), p));
        }
      }
      context.restore();

      function at(curve, i) {
        return [self.valToPos(curve.x[i], "x", true), self.valToPos(curve.mean[i], "y", true)];
      }

      // A few of many, about evenly on the screen.
      function spread(points) {
        const step = Math.max(1, (points[points.length - 1][0] - points[0][0]) / MARKERS_PER_CURVE);
        let next = -Infinity;
        return points.filter(([x], i) => {
          const take = x >= next || i === points.length - 1;
          if (take) next = x + step * 0.999;
          return take;
        });
      }

      function stamp(kind, [x, y]) {
        const points = outline(kind, x, y, 4 * ratio);
        context.beginPath();
        if (points) {
          points.forEach(([px, py], i) => (i ? context.lineTo(px, py) : context.moveTo(px, py)));
        } else {
          context.arc(x, y, 4 * ratio, 0, 2 * Math.PI);
        }
        context.fill();
      }

      // Where a run ended that did not come to its end. If that is out of sight, at the edge.
      function strike([x, y]) {
        y = Math.min(Math.max(y, top), top + high);
        const r = 5 * ratio;
        context.lineWidth = 2 * ratio;
        context.beginPath();
        [[-r, -r, r, r], [-r, r, r, -r]].forEach(([a, b, c, d]) => {
          context.moveTo(x + a, y + b);
          context.lineTo(x + c, y + d);
        });
        context.stroke();
      }
    }

    // The numbers of all curves in sight at the cursor.
    function point(self) {
      const { left } = self.cursor;
      tip.hidden = true;
      if (left === null || left < 0 || self.data[0].length === 0) return;
      const x = self.posToVal(left, "x");
      const rows = [];
      for (const curve of visible()) {
        const i = nearest(curve.x, x);
        if (i < 0 || curve.mean[i] === null) continue;
        const gap = Math.abs(self.valToPos(curve.x[i], "x") - left);
        if (gap > 40 && (x > curve.x[curve.x.length - 1] || x < curve.x[0])) continue;
        rows.push([curve, spec.format(curve.mean[i])]);
      }
      if (rows.length === 0) return;
      tip.replaceChildren(document.createTextNode(number(Number(x.toPrecision(3))) + spec.xUnit));
      for (const [curve, value] of rows.slice(0, 12)) {
        const row = document.createElement("div");
        const name = document.createElement("span");
        const measured = document.createElement("span");
        name.textContent = curve.label;
        measured.textContent = value;
        row.append(swatch(curve.entry), name, measured);
        tip.append(row);
      }
      tip.hidden = false;
      const offset = self.over.offsetLeft + left;
      const right = offset + 14 + tip.offsetWidth > place.clientWidth;
      tip.style.left = (right ? Math.max(0, offset - 14 - tip.offsetWidth) : offset + 14) + "px";
      tip.style.top = "8px";
    }

    // Arrow keys move the cursor.
    function walk(event) {
      const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
      const wide = plot.over.clientWidth;
      if (event.key === "Escape") return leave();
      if (!(event.key in moves)) return undefined;
      event.preventDefault();
      const now = plot.cursor.left >= 0 ? plot.cursor.left : wide / 2;
      const left = Math.min(wide - 1, Math.max(0, now + moves[event.key] * wide / 40));
      tip.setAttribute("role", "status");
      return plot.setCursor({ left, top: plot.over.clientHeight / 2 });
    }

    function leave() {
      tip.removeAttribute("role");
      plot.setCursor({ left: -10, top: -10 });
    }

    function describe() {
      const names = [...new Set(visible().map((curve) => curve.entry.name))];
      place.setAttribute("aria-label", `Chart: ${spec.title} against ${spec.xTitle}. `
        + (names.length ? `Shown: ${names.join("; ")}. ` : "No curve is shown. ")
        + "Arrow keys read values; tables with the values follow.");
    }
  }

  // Without the points that an axis cannot show: gaps where the number is missing.
  function clean(curve, spec) {
    const keep = curve.x.map((x, i) => i)
      .filter((i) => curve.x[i] !== null && (!spec.logX || curve.x[i] > 0));
    const numbers = (list, instead) => keep.map((i) => {
      const y = list ? list[i] : instead && instead[i];
      return y === null || y === undefined || (spec.logY && y <= 0) ? null : y;
    });
    const mean = numbers(curve.mean);
    return {
      ...curve, x: keep.map((i) => curve.x[i]), mean,
      low: numbers(curve.low, curve.mean), high: numbers(curve.high, curve.mean),
      last: mean.reduce((last, y, i) => (y === null ? last : i), -1),
    };
  }

  function nearest(sorted, x) {
    let low = 0;
    let high = sorted.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < x) low = middle;
      else high = middle;
    }
    return high < 0 || Math.abs(sorted[low] - x) <= Math.abs(sorted[high] - x)
      ? Math.min(low, high) : high;
  }

  // ---- Tables: a click on a title sorts by that column.

  function makeSortable(table) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((title, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...title.childNodes);
      title.append(button);
      button.addEventListener("click", () => {
        const down = title.getAttribute("aria-sort") === "ascending";
        [...table.tHead.rows[0].cells].forEach((cell) => cell.removeAttribute("aria-sort"));
        title.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column], down));
        body.append(...rows);
      });
    });
  }

  // Cells without a number stay at the end.
  function compare(a, b, down) {
    const [x, y] = [a, b].map((cell) => cell.dataset.value);
    if (x === undefined || y === undefined) {
      const texts = a.textContent.localeCompare(b.textContent, "en", { numeric: true });
      return x === y ? (down ? -texts : texts) : x === undefined ? 1 : -1;
    }
    return down ? y - x : x - y;
  }
})();
