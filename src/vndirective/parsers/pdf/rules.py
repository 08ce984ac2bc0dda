"""Ruling lines of a page, from pdfium's path objects.

path ──subpaths──▶ line, box or bent line ──▶ Edge

What counts as what is as in pdfplumber, whose table finder takes these edges: a closed subpath of four right-angled sides is a box, two
points are a line, anything else is bent.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Edge = dict[str, Any]  # of pdfplumber: object_type, x0, x1, top, bottom, width, height, orientation ("v", "h")
View = Callable[[float, float], Point]
Matrix = tuple[float, float, float, float, float, float]
THIN = 3.0  # points
_DEEPEST = 8  # forms within forms


def edges_of(page: Any, view: View) -> list[Edge]:
    """Edges of a pypdfium2 page, those inside forms too; `view` turns page space into the page as it is seen.

    A filled box without a line around it is left out: some writers paint the ground behind every word.
    """
    lines: list[Edge] = []
    boxes: list[Edge] = []
    bent: list[Edge] = []
    for points, curved, stroked in _subpaths(page, view):
        if len(points) == 2 and not curved:
            lines.append(_line(*points))
        elif _is_box(points) and not curved:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            top, low = min(y for _, y in points), max(y for _, y in points)
            if stroked or right - left <= THIN or low - top <= THIN:
                boxes += [
                    _edge("rect_edge", "h", left, right, top, top),
                    _edge("rect_edge", "h", left, right, low, low),
                    _edge("rect_edge", "v", left, left, top, low),
                    _edge("rect_edge", "v", right, right, top, low),
                ]
        else:
            bent += [edge for a, b in pairwise(points) if (edge := _bent(a, b)) is not None]
    return [*lines, *boxes, *bent]


def _edge(kind: str, orientation: str, x0: float, x1: float, top: float, bottom: float) -> Edge:
    return {
        "object_type": kind,
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _line(a: Point, b: Point) -> Edge:
    (x0, x1), (top, low) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return _edge("line", "h" if top == low else "v", x0, x1, top, low)


def _bent(a: Point, b: Point) -> Edge | None:
    """One side of a bent line; None where it is aslant."""
    if a[0] != b[0] and a[1] != b[1]:
        return None
    (x0, x1), (top, low) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return _edge("curve_edge", "v" if a[0] == b[0] else "h", x0, x1, top, low)


def _is_box(points: list[Point]) -> bool:
    if len(points) != 5 or points[0] != points[4]:
        return False
    (xa, ya), (xb, yb), (xc, yc), (xd, yd), _ = points
    return (xa == xb and yb == yc and xc == xd and yd == ya) or (ya == yb and xb == xc and yc == yd and xd == xa)


def _subpaths(page: Any, view: View) -> Iterator[tuple[list[Point], bool, bool]]:
    """Points of each painted subpath as seen (of a curve its ends), a closed one with its first point at the end; whether it
    has curves; and whether a line is drawn along it."""
    import pypdfium2.raw as pdfium

    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    fill, stroke = ctypes.c_int(), ctypes.c_int()

    def of_path(item: Any, outer: Matrix) -> Iterator[tuple[list[Point], bool]]:
        a, b, c, d, e, f = _times(_matrix(item), outer)
        points: list[Point] = []
        bends = 0
        for i in range(pdfium.FPDFPath_CountSegments(item)):
            segment = pdfium.FPDFPath_GetPathSegment(item, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                bends += 1
                if bends % 3:  # two control points, then the end
                    continue
            elif kind == pdfium.FPDF_SEGMENT_MOVETO:
                yield _whole(points), bends > 0
                points, bends = [], 0
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(view(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if pdfium.FPDFPathSegment_GetClose(segment) and points[-1] != points[0]:
                points.append(points[0])
        yield _whole(points), bends > 0

    def _matrix(item: Any) -> Matrix:
        if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
            return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def of_item(item: Any, outer: Matrix, depth: int) -> Iterator[tuple[list[Point], bool, bool]]:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
            if stroke.value or fill.value:
                drawn = bool(stroke.value)
                for points, curved in of_path(item, outer):
                    if len(points) > 1:
                        yield points, curved, drawn
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(item), outer)
            for i in range(pdfium.FPDFFormObj_CountObjects(item)):
                yield from of_item(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    for i in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from of_item(pdfium.FPDFPage_GetObject(page.raw, i), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)


def _whole(points: list[Point]) -> list[Point]:
    """There and back is one line."""
    return points[:2] if len(points) == 3 and points[0] == points[2] else points


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
