#!/usr/bin/env python3
"""Writes the project's own maps, scenarios/maps/*.xodr, as OpenDRIVE 1.6.

Only the shapes are stated here; where each piece of the plan view begins is integrated, so that the
pieces join to far below a millimetre.  Usage: scripts/make_maps.py [--check]
"""
import argparse
import math
import pathlib
import re
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
        self.pieces = []

    def add(self, length, start=0.0, end=0.0):
        self.pieces.append((length, start, end))
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

    def follow(self, other):
        """The pieces of another plan, from here on."""
        for piece in other.pieces:
            self.add(*piece)
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


def section(side_lanes, centre_mark, right_lanes=None):
    """Lanes of both sides, listed from the centre outward; the same ones if only one side is given."""
    left = [lane(i, *spec) for i, spec in enumerate(side_lanes, 1)]
    right = [lane(-i, *spec) for i, spec in enumerate(right_lanes or side_lanes, 1)]
    return (["<laneSection s=\"0\">", "<left>"] + left[::-1] + ["</left>", "<center>"] +
            [f'<lane id="0" type="none" level="false">{centre_mark}</lane>'] +
            ["</center>", "<right>"] + right + ["</right>", "</laneSection>"])


def road(name, kind, speed_kmh, plan, lanes, *, number="1", junction="-1", link=(), elevation=(),
         roll=(), objects=(), signals=()):
    body = [f'<road name="{name}" length="{plan.s:.9f}" id="{number}" junction="{junction}" '
            'rule="RHT">', *(["<link>", *link, "</link>"] if link else ["<link/>"]),
            f'<type s="0" type="{kind}"><speed max="{speed_kmh}" unit="km/h"/></type>',
            "<planView>", *plan.lines, "</planView>"]
    if elevation:
        body += ["<elevationProfile>", *smooth_profile("elevation", elevation),
                 "</elevationProfile>"]
    if roll:
        body += ["<lateralProfile>", *smooth_profile("superelevation", roll), "</lateralProfile>"]
    body += ["<lanes>", *lanes, "</lanes>"]
    for element, content in (("objects", objects), ("signals", signals)):
        if content:
            body += [f"<{element}>", *content, f"</{element}>"]
    return body + ["</road>"]


def document(name, comment, content):
    body = ["<OpenDRIVE>", f'<header revMajor="1" revMinor="6" name="{name}" version="1.0" '
            'date="2024-01-01T00:00:00" north="0" south="0" east="0" west="0" vendor="oddroad"/>',
            *content, "</OpenDRIVE>"]
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
        "of 120 m radius. Written by scripts/make_maps.py.",
        road("Linden Street", "town", 50, plan, lanes,
             elevation=[(0, 0), (150, 0.9), (300, 0.4), (400, 1.2)]))


