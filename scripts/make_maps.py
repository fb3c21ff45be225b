#!/usr/bin/env python3
"""Writes the project's own maps, scenarios/maps/*.xodr, as OpenDRIVE 1.6.

Only the shapes are stated here; where each piece of the plan view begins is integrated, so that the
pieces join to far below a millimetre.  Usage: scripts/make_maps.py [--check]
"""
import argparse
import math
import pathlib
import sys

MAPS = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "maps"


def simpson(f, length, n=2000):
    h = length / n
    inner = sum((4 if k % 2 else 2) * f(k * h) for k in range(1, n))
    return h / 3 * (f(0) + inner + f(length))


class Plan:
    """Pieces of the plan view, each (length, start curvature, end curvature)."""

    def __init__(self, x=0.0, y=0.0, heading=0.0):
        self.x, self.y, self.heading, self.s, self.lines = x, y, heading, 0.0, []

    def add(self, length, start=0.0, end=0.0):
        if start == end == 0:
            shape = "<line/>"
        elif start == end:
            shape = f'<arc curvature="{start:.12g}"/>'
        else:
            shape = f'<spiral curvStart="{start:.12g}" curvEnd="{end:.12g}"/>'
        self.lines.append(
            f'<geometry s="{self.s:.9f}" x="{self.x:.9f}" y="{self.y:.9f}" '
            f'hdg="{self.heading:.12f}" length="{length:.9f}">{shape}</geometry>')
        angle = lambda ds: self.heading + start * ds + 0.5 * (end - start) / length * ds * ds
        self.x += simpson(lambda ds: math.cos(angle(ds)), length)
        self.y += simpson(lambda ds: math.sin(angle(ds)), length)
        self.heading, self.s = angle(length), self.s + length
        return self

    def bend(self, ramp, arc, curvature):
        return self.add(ramp, 0, curvature).add(arc, curvature, curvature).add(ramp, curvature, 0)


def smooth_profile(element, knots):
    """Cubics through (s, value) with level tangents at every knot."""
    out = []
    for (s0, v0), (s1, v1) in zip(knots, knots[1:] + [(None, None)]):
        if s1 is None:
            c = d = 0.0
        else:
            length, rise = s1 - s0, v1 - v0
            c, d = 3 * rise / length**2, -2 * rise / length**3
        out.append(f'<{element} s="{s0:g}" a="{v0:g}" b="0" c="{c:.12g}" d="{d:.12g}"/>')
    return out


def mark(kind, width=0.12, length=0.0, space=0.0, change="none"):
    if kind in ("none", "curb"):
        return f'<roadMark sOffset="0" type="{kind}" color="standard" laneChange="none"/>'
    return (f'<roadMark sOffset="0" type="{kind}" weight="standard" color="standard" '
            f'width="{width:g}" laneChange="{change}"><type name="{kind}" width="{width:g}">'
            f'<line length="{length:g}" space="{space:g}" tOffset="0" sOffset="0" '
            f'width="{width:g}"/></type></roadMark>')


def lane(lane_id, kind, width, marking, height=None):
    rise = "" if height is None else f'<height sOffset="0" inner="{height:g}" outer="{height:g}"/>'
    return (f'<lane id="{lane_id}" type="{kind}" level="false">'
            f'<width sOffset="0" a="{width:g}" b="0" c="0" d="0"/>{marking}{rise}</lane>')


def section(side_lanes, centre_mark):
    """The same lanes on both sides, listed from the centre outward."""
    left = [lane(i, *spec) for i, spec in enumerate(side_lanes, 1)]
    right = [lane(-i, *spec) for i, spec in enumerate(side_lanes, 1)]
    return (["<laneSection s=\"0\">", "<left>"] + left[::-1] + ["</left>", "<center>"] +
            [f'<lane id="0" type="none" level="false">{centre_mark}</lane>'] +
            ["</center>", "<right>"] + right + ["</right>", "</laneSection>"])


def document(name, comment, road_name, kind, speed_kmh, plan, elevation, roll, lanes):
    body = ["<OpenDRIVE>", f'<header revMajor="1" revMinor="6" name="{name}" version="1.0" '
            'date="2024-01-01T00:00:00" north="0" south="0" east="0" west="0" vendor="oddroad"/>',
            f'<road name="{road_name}" length="{plan.s:.9f}" id="1" junction="-1" rule="RHT">',
            "<link/>", f'<type s="0" type="{kind}"><speed max="{speed_kmh}" unit="km/h"/></type>',
            "<planView>", *plan.lines, "</planView>",
            "<elevationProfile>", *smooth_profile("elevation", elevation), "</elevationProfile>"]
    if roll:
        body += ["<lateralProfile>", *smooth_profile("superelevation", roll), "</lateralProfile>"]
    body += ["<lanes>", *lanes, "</lanes>", "</road>", "</OpenDRIVE>"]
    out, depth = ['<?xml version="1.0" encoding="UTF-8"?>', f"<!-- {comment} -->"], 0
    for line in body:
        if line.startswith("</"):
            depth -= 1
        out.append("  " * depth + line)
        opens = line.startswith("<") and not line.startswith("</") and line.count("<") == 1
        if opens and not line.endswith("/>"):
            depth += 1
    return "\n".join(out) + "\n"


def town_street():
    plan = Plan().add(260).bend(30, 50, 1 / 120).add(30)
    lanes = section([
        ("driving", 3.25, mark("solid")),
        ("parking", 2.1, mark("curb")),
        ("curb", 0.15, mark("none"), 0.12),
        ("sidewalk", 2.5, mark("none"), 0.12),
    ], mark("broken", length=3, space=6, change="both"))
    return document(
        "town_street", "A town street with parked cars on both sides: 260 m straight, then a bend "
        "of 120 m radius. Written by scripts/make_maps.py.", "Linden Street", "town", 50, plan,
        [(0, 0), (150, 0.9), (300, 0.4), (400, 1.2)], None, lanes)


def motorway_3lane():
    plan = Plan().add(400).bend(150, 400, 1 / 1000).add(300).bend(120, 280, -1 / 1200).add(80)
    dashes = mark("broken", 0.15, 6, 12, "both")
    lanes = section([
        ("median", 1.75, mark("none")),
        ("shoulder", 0.75, mark("solid", 0.15)),
        ("driving", 3.75, dashes),
        ("driving", 3.75, dashes),
        ("driving", 3.75, mark("solid", 0.3)),
        ("shoulder", 2.75, mark("none")),
    ], mark("none"))
    # The outer side of each bend is raised: a negative roll lifts the right.
    roll = [(0, 0), (400, 0), (550, -0.03), (950, -0.03), (1100, 0), (1400, 0), (1520, 0.025),
            (1800, 0.025), (1920, 0)]
    return document(
        "motorway_3lane", "Two kilometres of motorway, three lanes each way, grass between them; "
        "bends of 1000 m and 1200 m radius. Written by scripts/make_maps.py.", "Motorway 7",
        "motorway", 130, plan, [(0, 0), (700, 6), (1300, 1), (2000, 8)], roll, lanes)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if a file would change")
    check = parser.parse_args().check
    for name, make in (("town_street", town_street), ("motorway_3lane", motorway_3lane)):
        path = MAPS / f"{name}.xodr"
        text = make()
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f"{path.name} is not what scripts/make_maps.py writes")


if __name__ == "__main__":
    main()
