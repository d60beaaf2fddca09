"""Draw a plot as SVG: cost by size, both axes logarithmic."""

import math
from collections.abc import Mapping
from typing import Final

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 30, 50
COLOURS: Final = ("#005eb8", "#d5281b", "#007f3b", "#ffb81c", "#7c2855", "#4c6272")

Lines = Mapping[str, Mapping[int, float]]
"""The cost by size of each named line."""


def growth_plot(title: str, lines: Lines, x_label: str, y_label: str) -> str:
    """Return the SVG file. The first line, Bedboard's own, is drawn thicker."""
    sizes = sorted({size for line in lines.values() for size in line})
    costs = [cost for line in lines.values() for cost in line.values()]
    x_low, x_high = math.log10(sizes[0]), math.log10(sizes[-1])
    y_low, y_high = math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs)))

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)

    def y(cost: float) -> float:
        share = (math.log10(cost) - y_low) / (y_high - y_low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="12"><title>{title}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18" font-size="14">{title}</text>',
        f'<text x="{LEFT}" y="{HEIGHT - 8}">{x_label}</text>',
        f'<text x="14" y="{HEIGHT / 2}" transform="rotate(-90 14 {HEIGHT / 2})">{y_label}</text>',
    ]
    parts += [_mark(x(size), HEIGHT - BOTTOM + 16, f"{size:,}", "middle") for size in sizes]
    for power in range(y_low, y_high + 1):
        at = y(10**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#d8dde0"/>')
        parts.append(_mark(LEFT - 6, at + 4, f"{10**power:,}", "end"))
    for number, (name, line) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{x(size):.1f},{y(cost):.1f}" for size, cost in sorted(line.items()))
        thick = 3 if number == 0 else 1.5
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{thick}"/>'
        )
        key = TOP + 20 + 18 * number
        parts.append(
            f'<path d="M{WIDTH - RIGHT + 12} {key}h20" stroke="{colour}" stroke-width="3"/>'
        )
        parts.append(_mark(WIDTH - RIGHT + 38, key + 4, name, "start"))
    return "\n".join([*parts, "</svg>", ""])


def _mark(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
