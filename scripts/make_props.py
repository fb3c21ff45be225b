#!/usr/bin/env python3
"""Writes the props that scenarios of unknown things place, scenarios/props/*.obj, z up, in metres.

A statue and a swim ring are turned about an axis, a kayak and a bathtub are stacks of outlines.
The poster's picture, poster.png, is a rendering of this project's own people and is not made here.
Usage: scripts/make_props.py [--check]
"""
import argparse
import math
import pathlib
import sys

PROPS = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "props"


class Mesh:
    def __init__(self):
        self.points, self.uvs, self.faces = [], [], []  # faces: (material, [(point, uv or None)])

    def add(self, point):
        self.points.append(point)
        return len(self.points)

    def face(self, material, corners, uvs=None):
        self.faces.append((material, list(zip(corners, uvs or [None] * len(corners)))))

    def rings(self, material, rings, closed=True):
        """Joins rings of equally many points, each counter-clockwise seen from the last ring."""
        ids = [[self.add(p) for p in ring] for ring in rings]
        for low, high in zip(ids, ids[1:] + (ids[:1] if closed == "both" else [])):
            n = len(low)
            for k in range(n):
                self.face(material, [low[k], low[(k + 1) % n], high[(k + 1) % n], high[k]])
        if closed is True:
            self.face(material, ids[0][::-1])
            self.face(material, ids[-1])

    def text(self, name):
        out = [f"mtllib {name}.mtl"]
        out += ["v " + " ".join(f"{c:.4f}" for c in p) for p in self.points]
        out += ["vt " + " ".join(f"{c:.4f}" for c in uv) for uv in self.uvs]
        last = None
        for material, corners in self.faces:
            if material != last:
                out.append(f"usemtl {material}")
                last = material
            out.append("f " + " ".join(str(i) if uv is None else f"{i}/{uv}" for i, uv in corners))
        return "\n".join(out) + "\n"


def circle(radius, height, n=24, centre=(0.0, 0.0), squash=1.0):
    return [(centre[0] + radius * math.cos(2 * math.pi * k / n),
             centre[1] + squash * radius * math.sin(2 * math.pi * k / n), height) for k in range(n)]


def box(mesh, material, low, high):
    (x0, y0, z0), (x1, y1, z1) = low, high
    mesh.rings(material, [[(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)] for z in (z0, z1)])


def statue():
    mesh = Mesh()
    box(mesh, "Stone", (-0.3, -0.3, 0), (0.3, 0.3, 0.25))
    profile = [(0.24, 0.25), (0.22, 0.45), (0.17, 0.8), (0.2, 1.0), (0.23, 1.2), (0.2, 1.32),
               (0.07, 1.4), (0.09, 1.46), (0.11, 1.55), (0.09, 1.65), (0.03, 1.7)]
    mesh.rings("Stone", [circle(r, z, 20, squash=0.8) for r, z in profile])
    return mesh


def swim_ring():
    mesh = Mesh()
    n, m, big, small = 32, 14, 0.42, 0.14
    rings = []
    for i in range(n):
        a = 2 * math.pi * i / n
        rings.append([((big + small * math.cos(b)) * math.cos(a),
                       (big + small * math.cos(b)) * math.sin(a), small + small * math.sin(b))
                      for b in (-2 * math.pi * k / m for k in range(m))])
    mesh.rings("Vinyl", rings, closed="both")
    return mesh


def kayak():
    mesh = Mesh()
    stations = [(-1.55, 0.02, 0.34, 0.38), (-1.3, 0.14, 0.12, 0.34), (-0.8, 0.28, 0.02, 0.3),
                (0.0, 0.33, 0.0, 0.28), (0.8, 0.28, 0.02, 0.3), (1.3, 0.14, 0.12, 0.34),
                (1.55, 0.02, 0.34, 0.38)]  # x, half width, bottom, top
    rings = []
    for x, half, low, high in stations:
        middle, tall = 0.5 * (low + high), 0.5 * (high - low)
        rings.append([(x, half * math.cos(b), middle + tall * math.sin(b))
                      for b in (2 * math.pi * k / 16 for k in range(16))])
    mesh.rings("Shell", rings)
    mesh.rings("Seat", [circle(0.3, 0.26, 20, (-0.1, 0), 0.7), circle(0.27, 0.32, 20, (-0.1, 0), 0.7)])
    return mesh


