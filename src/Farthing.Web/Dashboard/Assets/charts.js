"use strict";
// Draws the charts of a page from the figures beside them, in the room that the style sheet gives them. It computes
// nothing: what a chart shows stands in its data-chart attribute. Colours come from the style sheet.
(function () {
  const drawn = new Map();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const print = window.matchMedia("print");
  const money = format({ style: "currency", currency: "USD" });
  const short = format({ style: "currency", currency: "USD", notation: "compact", maximumFractionDigits: 1 });
  const fine = format({ style: "currency", currency: "USD", minimumFractionDigits: 4 });
  const fineAxis = format({ style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const count = format({});
  const shortCount = format({ notation: "compact", maximumFractionDigits: 1 });
  const pen = document.createElement("canvas").getContext("2d");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  // Numbers with the signs of the page, which says by an example how 1234.56 dollars are written where that is not as usual.
  function format(style) {
    const usual = new Intl.NumberFormat("en-US", style);
    const example = /^(\D*)1(\D?)234(\D)56(\D*)$/.exec(document.body.dataset.money || "");
    if (example === null) {
      return usual;
    }
    const [, before, group, point, after] = example;
    const signs = { group, decimal: point, currency: "" };
    return {
      format(value) {
        const parts = usual.formatToParts(Math.abs(value)).map((part) => (part.type in signs ? signs[part.type] : part.value)).join("");
        return (value < 0 ? "-" : "") + (style.currency ? before + parts + after : parts);
      },
    };
  }

  function isPaper() {
    return print.matches || document.documentElement.classList.contains("paper");
  }

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // How the values of a chart are written: in full, and for its axis short or, where they are small, with the digits they need.
  function written(spec) {
    if (spec.unit === "Count") {
      return { full: count, brief: shortCount, small: count };
    }
    const most = Math.max(...spec.series.flatMap((series) => series.values.map((value) => Math.abs(value ?? 0))));
    return spec.isFine ? { full: fine, brief: short, small: fineAxis } : { full: money, brief: short, small: most < 0.1 ? fineAxis : money };
  }

  function colour(index) {
    return token("--series-" + ((index % 6) + 1));
  }

  // A band is drawn as two stacked lines: an unseen one at its lower edge and the filled distance to the upper one.
  function band(series, index) {
    const low = series.low;
    const hidden = { type: "line", stack: series.name, symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
    const reach = series.values.map((high, at) => (high === null || high === undefined || low[at] === null ? null : high - low[at]));
    return [
      { ...hidden, name: series.name + " (from)", data: low },
      { ...hidden, name: series.name, data: reach, itemStyle: { color: colour(index) }, areaStyle: { color: colour(index), opacity: 0.18 } },
    ];
  }

  // Lines differ by how they are broken too, not by colour alone.
  function line(series, index, spec) {
    const broken = spec.series.filter((one) => one.shape === "Dash").indexOf(series);
    const single = series.values.length < 2;
    const made = {
      type: "line", name: series.name, data: series.values, showSymbol: single, symbol: single ? "circle" : "none", symbolSize: 6, connectNulls: false,
      lineStyle: { width: 2, color: colour(index), type: broken < 0 ? "solid" : broken % 2 === 0 ? "dashed" : "dotted" }, itemStyle: { color: colour(index) },
    };
    return series.shape === "Area" ? [{ ...made, areaStyle: { color: colour(index), opacity: 0.15 } }] : [made];
  }

  // What is there is seen, however little; parts of a bar keep their heights, so nothing is drawn around them.
  function bar(series, index, spec) {
    const made = {
      type: "bar", name: series.name, barMaxWidth: 28,
      ...(spec.isLying ? { data: series.values } : { data: series.values.map((value) => (value === 0 ? null : value)), barMinHeight: 1 }),
      itemStyle: { color: colour(index), borderRadius: spec.isStacked ? 0 : spec.isLying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
    };
    if (spec.isLying) {
      made.label = { show: true, position: "right", color: token("--text"), formatter: (point) => written(spec).full.format(point.value) };
    }
    return [spec.isStacked ? { ...made, stack: "all" } : made];
  }

  // A bar that does not begin at zero stands on an unseen one. At each label there is one such bar, so all share a stack.
  function step(series, index, spec) {
    const low = series.low || series.values.map((value) => (value === null || value === undefined ? null : 0));
    const reach = series.values.map((high, at) => (high === null || high === undefined ? null : high - low[at]));
    const sign = { Rise: "+", Fall: "-" }[series.shape] || "";
    const both = { type: "bar", stack: "steps", barMaxWidth: 28 };
    return [
      { ...both, name: series.name + " (from)", data: low, silent: true, itemStyle: { opacity: 0 }, tooltip: { show: false } },
      {
        ...both, name: series.name, data: reach, itemStyle: { color: colour(index) },
        label: { show: true, position: spec.isLying ? "right" : "top", color: token("--text"), formatter: (point) => (point.value > 0 ? sign : "") + written(spec).full.format(point.value) },
      },
    ];
  }

  // Points differ in form and not in colour alone.
  const forms = ["circle", "triangle", "rect", "diamond", "pin", "roundRect"];
  function point(series, index, spec) {
    const { min } = tenfold(spec);
    return [{
      type: "scatter", name: series.name, data: series.values.map((value) => (value === null || value === undefined ? null : Math.max(value, min))),
      symbol: forms[index % forms.length], symbolSize: 11, itemStyle: { color: colour(index), opacity: 1, borderColor: token("--panel"), borderWidth: 1 },
    }];
  }

  // From which power of ten to which an axis reaches that holds all values and marks; from a cent on.
  function tenfold(spec) {
    if (!spec.isTenfold) {
      return { min: -Infinity };
    }
    const known = [...spec.series.flatMap((series) => series.values), ...spec.marks].filter((value) => value > 0);
    const exponent = (value, round) => Math.max(round(Math.log10(value)), -2);
    return known.length === 0 ? { min: 1, max: 10 } : { min: 10 ** exponent(Math.min(...known), Math.floor), max: 10 ** exponent(Math.max(...known), Math.ceil) };
  }

  function isOfPoints(spec) {
    return spec.series[0].shape === "Point";
  }

  function shape(series, index, spec) {
    switch (series.shape) {
      case "Point": return point(series, index, spec);
      case "Band": return band(series, index);
      case "Bar": return bar(series, index, spec);
      case "Level": case "Rise": case "Fall": return step(series, index, spec);
      default: return line(series, index, spec);
    }
  }

  function seriesOf(spec) {
    const all = spec.series.flatMap((series, index) => shape(series, index, spec));
    if (all.length > 0 && spec.marks.length > 0) {
      all[0].markLine = {
        symbol: "none", silent: true, lineStyle: { color: token("--text-soft"), type: "dashed" },
        label: { formatter: (mark) => written(spec)[spec.isTenfold ? "brief" : "full"].format(mark.value), color: token("--text-soft") },
        data: spec.marks.map((mark) => (spec.isLying ? { xAxis: mark } : { yAxis: mark })),
      };
    }
    return all;
  }

  function tip(spec, points) {
    const { full } = written(spec);
    const rows = spec.series.map((series) => {
      const at = points[0].dataIndex;
      const value = series.values[at];
      if (value === null || value === undefined) {
        return null;
      }
      return series.low ? series.name + "  " + full.format(series.low[at]) + " to " + full.format(value) : series.name + "  " + full.format(value);
    });
    return [points[0].axisValueLabel || points[0].name, ...rows.filter((row) => row !== null)].join("\n");
  }

  // A name that is too long for its room loses its middle: what tells models apart stands at their ends.
  function fitted(name, room) {
    pen.font = "12px " + token("--font");
    if (pen.measureText(name).width <= room) {
      return name;
    }
    let kept = name.length - 1;
    const cut = () => name.slice(0, Math.ceil(kept / 2)) + "\u2026" + name.slice(name.length - Math.floor(kept / 2));
    while (kept > 2 && pen.measureText(cut()).width > room) {
      kept -= 1;
    }
    return cut();
  }

  // The library takes lines to be as high as this character is wide, for which a browser without it looks through all fonts:
  // longer than a whole chart takes. It is as wide as its font is high.
  const square = "\u56fd";
  function measureText(text, font) {
    if (text === square) {
      return { width: parseFloat(/[\d.]+(?=px)/.exec(font)) };
    }
    pen.font = font;
    return pen.measureText(text);
  }

  // The room that the widest name takes.
  function widest(names) {
    pen.font = "12px " + token("--font");
    return Math.ceil(Math.max(0, ...names.map((name) => pen.measureText(name).width)));
  }

  // Names below a chart share its width; the last of many labels ends where the chart ends. Each point has its name where there is room.
  function below(spec, width) {
    const longest = Math.max(0, ...spec.labels.map((label) => label.length));
    const room = Math.max(96, Math.floor((width - 64) / Math.max(spec.labels.length, 1)) - 8);
    return {
      color: token("--text-soft"), hideOverlap: true, margin: 12, interval: isOfPoints(spec) || (longest > 20 && spec.labels.length <= 8) ? 0 : "auto",
      ...(longest > 20 ? { formatter: (name) => fitted(name, room) } : {}), ...(spec.labels.length > 12 ? { showMaxLabel: true, alignMaxLabel: "right" } : {}),
    };
  }

  // The names of lying bars take up to two fifths of the chart.
  function optionOf(spec, width) {
    const { brief, small } = written(spec);
    const soft = token("--text-soft");
    const room = Math.min(240, Math.round(width * 0.4));
    const labels = {
      type: "category", data: spec.labels, inverse: spec.isLying, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line") } },
      axisLabel: spec.isLying ? { color: soft, formatter: (name) => fitted(name, room) } : below(spec, width),
    };
    const values = {
      type: spec.isTenfold ? "log" : "value", ...(spec.isTenfold ? tenfold(spec) : {}), splitNumber: 4, splitLine: { show: !spec.isLying, lineStyle: { color: token("--line") } },
      axisLabel: { show: !spec.isLying, color: soft, formatter: (value) => (Math.abs(value) < 100 && !Number.isInteger(value) ? small : brief).format(value) },
    };
    return {
      // Paper takes what is drawn at once.
      animation: !still.matches && !isPaper(),
      animationDuration: 250,
      // Patterns tell what stands on each other apart where colours do not; on paper, which may be grey, all series.
      aria: { enabled: true, label: { enabled: false }, decal: { show: spec.series.length > 1 && (spec.isStacked || isPaper()) } },
      textStyle: { fontFamily: token("--font") },
      grid: { left: spec.isLying ? widest(spec.labels.map((name) => fitted(name, room))) + 12 : 4, right: spec.isLying ? 72 : spec.isTenfold && spec.marks.length > 0 ? 48 : 12, top: spec.series.length > 1 ? 36 : 12, bottom: spec.isLying && spec.marks.length > 0 ? 20 : 8, containLabel: !spec.isLying },
      legend: { show: spec.series.length > 1, ...(isOfPoints(spec) ? { itemWidth: 12, itemHeight: 12 } : {}), type: "scroll", top: 0, left: 0, right: 0, pageIconColor: soft, pageTextStyle: { color: soft }, textStyle: { color: soft }, data: spec.series.filter((series) => series.values.some((value) => value !== null)).map((series) => series.name) },
      // Rich text is drawn on the canvas: markup would carry inline styles, which the page's policy forbids.
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, backgroundColor: token("--panel"), borderColor: token("--line"), textStyle: { color: token("--text") },
        axisPointer: { type: spec.isLying || spec.isStacked ? "shadow" : "line" }, formatter: (points) => tip(spec, points),
      },
      xAxis: spec.isLying ? values : labels,
      yAxis: spec.isLying ? labels : values,
      series: seriesOf(spec),
    };
  }

  function draw(element) {
    const spec = JSON.parse(element.dataset.chart);
    const chart = window.echarts.init(element, null, { renderer: "canvas" });
    chart.setOption(optionOf(spec, chart.getWidth()));
    drawn.set(element, { chart, spec });
  }

  function drawAll() {
    for (const [element, { chart }] of drawn) {
      if (!element.isConnected) {
        chart.dispose();
        drawn.delete(element);
      }
    }
    const found = [...document.querySelectorAll("[data-chart]")].filter((element) => !drawn.has(element));
    if (found.length > 0) {
      window.echarts.setPlatformAPI({ measureText });
    }
    found.forEach((element) => element.classList.add("drawn"));
    found.forEach(draw);
  }

  function redraw() {
    for (const { chart, spec } of drawn.values()) {
      chart.setOption(optionOf(spec, chart.getWidth()), true);
    }
  }

  // A page is laid out for paper after this event, so its charts are drawn for paper in it, at once.
  // What is folded away on a screen is whole on paper.
  function unfold(toPaper) {
    document.querySelectorAll(toPaper ? "details.open-up:not([open])" : "details.open-up[data-unfolded]").forEach((part) => {
      part.open = toPaper;
      part.toggleAttribute("data-unfolded", toPaper);
    });
  }

  function turn(toPaper) {
    document.documentElement.classList.toggle("paper", toPaper);
    unfold(toPaper);
    redraw();
    drawn.forEach(({ chart }) => chart.getZr().flush());
  }

  function resize() {
    if (!isPaper()) {
      drawn.forEach(({ chart }) => chart.resize());
    }
  }

  // What somebody opened, and what they stand on, outlives newer figures: both are found again by where they are on the page.
  let kept = null;
  const places = (root) => [...root.querySelectorAll("a[href], summary, button, [tabindex]")];

  function keep(event) {
    const root = event.detail.target;
    const at = places(root).indexOf(document.activeElement);
    kept = root.id && { id: root.id, opened: [...root.querySelectorAll("details.figures")].map((table) => table.open), at };
  }

  function putBack() {
    const root = kept && document.getElementById(kept.id);
    if (!root) {
      return;
    }
    [...root.querySelectorAll("details.figures")].filter((table, index) => kept.opened[index]).forEach((table) => { table.open = true; });
    const found = places(root)[kept.at];
    if (found) {
      found.focus({ preventScroll: true });
    }
    kept = null;
  }

  // A page that is gone back to comes as it was left; its filters say again what it shows.
  function sayAgain(event) {
    if (event.persisted) {
      document.querySelectorAll("form[method=get]").forEach((form) => form.reset());
    }
  }

  window.addEventListener("pageshow", sayAgain);
  document.addEventListener("htmx:beforeSwap", keep);
  document.addEventListener("htmx:afterSwap", putBack);
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", () => turn(true));
  window.addEventListener("afterprint", () => turn(false));
  dark.addEventListener("change", redraw);
  print.addEventListener("change", redraw);
  document.addEventListener("htmx:afterSettle", drawAll);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", drawAll);
  } else {
    drawAll();
  }
})();
