#!/usr/bin/env python3
"""Turns what a terminal program printed (with ANSI colours) into an SVG picture.

  farthing --demo | docs/guide/images/terminal_svg.py "farthing --demo" > docs/guide/images/home.svg

Standard library only. Knows the SGR codes that tables use: bold, dim, the 16 named colours and the 256-colour palette.
"""
import re
import sys
from html import escape

CELL_W, CELL_H, PAD, BAR = 8.4, 19, 18, 34
INK, PAPER = "#d7dae0", "#16181d"
NAMED = ["#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0",
         "#6b7280", "#ef8b93", "#b5d99c", "#f0d197", "#8ac6f7", "#d79be6", "#83d0da", "#ffffff"]


def palette(n):
    if n < 16:
        return NAMED[n]
    if n >= 232:
        return "#%02x%02x%02x" % ((8 + 10 * (n - 232),) * 3)
    steps = [0, 95, 135, 175, 215, 255]
    n -= 16
    return "#%02x%02x%02x" % (steps[n // 36], steps[n // 6 % 6], steps[n % 6])


def restyle(style, codes):
    codes = [int(c or 0) for c in codes.split(";")]
    while codes:
        c = codes.pop(0)
        if c == 0:
            style = {}
        elif c == 1:
            style = {**style, "bold": True}
        elif c == 2:
            style = {**style, "dim": True}
        elif c in (22,):
            style = {k: v for k, v in style.items() if k not in ("bold", "dim")}
        elif c == 38 and codes[:1] == [5]:
            style = {**style, "ink": palette(codes[1])}
            codes = codes[2:]
        elif c == 38 and codes[:1] == [2]:
            style = {**style, "ink": "#%02x%02x%02x" % tuple(codes[1:4])}
            codes = codes[4:]
        elif 30 <= c <= 37 or 90 <= c <= 97:
            style = {**style, "ink": NAMED[c - 30 if c < 90 else c - 82]}
        elif c == 39:
            style = {k: v for k, v in style.items() if k != "ink"}
    return style


def rows(text):
    for line in text.rstrip("\n").split("\n"):
        style, column, runs = {}, 0, []
        for part in re.finditer(r"\x1b\[([0-9;]*)m|([^\x1b]+)", line):
            if part.group(2) is None:
                style = restyle(style, part.group(1))
            else:
                runs.append((column, part.group(2), style))
                column += len(part.group(2))
        yield runs


def main():
    title = sys.argv[1] if len(sys.argv) > 1 else ""
    lines = list(rows(sys.stdin.read()))
    columns = max((c + len(t) for runs in lines for c, t, _ in runs), default=0)
    width, height = columns * CELL_W + 2 * PAD, len(lines) * CELL_H + 2 * PAD + BAR
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" role="img" aria-label="%s">' % (width, height, width, escape(title, True)),
           '<rect width="100%%" height="100%%" rx="10" fill="%s"/>' % PAPER,
           '<g fill="#4b5160"><circle cx="22" cy="20" r="6"/><circle cx="42" cy="20" r="6"/><circle cx="62" cy="20" r="6"/></g>',
           '<g font-family="ui-monospace,SFMono-Regular,Menlo,DejaVu Sans Mono,monospace" font-size="14" fill="%s" xml:space="preserve">' % INK,
           '<text x="%.0f" y="25" text-anchor="middle" fill="#8a919e">%s</text>' % (width / 2, escape(title))]
    for number, runs in enumerate(lines):
        y = BAR + PAD + number * CELL_H + 8
        for column, text, style in runs:
            if not text.strip():
                continue
            extra = ' fill="%s"' % style["ink"] if "ink" in style else ""
            extra += ' font-weight="600"' if style.get("bold") else ""
            extra += ' opacity="0.6"' if style.get("dim") else ""
            out.append('<text x="%.1f" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs"%s>%s</text>'
                       % (PAD + column * CELL_W, y, len(text) * CELL_W, extra, escape(text)))
    print("\n".join(out + ["</g>", "</svg>"]))


if __name__ == "__main__":
    main()
