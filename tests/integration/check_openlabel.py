#!/usr/bin/env python3
"""Reads an OpenLABEL export back with NumPy: check_openlabel.py EXPORT DATASET [SCHEMA].

Boxes against pixels and points of the files that its uris name; the schema where the package
jsonschema is installed. Shares nothing with the writer.
"""
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from lenses import MIRRORS, project, surface

problems = []


def check(good, what):
    if not good:
        problems.append(what)


def matrix(transform):
    if "matrix4x4" in transform:
        return np.array(transform["matrix4x4"], float).reshape(4, 4)
    x, y, z, w = transform["quaternion"]
    out = np.eye(4)
    out[:3, :3] = [[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                   [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                   [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]]
    out[:3, 3] = transform["translation"]
    return out


def read_points(file):
    """x y z, instance and cause of a point cloud in PCD's binary form."""
    raw = file.read_bytes()
    end = raw.index(b"DATA binary\n") + 12
    head = {words[0]: words[1:] for line in raw[:end].decode().splitlines() if (words := line.split())}
    kinds = [(name, "<" + {"F": "f", "U": "u", "I": "i"}[t] + size)
             for name, size, t in zip(head["FIELDS"], head["SIZE"], head["TYPE"])]
    points = np.frombuffer(raw, np.dtype(kinds), int(head["POINTS"][0]), end)
    return np.stack([points[k].astype(float) for k in "xyz"], 1), points["instance"], points["cause"]


def box_pose(val):
    return matrix({"translation": val[:3], "quaternion": val[3:7]})


def pixels(points, properties):
    fisheye = properties.get("intrinsics_fisheye")
    lens = fisheye or properties["intrinsics_pinhole"]
    P = np.array(lens["camera_matrix"]).reshape(3, 4)
    return project(points, (P[0, 0], P[1, 1]), (P[0, 2], P[1, 2]), "fisheye" if fisheye else "pinhole",
                   lens["lens_coeffs" if fisheye else "distortion_coeffs"])


def named(elements, name):
    return next((one["val"] for one in elements if one["name"] == name), None)


def check_frame(doc, frame, dataset, count):
    properties = frame["frame_properties"]
    moved = {t["src"]: matrix(t["transform_src_to_dst"]) for t in properties["transforms"].values()}
    boxes = {key: named(one["object_data"]["cuboid"], "box") for key, one in frame["objects"].items()}
    for name, stream in properties["streams"].items():
        kind = doc["streams"][name]["type"]
        if kind == "camera":
            ids = np.asarray(Image.open(dataset / stream["stream_properties"]["ids"]))
            # The frame's instant is the first camera's: another's has its own.
            same = stream["stream_properties"]["sync"]["timestamp"] == properties["timestamp"]
            T = np.linalg.inv(moved[name]) @ moved["vehicle-iso8855"]
            for key, one in frame["objects"].items():
                data = one["object_data"].get("bbox", [])
                box = named(data, name + ".visible")
                if box is None:
                    continue
                rows, columns = np.nonzero(ids == int(key))
                check(box == [(columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2,
                              np.ptp(columns) + 1, np.ptp(rows) + 1], f"box of {key} in {name}: {box}")
                count["outlines"] += 1
                at = surface(T @ box_pose(boxes[key]), boxes[key][7:] + MIRRORS)
                if at[:, 2].min() < 0.3 or not (same or not named(one["object_data"]["boolean"], "moving")):
                    continue
                uv = pixels(at, doc["streams"][name]["stream_properties"])
                cx, cy, w, h = named(data, name + ".amodal")
                low, high = uv.min(0) - 1, uv.max(0) + 1
                check(cx - w / 2 >= low[0] and cx + w / 2 <= high[0] and cy - h / 2 >= low[1] and
                      cy + h / 2 <= high[1], f"amodal box of {key} in {name} sticks out of its cuboid")
                count["outlines in cuboids"] += 1
        elif kind == "lidar":
            points, instance, cause = read_points(dataset / stream["uri"])
            T = np.linalg.inv(moved["vehicle-iso8855"]) @ moved[name]
            in_ego = points @ T[:3, :3].T + T[:3, 3]
            for key, val in boxes.items():
                own = in_ego[(instance == int(key)) & (cause <= 2)]  # no halos or ghosts
                B = box_pose(val)
                local = np.abs((own - B[:3, 3]) @ B[:3, :3])
                # Points are at their own times: things and ego move by less than this meanwhile.
                check((local <= np.array(val[7:]) / 2 + 0.8).all(), f"points of {key} beside its cuboid")
                count["points"] += len(own)


def check_left_out(export, files, dataset):
    """LOST.md counts the captures that are in no frame."""
    recorded = told = 0
    for file in files:
        clip = dataset / "clips" / file.parent.name / file.stem
        recorded += sum(p.name.count(".") == 1 for p in clip.glob("*/*.json"))
        frames = json.loads(file.read_text())["openlabel"]["frames"].values()
        told += len({(name, one["stream_properties"]["sync"]["frame_stream"])
                     for frame in frames for name, one in frame["frame_properties"]["streams"].items()})
    line = f"- {recorded - told} captures between the frames\n"
    check((line in (export / "LOST.md").read_text()) == (recorded > told), f"LOST.md without {line}")


def main():
    export, dataset = Path(sys.argv[1]), Path(sys.argv[2])
    count = {"frames": 0, "outlines": 0, "outlines in cuboids": 0, "points": 0}
    files = sorted(export.glob("*/*/*.json"))
    check(files, "no files")
    for file in files:
        root = json.loads(file.read_text())
        doc = root["openlabel"]
        for frame in doc["frames"].values():
            check_frame(doc, frame, dataset, count)
            count["frames"] += 1
        if len(sys.argv) > 3:
            validate(root, Path(sys.argv[3]), file.name)
    check_left_out(export, files, dataset)
    for what, n in count.items():
        check(n, f"no {what}")
    print(f"openlabel: {count['frames']} frames, {count['outlines']} boxes hold their pixels, "
          f"{count['outlines in cuboids']} lie in their cuboids, {count['points']} points lie at their cuboids")
    for problem in problems:
        print("wrong: openlabel:", problem)
    raise SystemExit(1 if problems else 0)


def validate(root, schema, name):
    if not schema.exists():
        return print(f"openlabel: skipped the schema, which is not at {schema}")
    try:
        import jsonschema
    except ImportError:
        return print("openlabel: skipped the schema, python3-jsonschema is not installed")
    for error in jsonschema.Draft7Validator(json.loads(schema.read_text())).iter_errors(root):
        check(False, f"{name}: {error.json_path}: {error.message[:200]}")
    print(f"openlabel: {name} checked by the schema")


if __name__ == "__main__":
    main()