def town_streets():
    """Streets of unlike cross sections and courses, 900 m apart: each is a place of its own."""
    none, kerb = mark("none"), ("curb", 0.15, mark("none"), 0.12)
    walk = lambda width: ("sidewalk", width, none, 0.12)
    dashes = mark("broken", length=3, space=6, change="both")
    drive = lambda width, line=none: ("driving", width, line)
    park = lambda width: ("parking", width, mark("curb"))
    green = lambda width: ("border", width, none, 0.12)
    line = mark("solid")
    streets = [
        # name, plan, left or both sides, centre, right side, knots of the elevation
        ("Gable Street", Plan().add(420), [drive(2.75), park(2.0), kerb, walk(1.8)], none, None,
         [(0, 0), (420, 2)]),
        ("Long Avenue", Plan().bend(60, 160, 1 / 500).add(240),
         [drive(3.25, dashes), drive(3.25, line), park(2.1), kerb, green(1.6), walk(3)],
         mark("solid"), None, [(0, 0), (260, 3), (520, 1)]),
        ("Brook Way", Plan().add(60).bend(30, 40, 1 / 90).bend(30, 50, -1 / 70).add(90),
         [drive(2.9), green(1.4)], none, [drive(2.9), kerb, walk(1.6)],
         [(0, 0), (120, 4), (240, 1), (360, 5)]),
        ("Parade", Plan().add(200).bend(50, 80, -1 / 250).add(120),
         [("median", 1.6, none, 0.12), ("curb", 0.15, none, 0.12), drive(3.2, dashes),
          drive(3.2, line), ("biking", 1.7, none), kerb, walk(3.2)], none, None,
         [(0, 0), (500, 4)]),
        ("Wheel Lane", Plan().bend(40, 60, 1 / 180).add(220),
         [drive(3.0, dashes), ("biking", 1.75, line), kerb, walk(2.2)], none, None,
         [(0, 2), (180, 0), (360, 3)]),
        ("Half Street", Plan().add(180).bend(25, 40, 1 / 60).add(150),
         [drive(3.0), kerb, walk(1.5)], dashes, [drive(3.0, line), park(2.0), kerb, walk(2.4)],
         [(0, 0), (200, 6), (420, 4)]),
        ("Market Row", Plan().add(380), [drive(3.1, line), park(4.8), kerb, walk(4)], dashes, None,
         [(0, 0), (200, 0.8), (380, 0)]),
        ("Hill Road", Plan().add(40).bend(30, 60, -1 / 80).add(60).bend(30, 60, 1 / 110).add(60),
         [drive(3.25, line), park(2.1), kerb, walk(2.5)], dashes, [drive(3.25, line), kerb, walk(2)],
         [(0, 0), (120, 6), (230, 15), (370, 18)]),
    ]
    content = []
    for k, (name, plan, left, centre, right, knots) in enumerate(streets):
        moved = Plan(900.0 * (k % 3), 900.0 * (k // 3), 0.7 * k).follow(plan)
        content += road(name, "town", 50, moved, section(left, centre, right), number=str(k + 1),
                        elevation=knots)
    return document(
        "town_streets", "Eight town streets without junctions, of unlike width, course and slope, "
        "900 m apart. Written by scripts/make_maps.py.", content)


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
        "bends of 1000 m and 1200 m radius. Written by scripts/make_maps.py.",
        road("Motorway 7", "motorway", 130, plan, lanes,
             elevation=[(0, 0), (700, 6), (1300, 1), (2000, 8)], roll=roll))


LANE, KERB, FOOTWAY = 3.25, 0.15, 2.5
REACH = 16.0  # from the middle of the junction to where its arms begin


def arm(number):
    """From the junction outward; traffic into the junction drives on its left lanes."""
    heading = (number - 1) * math.pi / 2
    plan = Plan(REACH * math.cos(heading), REACH * math.sin(heading), heading).add(184)
    # No centre line on the crossing, an unbroken one where cars queue.
    centre = (mark("none") + mark("solid").replace('sOffset="0" type', 'sOffset="8.75" type') +
              mark("broken", length=3, space=6, change="both")
              .replace('sOffset="0" type', 'sOffset="26" type'))
    lanes = section([("driving", LANE, mark("curb")), ("curb", KERB, mark("none"), 0.12),
                     ("sidewalk", FOOTWAY, mark("none"), 0.12)], centre)
    beside = LANE + 0.7
    objects = [
        f'<object id="{number}4" name="zebra" type="crosswalk" s="5" t="0" zOffset="0" hdg="0" '
        f'orientation="none" length="4" width="{2 * LANE:g}" height="0"/>',
        f'<object id="{number}5" name="stop line" type="roadMark" subtype="signalLines" s="8.5" '
        f't="{LANE / 2:g}" zOffset="0" hdg="0" orientation="-" length="0.5" width="{LANE - 0.2:g}" '
        f'height="0"/>']
    signals = [
        signal(f"{number}1", "1000001", 9.2, beside, "-", 2.3, 0, '<validity fromLane="1" toLane="1"/>'),
        signal(f"{number}2", "1000002", 2.6, beside, "none", 2.2, -math.pi / 2),
        signal(f"{number}3", "1000002", 7.4, -beside, "none", 2.2, math.pi / 2)]
    names = {1: "Station Road", 2: "Mill Lane", 3: "Station Road", 4: "Mill Lane"}
    return road(names[number], "town", 50, plan, lanes, number=number, objects=objects,
                signals=signals, link=['<predecessor elementType="junction" elementId="100"/>'])


def signal(number, kind, s, t, orientation, height, turned, validity=""):
    size = 'height="0.88" width="0.3"' if kind == "1000001" else 'height="0.6" width="0.28"'
    start = (f'<signal id="{number}" name="" s="{s:g}" t="{t:g}" zOffset="{height:g}" '
             f'hOffset="{turned:.9g}" orientation="{orientation}" dynamic="yes" country="OpenDRIVE" '
             f'type="{kind}" subtype="-1" value="-1" {size}')
    return f"{start}>{validity}</signal>" if validity else f"{start}/>"


def turn(number, come_from, go_to):
    """A lane through the junction; where it turns right it carries the kerb and the footway."""
    heading = (come_from - 1) * math.pi / 2
    plan = Plan(REACH * math.cos(heading), REACH * math.sin(heading), heading + math.pi)
    quarters = (go_to - come_from) % 4
    if quarters == 2:
        plan.add(2 * REACH)
    else:
        plan.add(REACH * math.pi / 2, *[(1 if quarters == 3 else -1) / REACH] * 2)
    ends = lambda lane_id: (f'<link><predecessor id="{-lane_id}"/><successor id="{lane_id}"/></link>')
    rest = [lane(-1, "driving", LANE, mark("none"))]
    if quarters == 1:
        rest += [lane(-2, "curb", KERB, mark("none"), 0.12),
                 lane(-3, "sidewalk", FOOTWAY, mark("none"), 0.12)]
    rest = [re.sub(r'(<lane id="(-\d)"[^>]*>)', lambda m: m.group(1) + ends(int(m.group(2))), line)
            for line in rest]
    lanes = ['<laneSection s="0">', "<center>",
             f'<lane id="0" type="none" level="false">{mark("none")}</lane>', "</center>",
             "<right>", *rest, "</right>", "</laneSection>"]
    return road("", "town", 50, plan, lanes, number=number, junction="100", link=[
        f'<predecessor elementType="road" elementId="{come_from}" contactPoint="start"/>',
        f'<successor elementType="road" elementId="{go_to}" contactPoint="start"/>'])


def town_junction():
    content, connections = [], []
    for number in (1, 2, 3, 4):
        content += arm(number)
    for come_from in (1, 2, 3, 4):
        for go_to in (1, 2, 3, 4):
            if come_from == go_to:
                continue
            number = 100 + 10 * come_from + go_to
            content += turn(number, come_from, go_to)
            lanes = (1, 2, 3) if (go_to - come_from) % 4 == 1 else (1,)
            connections += [
                f'<connection id="{len(connections)}" incomingRoad="{come_from}" '
                f'connectingRoad="{number}" contactPoint="start">',
                *[f'<laneLink from="{i}" to="{-i}"/>' for i in lanes], "</connection>"]
    for group, arms in (("1", (1, 3)), ("2", (2, 4))):
        content += [f'<controller id="{group}" name="group {group}" sequence="0">',
                    *[f'<control signalId="{i}1" type="0"/>' for i in arms], "</controller>"]
    content += ['<junction id="100" name="Station Road / Mill Lane">', *connections,
                '<controller id="1" type="0"/>', '<controller id="2" type="0"/>', "</junction>"]
    return document(
        "town_junction", "Two town streets that cross at lights, with zebra crossings and lights "
        "for people on every arm. Written by scripts/make_maps.py.", content)


def country_road():
    """A road between fields, straight at first, then a bend; no pavement."""
    plan = Plan().add(900).bend(80, 120, 1 / 500).add(220)
    lanes = section([("driving", 3.4, mark("solid")), ("shoulder", 0.6, mark("none"))],
                    mark("broken", length=4, space=8, change="both"))
    return document(
        "country_road", "A rural road without pavements: 900 m straight over a low rise, then a bend "
        "of 500 m radius. Written by scripts/make_maps.py.",
        road("Mill Road", "rural", 100, plan, lanes,
             elevation=[(0, 0), (450, 5), (900, 1), (1400, 4)]))


def proving_ground():
    """Two lanes on a level field of asphalt, wide enough for targets that come from 35 m aside."""
    lanes = section([("driving", 3.5, mark("solid")), ("shoulder", 45, mark("none"))],
                    mark("broken", length=3, space=6, change="both"))
    return document(
        "proving_ground", "A level test track: 900 m straight, lanes of 3.5 m, 45 m of asphalt on "
        "either side. Written by scripts/make_maps.py.",
        road("Test Track", "rural", 100, Plan().add(900), lanes))


def motorway_works():
    """Lanes that shift aside between yellow marks, while the white ones are still there."""
    white = mark("broken", 0.15, 6, 12, "both")
    edge = mark("solid", 0.15)
    yellow = lambda text: (text.replace('color="standard"', 'color="yellow"')
                           .replace('sOffset="0" type', 'sOffset="240" type'))
    dashes = yellow(mark("broken", 0.12, 3, 6, "none"))
    begin, end = 240, 300

    def width(before, after):
        return "".join(smooth_profile("width", [(0, before), (begin, before), (end, after)])
                       ).replace(' s="', ' sOffset="')

    def tapered(number, kind, before, after, marks):
        return (f'<lane id="{number}" type="{kind}" level="false">{width(before, after)}{marks}</lane>')

    outer = [tapered(-1, "median", 1.75, 1.75, mark("none")),
             tapered(-2, "shoulder", 0.75, 4.0, edge + yellow(edge)),
             tapered(-3, "driving", 3.75, 2.8, white + dashes),
             tapered(-4, "driving", 3.75, 2.8, white + dashes),
             tapered(-5, "driving", 3.75, 2.8, mark("solid", 0.3) + yellow(edge)),
             tapered(-6, "shoulder", 2.75, 2.35, mark("none"))]
    left = [lane(i, *spec) for i, spec in enumerate(
        [("median", 1.75, mark("none")), ("shoulder", 0.75, edge), ("driving", 3.75, white),
         ("driving", 3.75, white), ("driving", 3.75, mark("solid", 0.3)),
         ("shoulder", 2.75, mark("none"))], 1)]
    lanes = (['<laneSection s="0">', "<left>"] + left[::-1] + ["</left>", "<center>"] +
             [f'<lane id="0" type="none" level="false">{mark("none")}</lane>'] +
             ["</center>", "<right>"] + outer + ["</right>", "</laneSection>"])
    # The old lines, as far as the lanes no longer follow them.
    paint = []
    for t in (6.25, 10.0):
        paint += [(s, t, 6, 0.15) for s in range(270, 880, 18)]
    paint += [(s, 2.5, 20, 0.15) for s in range(270, 880, 20)]
    paint += [(s, 13.75, 20, 0.3) for s in range(310, 880, 20)]
    objects = [f'<object id="{k + 1}" name="old line" type="roadMark" s="{s:g}" t="{-t:g}" '
               f'zOffset="0" hdg="0" orientation="none" length="{length:g}" width="{wide:g}" '
               'height="0"/>' for k, (s, t, length, wide) in enumerate(paint)]
    return document(
        "motorway_works", "A motorway of which one side is narrowed and shifted for road works, with "
        "yellow marks beside the white ones. Written by scripts/make_maps.py.",
        road("Motorway 8", "motorway", 80, Plan().add(900), lanes, objects=objects))


def structure(element, number, name, s, length, kind, rest=""):
    return (f'<{element} s="{s:g}" length="{length:g}" id="{number}" name="{name}" type="{kind}"'
            f'{rest}/>')


def rural_tunnel():
    """A road through a hill and over a valley, and another that crosses it on a bridge."""
    lanes = lambda: section([("driving", 3.5, mark("solid", 0.15)),
                             ("shoulder", 0.75, mark("none"))],
                            mark("broken", length=4, space=8, change="both"))
    main = Plan().add(300).bend(60, 120, 1 / 400).add(180).bend(50, 90, -1 / 300).add(50)
    over = Plan(120, -220, math.pi / 2).add(440)
    content = road(
        "Ridge Road", "rural", 80, main, lanes(), number="1",
        elevation=[(0, 0), (200, 1), (450, 6), (640, 10), (900, 4)],
        objects=[structure("tunnel", "11", "Ridge Tunnel", 260, 170, "standard",
                           ' lighting="0.8" daylight="0.1"'),
                 structure("bridge", "12", "Mill Valley Bridge", 620, 70, "concrete")])
    content += road(
        "Farm Lane", "rural", 60, over, lanes(), number="2",
        elevation=[(0, 0), (170, 7.6), (270, 7.6), (440, 0.5)],
        objects=[structure("bridge", "21", "Farm Lane Bridge", 196, 48, "concrete")])
    return document(
        "rural_tunnel", "A rural road through a tunnel of 170 m and over a bridge of 70 m, and a lane "
        "that crosses it on a bridge. Written by scripts/make_maps.py.", content)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if a file would change")
    check = parser.parse_args().check
    for name, make in (("town_street", town_street), ("motorway_3lane", motorway_3lane),
                       ("town_streets", town_streets), ("town_junction", town_junction),
                       ("rural_tunnel", rural_tunnel), ("proving_ground", proving_ground),
                       ("motorway_works", motorway_works),
                       ("country_road", country_road)):
        path = MAPS / f"{name}.xodr"
        text = make()
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f"{path.name} is not what scripts/make_maps.py writes")


if __name__ == "__main__":
    main()
