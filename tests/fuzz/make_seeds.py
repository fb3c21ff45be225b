#!/usr/bin/env python3
"""Writes small maps that together use everything the OpenDRIVE reader knows, as seeds for fuzzing.

Usage: tests/fuzz/make_seeds.py FOLDER
"""
import pathlib
import sys

AT_0 = 's="0"'
AT_OFFSET_0 = 'sOffset="0"'
ABCD = 'a="{}" b="{}" c="{}" d="{}"'


def cubic(name, place, a=0, b=0, c=0, d=0):
    return f"<{name} {place} {ABCD.format(a, b, c, d)}/>"


def lane(number, kind="driving", more=""):
    return f'<lane id="{number}" type="{kind}">{cubic("width", AT_OFFSET_0, 3.5)}{more}</lane>'


MARK = '<roadMark sOffset="0" type="broken" color="yellow"><type width="0.1"><line length="3" space="6" tOffset="0"/></type></roadMark>'
HEIGHT = '<height sOffset="0" inner="0.1" outer="0.12"/>'
SPEED = '<speed sOffset="0" max="30" unit="mph"/>'
TWO = (f'<laneSection s="0"><left>{lane(2, "sidewalk", HEIGHT)}{lane(1, more=MARK)}</left>'
       f'<center><lane id="0" type="none">{MARK}</lane></center><right>{lane(-1, more=SPEED)}</right></laneSection>')
LINE = "<line/>"


def geometry(shape, length=50, x=0.0, y=0.0, heading=0.0, s=0):
    return f'<geometry s="{s}" x="{x}" y="{y}" hdg="{heading}" length="{length}">{shape}</geometry>'


def road(number, plan=None, link="", junction="-1", more="", lanes=TWO, length=50, attributes=""):
    return (f'<road id="{number}" junction="{junction}" length="{length}" {attributes}><link>{link}</link>'
            f'<type s="0" type="town"><speed max="50" unit="km/h"/></type><planView>{plan or geometry(LINE)}</planView>'
            f"{more}<lanes>{lanes}</lanes></road>")


def linked(which, kind, number, more=""):
    return f'<{which} elementType="{kind}" elementId="{number}" {more}/>'