def bathtub():
    mesh = Mesh()
    # Up the outside, over the rim, down the inside: thick walls, a bottom within.
    oval = lambda length, width, z: [(0.5 * length * math.copysign(abs(math.cos(a)) ** 0.5, math.cos(a)),
                                      0.5 * width * math.copysign(abs(math.sin(a)) ** 0.5, math.sin(a)), z)
                                     for a in (2 * math.pi * k / 28 for k in range(28))]
    mesh.rings("Enamel", [oval(1.25, 0.5, 0), oval(1.5, 0.62, 0.12), oval(1.7, 0.75, 0.55),
                          oval(1.7, 0.75, 0.58), oval(1.54, 0.6, 0.58), oval(1.35, 0.48, 0.2),
                          oval(1.1, 0.36, 0.12)])
    return mesh


def poster():
    mesh = Mesh()
    half, low, high, thick = 1.0, 0.15, 2.15, 0.03
    front = [mesh.add((thick, y, z)) for y, z in ((-half, low), (half, low), (half, high), (-half, high))]
    mesh.uvs = [(0, 0), (1, 0), (1, 1), (0, 1)]
    mesh.face("Picture", front, [1, 2, 3, 4])
    back = [mesh.add((-thick, y, z)) for y, z in ((-half, low), (half, low), (half, high), (-half, high))]
    mesh.face("Board", back[::-1])
    for k in range(4):
        mesh.face("Board", [back[k], back[(k + 1) % 4], front[(k + 1) % 4], front[k]])
    for y in (-0.8, 0.8):
        box(mesh, "Board", (-0.35, y - 0.03, 0), (0.35, y + 0.03, 0.15))
    return mesh


PAINT = {"Stone": ("0.42 0.40 0.36", 45), "Vinyl": ("0.80 0.20 0.05", 55),
         "Shell": ("0.72 0.60 0.04", 50), "Seat": ("0.03 0.03 0.03", 8),
         "Enamel": ("0.78 0.78 0.75", 65), "Board": ("0.50 0.50 0.50", 45), "Picture": ("1 1 1", 40)}
WHAT = {"statue": ("statue of a person in stone on a plinth", statue, "unknown"),
        "swim_ring": ("inflatable swim ring", swim_ring, "unknown"),
        "kayak": ("kayak", kayak, "unknown"), "bathtub": ("bathtub", bathtub, "unknown"),
        "poster": ("board of 2 m by 2 m with people printed on it at true size; faces +x", poster,
                   "unknown")}


def files():
    for name, (what, make, class_name) in WHAT.items():
        mesh = make()
        yield f"{name}.obj", mesh.text(name)
        used = sorted({material for material, _ in mesh.faces})
        yield f"{name}.mtl", "".join(
            f"newmtl {m}\nKd {PAINT[m][0]}\n" + ("map_Kd poster.png\n" if m == "Picture" else "")
            for m in used)
        materials = "".join(f"  {m}: {{reflectance: {PAINT[m][1]} %}}\n" for m in used)
        yield f"{name}.yaml", (
            f'schema: 1\nfile: {name}.obj\nwhat: "{what}"\nlicence: Apache-2.0\nclass: {class_name}\n'
            f"up: z\nmaterials:\n{materials}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if a file would change")
    check = parser.parse_args().check
    PROPS.mkdir(exist_ok=True)
    for name, text in files():
        path = PROPS / name
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f"{name} is not what scripts/make_props.py writes")


if __name__ == "__main__":
    main()
