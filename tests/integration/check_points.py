#!/usr/bin/env python3
"""Reads LiDAR points of exports back and compares them with the dataset's own, number by number.

    check_points.py FOLDER     FOLDER/{dataset,semantickitti,kitti,ply,mcap} of a clip whose ego stands

Formats hold points where they are at one instant of the sweep. Where the ego stands that is where
they were measured, to the last bit of a float. Then plants mistakes and shows that each is noticed.
"""
import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np

from check_mcap import Clip, cloud_of
from mcap_file import Mcap
from mistakes import check, finish, in_bytes

sys.path.append(str(Path(__file__).parents[2] / "scripts"))
from read_clip import matrix, read_cloud  # noqa: E402: the example of how to read the dataset

TYPES = {"float": "<f4", "uchar": "u1", "ushort": "<u2", "int": "<i4"}


class Sweeps:
    """The dataset's: clouds, stamps and poses by clip and tick; one LiDAR."""

    def __init__(self, root):
        self.root = root
        self.colors = {c["id"]: c["color"] for c in
                       json.loads((root / "dataset.json").read_text())["ontology"]["classes"]}
        self.clips = {}
        for clip in sorted((root / "clips").glob("*/*")):
            lidar = json.loads((clip / "calibration.json").read_text())["lidars"][0]
            about = json.loads((clip / "clip.json").read_text())
            sweeps = []
            for file in sorted((clip / lidar["name"]).glob("*.pcd")):
                labels = json.loads(file.with_suffix(".json").read_text())
                sweeps.append((read_cloud(file), labels["stamp_ns"],
                               matrix(labels["T_world_ego"]) @ matrix(lidar["T_ego_lidar"])))
            poses = np.array([pose for _, _, pose in sweeps])
            check(len(sweeps) > 1 and np.ptp(poses, 0).max() < 1e-9, f"points: the ego of {clip.name} does not stand")
            ego = next(one["id"] for one in about["actors"] if one["is_ego"])
            self.clips[f"{clip.parent.name}/{clip.name}"] = (lidar["name"], ego, sweeps)
            # Of whom somebody rides: one with the rider.
            self.mount = np.arange(65536)
            for one in about["actors"]:
                self.mount[one["id"]] = one["rides"] or one["id"]


def columns(cloud, names):
    return np.stack([cloud[name] for name in names], 1)


def compare(got, own, names, what):
    """Points in the same order and all their numbers; how many there are."""
    if len(got) != len(own):
        check(False, f"{what}: {len(got)} points, the dataset has {len(own)}")
        return 0
    for name in names:
        differ = (got[name] != own[name]).sum()
        check(differ == 0, f"{what}: {differ} of {len(own)} points have another {name}")
    return len(got)


def kitti_order(cloud, ego):
    """What KITTI has: returns alone, nothing of the ego; from the top ring down, each from +x on."""
    kept = cloud[(cloud["range"] > 0) & (cloud["instance"] != ego)]
    angle = np.arctan2(kept["y"].astype(np.longdouble), kept["x"].astype(np.longdouble))
    angle = np.where(angle < 0, angle + 2 * np.arctan2(np.longdouble(0), np.longdouble(-1)), angle)
    return kept[np.lexsort((np.arange(len(kept)), angle, -kept["ring"].astype(int)))]


def check_velodyne(file, cloud, ego, what):
    got = np.fromfile(file, [(name, "<f4") for name in ("x", "y", "z", "intensity")])
    return compare(got, kitti_order(cloud, ego), got.dtype.names, what)


def check_semantickitti(root, dataset):
    total = 0
    for row in csv.DictReader(open(root / "sequences.csv")):
        _, ego, sweeps = dataset.clips[row["clip"]]
        for k, (cloud, _, _) in enumerate(sweeps):
            place = root / "sequences" / row["sequence"]
            total += check_velodyne(place / f"velodyne/{k:06d}.bin", cloud, ego, f"semantickitti {k}")
            labels, own = np.fromfile(place / f"labels/{k:06d}.label", "<u4"), kitti_order(cloud, ego)
            things = labels >> 16 > 0
            check(things.any() and labels.shape == own.shape and
                  (labels >> 16 == dataset.mount[own["instance"]])[things].all(), f"semantickitti {k}: ids")
    check(total > 10000, f"semantickitti: {total} points")
    print(f"semantickitti: {total} points are the dataset's bit by bit")


def check_kitti(root, dataset):
    total = 0
    for row in csv.DictReader(open(root / "frames.csv")):
        _, ego, sweeps = dataset.clips[row["clip"]]
        sweep = int(row["sweep_tick"])
        file = root / f"training/velodyne/{row['frame']}.bin"
        total += check_velodyne(file, sweeps[sweep][0], ego, f"kitti {sweep}")
    check(total > 10000, f"kitti: {total} points")
    print(f"kitti: {total} points are the dataset's bit by bit")


