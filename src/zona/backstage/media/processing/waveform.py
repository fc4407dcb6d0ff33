"""A recording's waveform as a picture."""

from __future__ import annotations

from collections.abc import Sequence

STEP, THICKNESS, HEIGHT = 4, 2, 64  # units of the drawing; a bar takes one step
COLOUR = "#857c73"  # seen on white and on black alike (contrast at least 3:1 to both)


def draw_path(bars: Sequence[int], height: int = HEIGHT) -> str:
    """The bars (0 to 100) as the path of an SVG, upwards and downwards from the middle."""
    middle = height / 2
    steps = []
    for number, bar in enumerate(bars):
        half = max(1.0, bar / 100 * (middle - 1))
        steps.append(f"M{number * STEP + STEP // 2} {middle - half:.4g}v{2 * half:.4g}")
    return "".join(steps)


def draw_waveform(bars: Sequence[int], colour: str = COLOUR) -> str:
    """The bars as an SVG that stretches to any width."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(bars) * STEP} {HEIGHT}"'
        f' preserveAspectRatio="none"><path d="{draw_path(bars)}" fill="none" stroke="{colour}"'
        f' stroke-width="{THICKNESS}" stroke-linecap="round"/></svg>'
    )