def seeds():
    shapes = [LINE, '<arc curvature="0.02"/>', '<spiral curvStart="-0.01" curvEnd="0.03"/>',
              f'<poly3 {ABCD.format(0, 0.1, 0.01, -1e-4)}/>',
              '<paramPoly3 aU="0" bU="50" cU="0" dU="0" aV="0" bV="0" cV="9" dV="-4" pRange="normalized"/>']
    for i, shape in enumerate(shapes):
        yield f"shape{i}", road(1, geometry(shape))
    elevation = f'<elevationProfile>{cubic("elevation", AT_0, 1, 0.02, 1e-4)}</elevationProfile>'
    lateral = (cubic("superelevation", AT_0, 0.03) + cubic("crossfall", 's="0" side="left"', 0.02)
               + cubic("shape", 's="0" t="-5"', 0, 0.02) + cubic("shape", 's="30" t="-5"', 0.1, 0, 0.001))
    yield "lateral", road(1, more=f"{elevation}<lateralProfile>{lateral}</lateralProfile>",
                          lanes=cubic("laneOffset", AT_0, 1, 0.01) + TWO)
    part = lambda name, a: f'<{name}>{cubic("coefficients", AT_0, a)}</{name}>'
    surface = (f'<crossSectionSurface>{part("tOffset", 0.2)}<surfaceStrips><strip id="1">{part("width", 3)}'
               f'{part("linear", -0.02)}</strip><strip id="2" mode="relative">{part("cubic", 0.001)}</strip>'
               "</surfaceStrips></crossSectionSurface>")
    yield "surface", road(1, more=f"<lateralProfile>{surface}</lateralProfile>")
    corners = "".join(f'<cornerLocal id="{i}" u="{u}" v="{v}" z="0" height="3"/>'
                      for i, (u, v) in enumerate([(-2, -1), (2, -1), (2, 1), (-2, 1)]))
    repeat = '<repeat s="5" length="30" distance="{}" tStart="5" tEnd="7" heightStart="1" heightEnd="2" zOffsetStart="0" zOffsetEnd="0"/>'
    marking = '<markings><marking color="white" width="0.1" lineLength="1" spaceLength="1"><cornerReference id="0"/><cornerReference id="1"/></marking><marking side="left"/></markings>'
    objects = (f'<object id="1" type="building" s="20" t="9" hdg="0.2"><outlines><outline id="0">{corners}</outline></outlines></object>'
               f'<object id="2" type="barrier" subtype="guardRail" s="0" t="5">{repeat.format(0)}</object>'
               f'<object id="3" type="tree" s="0" t="5" radius="1">{repeat.format(6)}</object>'
               f'<object id="4" type="parkingSpace" s="9" t="4" length="5" width="2"><parkingSpace access="car"/>{marking}</object>'
               f'<object id="5" type="crosswalk" s="30" t="0"><outline>{corners}</outline>{marking}<validity fromLane="-1" toLane="1"/></object>'
               '<objectReference id="5" s="3" t="1"/><bridge id="b" s="1" length="9" type="steel"/><tunnel id="t" s="20" length="9" lighting="0.5"/>')
    yield "objects", road(1, geometry(shapes[1]), more=f"<objects>{objects}</objects>")
    signals = ('<signal id="1" s="45" t="-4" zOffset="2" type="206" country="DE" orientation="+"><validity fromLane="-1" toLane="-1"/></signal>'
               '<signal id="2" s="40" t="4" type="R2" subtype="1" value="35" unit="mph" country="USA" orientation="-" hOffset="0.1"/>'
               '<signal id="3" s="44" t="-4" type="1000011" subtype="10" country="OpenDRIVE" dynamic="yes" orientation="none"><positionInertial x="1" y="2" z="3" hdg="0"/><dependency id="1"/></signal>'
               '<signal id="4" s="43" t="-2" type="294" country="de" orientation="+"/><signalReference id="1" s="9" t="0" orientation="-"/>')
    yield "signals", road(1, more=f"<signals>{signals}</signals>") + '<controller id="c" sequence="1"><control signalId="3"/></controller>'
    into = linked("successor", "junction", "J")
    out = linked("predecessor", "junction", "J")
    through = linked("predecessor", "road", 1, 'contactPoint="end"') + linked("successor", "road", 3, 'contactPoint="start"')
    connection = '<connection id="0" incomingRoad="1" {}="{}" contactPoint="start"><laneLink from="-1" to="-1"/></connection>'
    yield "junction", (road(1, link=into) + road(2, geometry(LINE, x=50), through, "J")
                       + road(3, geometry(LINE, x=100), out)
                       + f'<junction id="J">{connection.format("connectingRoad", 2)}<priority high="2" low="2"/><controller id="c"/></junction>')
    yield "direct", (road(1, link=into) + road(2, geometry(LINE, x=50), out)
                     + f'<junction id="J" type="direct">{connection.format("linkedRoad", 2)}</junction>')
    side = linked("predecessor", "road", 1, 'elementS="20" elementDir="+"')
    yield "virtual", (road(1) + road(2, geometry(LINE, x=20, heading=-0.3), side, "J")
                      + f'<junction id="J" type="virtual" mainRoad="1" sStart="10" sEnd="30">{connection.format("connectingRoad", 2)}</junction>')
    path = '<crossPath id="p" crossingRoad="2" roadAtStart="1" roadAtEnd="1"><startLaneLink s="9" from="-1" to="1"/><endLaneLink s="9" from="1" to="1"/></crossPath>'
    yield "crossing", (road(1, attributes='rule="LHT"') + road(2, geometry(LINE, x=20, y=-20, heading=1.57))
                       + f'<junction id="X" type="crossing"><roadSection id="0" roadId="1" sStart="1" sEnd="9"/>{path}</junction>')
    sections = "".join(f'<laneSection s="{s}" singleSide="{one}"><center><lane id="0"/></center><right>{lane(-1, "bidirectional")}'
                       f'{lane(-2, "parking")}</right></laneSection>' for s, one in [(0, "false"), (20, "true"), (35, "false")])
    yield "sections", road(1, lanes=sections, link=linked("successor", "road", 1, 'contactPoint="start"'))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in seeds():
        (folder / f"{name}.xodr").write_text(
            f'<OpenDRIVE><header revMajor="1" revMinor="8" vendor="seed"/>{body}</OpenDRIVE>\n')


if __name__ == "__main__":
    main()