def read_ply(file):
    data = file.read_bytes()
    end = data.index(b"end_header\n") + 11
    lines = [line.split() for line in data[:end].decode().splitlines()]
    check(lines[:2] == [["ply"], ["format", "binary_little_endian", "1.0"]], f"ply {file.name}: header")
    kinds = [(line[2], TYPES[line[1]]) for line in lines if line[0] == "property"]
    count = next(int(line[2]) for line in lines if line[:2] == ["element", "vertex"])
    cloud = np.frombuffer(data[end:], kinds)
    check(len(cloud) == count, f"ply {file.name}: {len(cloud)} points, the header says {count}")
    return cloud


def check_ply(root, dataset):
    total = 0
    for name, (lidar, _, sweeps) in dataset.clips.items():
        rows = list(csv.DictReader(open(root / name / "poses.csv")))
        check([row["file"] for row in rows] == [f"{lidar}/{k:06d}.ply" for k in range(len(sweeps))], "ply: files")
        for row, (own, stamp_ns, pose) in zip(rows, sweeps):
            check(int(row["stamp_ns"]) == stamp_ns, f"ply {row['file']}: {row['stamp_ns']} ns, not {stamp_ns}")
            told = [[float(row[key]) for key in line] for line in
                    (("r11", "r12", "r13", "x"), ("r21", "r22", "r23", "y"), ("r31", "r32", "r33", "z"))]
            check(np.abs(np.array(told) - pose[:3]).max() < 1e-9, f"ply {row['file']}: another pose")
            got = read_ply(root / name / row["file"])
            names = ("x", "y", "z", "intensity", "ring", "time", "instance", "class", "cause")
            total += compare(got, own, names, f"ply {row['file']}")
            colors = np.array([dataset.colors.get(k, [128] * 3) for k in range(256)])[got["class"]]
            check((columns(got, ("red", "green", "blue")) == colors).all(), f"ply {row['file']}: colours")
    check(total > 10000, f"ply: {total} points")
    print(f"ply: {total} points are the dataset's bit by bit; all poses")


def check_mcap(root, dataset):
    total = 0
    for name, (lidar, _, sweeps) in dataset.clips.items():
        clip = Clip(Mcap(next(root.glob(f"*/{name}.mcap")).read_bytes()))
        messages = [m for m in clip.messages if m[0] == f"/{lidar}/points"]
        check(len(messages) == len(sweeps), f"mcap {name}: {len(messages)} sweeps of {len(sweeps)}")
        for (_, k, _, message), (own, _, _) in zip(messages, sweeps):
            total += compare(cloud_of(message), own, ("x", "y", "z", "intensity", "instance"), f"mcap {k}")
    check(total > 10000, f"mcap: {total} points")
    print(f"mcap: {total} points are the dataset's bit by bit")


CHECKS = {"semantickitti": check_semantickitti, "kitti": check_kitti, "ply": check_ply, "mcap": check_mcap}


# --- planted mistakes -----------------------------------------------------------------------------

def millimetres(data):
    """As KITTI's own points are."""
    return np.round(np.frombuffer(data, "<f4"), 3).astype("<f4").tobytes()


def header_end(data):
    return data.index(b"end_header\n") + 11


def swapped_points(data):
    end = header_end(data)
    stride = (len(data) - end) // int(data.split(b"element vertex ")[1].split(b"\n")[0])
    return data[:end] + data[end + stride:end + 2 * stride] + data[end:end + stride] + data[end + 2 * stride:]


SCANS, CLOUDS = "sequences/*/velodyne/*.bin", "*/*/*/*.ply"
MISTAKES = [
    ("semantickitti", "points to the millimetre", in_bytes(SCANS, millimetres)),
    ("semantickitti", "a point less", in_bytes(SCANS, lambda data: data[:-16])),
    ("semantickitti", "points in another order", in_bytes(SCANS, lambda data: data[16:32] + data[:16] + data[32:])),
    ("kitti", "points to the millimetre", in_bytes("training/velodyne/*.bin", millimetres)),
    ("ply", "points in another order", in_bytes(CLOUDS, swapped_points)),
    ("ply", "stamps in microseconds", in_bytes("*/*/poses.csv", lambda data: data.replace(b"000,train", b",train"))),
    ("ply", "x and y of poses swapped", in_bytes("*/*/poses.csv", lambda data: data.replace(
        b"r13,x,r21,r22,r23,y", b"r13,y,r21,r22,r23,x"))),
]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    finish(folder, CHECKS, MISTAKES, Sweeps(folder / "dataset"))


if __name__ == "__main__":
    main()
