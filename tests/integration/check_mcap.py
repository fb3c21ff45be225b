#!/usr/bin/env python3
"""Reads an MCAP export back: check_mcap.py EXPORT DATASET

Container, checksums and schemas as mcap_file.py says; every frame in the tree of transforms; images,
points and boxes against the dataset's own files. Then plants the mistakes that others made and shows
that each is noticed.
"""
import copy
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from check_openlabel import matrix, read_points
from lenses import MIRRORS, project, surface
from mcap_file import Broken, Mcap, Types, need, records

NS = 1_000_000_000
DTYPES = [None, "u1", "i1", "<u2", "<i2", "<u4", "<i4", "<f4", "<f8"]


def ns(time):
    return 0 if time is None else time["seconds"] * NS + time["nanos"]


def pose(translation, rotation):
    return matrix({"translation": [translation[k] for k in "xyz"],
                   "quaternion": [rotation[k] for k in "xyzw"]})


class Clip:
    """Messages decoded: [(topic, sequence, time, content)]."""

    def __init__(self, mcap):
        types = {key: Types(data) for key, (_, _, data) in mcap.schemas.items()}
        for key, (name, encoding, _) in mcap.schemas.items():
            need(encoding == "protobuf" and "." + name in types[key].messages, f"schema {name}")
        self.messages = []
        for channel, sequence, log, publish, data, _ in mcap.messages:
            schema, topic, encoding = mcap.channels[channel]
            need(encoding == "protobuf" and log == publish, "encoding or times of a message")
            self.messages.append((topic, sequence, log,
                                  types[schema].decode("." + mcap.schemas[schema][0], data)))

    def of(self, ending):
        return [m for m in self.messages if m[0].endswith(ending)]


class Tree:
    """Poses of frames in "map" as they were last told at each time."""

    def __init__(self, clip):
        self.told = {}
        for _, _, log, message in clip.of("/tf"):
            for t in message["transforms"]:
                need(ns(t["timestamp"]) == log, "time of a transform")
                self.told.setdefault(t["child_frame_id"], []).append(
                    (log, t["parent_frame_id"], pose(t["translation"], t["rotation"])))

    def pose(self, frame, time):
        if frame == "map":
            return np.eye(4)
        before = [t for t in self.told.get(frame, []) if t[0] <= time]
        need(before, f"frame {frame} is nowhere at {time}")
        return self.pose(before[-1][1], time) @ before[-1][2]


def cloud_of(message):
    kinds = [(f["name"], DTYPES[f["type"]], f["offset"]) for f in message["fields"]]
    dtype = np.dtype({"names": [k[0] for k in kinds], "formats": [k[1] for k in kinds],
                      "offsets": [k[2] for k in kinds], "itemsize": message["point_stride"]})
    return np.frombuffer(message["data"], dtype)


def check_times(clip, name, dataset):
    """Forwards, and those of the captures on the scenario's date."""
    about = json.loads((dataset / "clips" / name / "clip.json").read_text())
    start = about["environment"].get("start_utc_s", 0) * NS
    for topic, sequence, log, _ in clip.of("/points") + clip.of("/calibration"):
        labels = sorted(p for p in folder(dataset, name, topic).glob("*.json") if p.name.count(".") == 1)
        need(log == start + json.loads(labels[sequence].read_text())["stamp_ns"], f"time of {topic}")
    last = {}
    for topic, sequence, log, message in clip.messages:
        before = last.get(topic, (-1, -1))
        need(sequence > before[0] and log > before[1], f"{topic} goes back in time")
        last[topic] = (sequence, log)
        if message.get("timestamp"):
            need(ns(message["timestamp"]) == log, f"stamp in {topic}")
        if message.get("header"):
            stamp = message["header"]["stamp"]
            need(stamp["sec"] * NS + stamp["nsec"] == log, f"stamp in {topic}")


def check_frames(clip, tree):
    for topic, _, log, message in clip.messages:
        for one in [message, message.get("header", {})] + message.get("entities", []):
            if "frame_id" in one:
                tree.pose(one["frame_id"], log)


def same_rotation(told, wxyz):
    return abs(abs(sum(told[k] * v for k, v in zip("wxyz", wxyz))) - 1) < 1e-9


def check_scene(clip, name, dataset, count):
    updates = clip.of("/objects")
    lidar = folder(dataset, name, clip.of("/points")[0][0])
    labels = sorted(lidar.glob("*.json"))
    for k, (_, sequence, log, message) in enumerate(updates):
        boxes = {one["id"]: one["box_world"]
                 for one in json.loads(labels[sequence].read_text())["objects_in_world"]}
        need(len(message["entities"]) == len(boxes), "boxes that are missing")
        for entity in message["entities"]:
            life = ns(entity["lifetime"])
            need(ns(entity["timestamp"]) == log, "time of an entity")
            need(life > 0, "an entity that never goes")
            need(k + 1 == len(updates) or log + life == updates[k + 1][2], "life of an entity")
            need(len(entity["cubes"]) == 1, "an entity without its box")
            cube, own = entity["cubes"][0], boxes[int(entity["id"])]
            far = lambda v, truth: max(abs(v[k] - t) for k, t in zip("xyz", truth))
            need(far(cube["pose"]["position"], own["centre"]) < 1e-4 and
                 far(cube["size"], own["size_lwh"]) < 1e-4 and
                 same_rotation(cube["pose"]["orientation"], own["rotation_wxyz"]), "a box")
            count["boxes"] += 1


def folder(dataset, clip_name, topic):
    return dataset / "clips" / clip_name / topic.split("/")[1]


def check_images(clip, name, dataset, count):
    for topic, sequence, _, message in clip.of("/image"):
        ticks = sorted(p.name[:6] for p in folder(dataset, name, topic).glob("*.json")
                       if p.name.count(".") == 1)
        suffix = {"png": "png", "jpeg": "jpg"}[message["format"]]
        own = folder(dataset, name, topic) / f"{ticks[sequence]}.rgb.{suffix}"
        need(own.read_bytes() == message["data"], f"picture {sequence} of {topic}")
        need(message["frame_id"] == topic.split("/")[1], "frame of a picture")
        count["pictures"] += 1


def check_clouds(clip, tree, name, dataset, count):
    objects = {log: m for _, _, log, m in clip.of("/objects")}
    for topic, sequence, log, message in clip.of("/points"):
        cloud = cloud_of(message)
        file = sorted(folder(dataset, name, topic).glob("*.pcd"))[sequence]
        raw, instance, _ = read_points(file)
        need(len(cloud) == len(raw) and (cloud["instance"] == instance).all(), f"points of {topic}")
        xyz = np.stack([cloud[k].astype(float) for k in "xyz"], 1)
        count["points"] += len(cloud)
        if "intensity" not in cloud.dtype.names:
            need((xyz == raw).all(), f"detections of {topic}")
            continue
        need(np.abs(xyz - raw).max() < 3, "points far from where they were measured")
        T = tree.pose(message["frame_id"], log)
        world = xyz @ T[:3, :3].T + T[:3, 3]
        for entity in objects.get(log, {"entities": []})["entities"]:
            meta = {p["key"]: p["value"] for p in entity["metadata"]}
            if float(meta["speed_mps"]) > 0.01:
                continue
            cube = entity["cubes"][0]
            B = pose(cube["pose"]["position"], cube["pose"]["orientation"])
            half = np.array([cube["size"][k] for k in "xyz"]) / 2
            out = (np.abs((world - B[:3, 3]) @ B[:3, :3]) - half).max(1)
            told = int(meta["points_in_box"])
            need(abs((out <= 0).sum() - told) <= (np.abs(out) < 0.002).sum(),
                 f"{(out <= 0).sum()} points in a box that names {told}")
            count["points in boxes"] += told


def standing(clip):
    """Surfaces in the map of what never moves."""
    out = {}
    for _, _, _, message in clip.of("/objects"):
        for entity in message["entities"]:
            cube = entity["cubes"][0]
            T = pose(cube["pose"]["position"], cube["pose"]["orientation"])
            out.setdefault(entity["id"], []).append(surface(T, [cube["size"][k] for k in "xyz"] + MIRRORS))
    return {key: v[0] for key, v in out.items() if np.ptp(np.array(v), 0).max() < 0.01}


def pixels(points, lens):
    K, model = lens["K"], lens["distortion_model"]
    need(len(K) == 9 and len(lens["R"]) == 9 and len(lens["P"]) == 12, "calibration")
    need(len(lens["D"]) == {"plumb_bob": 5, "rational_polynomial": 8, "kannala_brandt": 4}[model], model)
    return project(points, (K[0], K[4]), (K[2], K[5]),
                   "fisheye" if model == "kannala_brandt" else "pinhole", lens["D"])


def check_annotations(clip, tree, name, dataset, count):
    fixed = standing(clip)
    lenses = {(topic.split("/")[1], log): m for topic, _, log, m in clip.of("/calibration")}
    for topic, sequence, log, message in clip.of("/annotations"):
        camera = topic.split("/")[1]
        lens = lenses[camera, log]
        ids = np.asarray(Image.open(sorted(folder(dataset, name, topic).glob("*.ids.png"))[sequence]))
        need((lens["height"], lens["width"]) == ids.shape, "size of a picture")
        need(len(message["points"]) == len(message["texts"]), "captions")
        for one in message["points"]:
            meta = {p["key"]: p["value"] for p in one["metadata"]}
            at = np.array([[p["x"], p["y"]] for p in one["points"]])
            need(ns(one["timestamp"]) == log and one["type"] == 2, "an outline")
            rows, columns = np.nonzero(ids == int(meta["id"]))
            need(len(rows) == int(meta["visible_px"]), "visible pixels")
            low, high = at.min(0), at.max(0)
            need((low == [columns.min(), rows.min()]).all() and
                 (high == [columns.max() + 1, rows.max() + 1]).all(), f"outline of {meta['id']}")
            count["outlines"] += 1
            if meta["id"] not in fixed:
                continue
            T = np.linalg.inv(tree.pose(lens["frame_id"], log))
            in_camera = fixed[meta["id"]] @ T[:3, :3].T + T[:3, 3]
            if in_camera[:, 2].min() < 0.3:
                continue
            # K counts from the centre of the first pixel, outlines from its corner.
            uv = pixels(in_camera, lens) + 0.5
            need((low >= uv.min(0) - 1).all() and (high <= uv.max(0) + 1).all(),
                 f"outline of {meta['id']} beside its box")
            count["outlines in boxes"] += 1


def series(clip, name, dataset, topic, kind, start):
    """(message, sample) of a motion sensor: all of its samples, each at its time."""
    file = dataset / "clips" / name / f"{topic.split('/')[1]}.{kind}.npy"
    samples, told = np.load(file), [m for m in clip.messages if m[0] == topic]
    if kind == "gnss":
        samples = samples[np.isfinite(samples["latitude"])]
    need([m[2] for m in told] == [start + int(s["stamp"]) for s in samples], f"times of {topic}")
    return [(m[3], s) for m, s in zip(told, samples)]


def same(told, sample, field):
    return all(told[k] == sample[f"{field}_{k}"] for k in "xyz")


def rotation(yaw, pitch, roll):
    """z, then y, then x."""
    c, s = np.cos, np.sin
    return (np.array([[c(yaw), -s(yaw), 0], [s(yaw), c(yaw), 0], [0, 0, 1]]) @
            np.array([[c(pitch), 0, s(pitch)], [0, 1, 0], [-s(pitch), 0, c(pitch)]]) @
            np.array([[1, 0, 0], [0, c(roll), -s(roll)], [0, s(roll), c(roll)]]))


def check_motion(clip, name, dataset, count):
    folder = dataset / "clips" / name
    about = json.loads((folder / "clip.json").read_text())
    rig = {one["name"]: one for some in json.loads((folder / "calibration.json").read_text()).values()
           if isinstance(some, list) for one in some if isinstance(one, dict)}
    start = about["environment"].get("start_utc_s", 0) * NS
    for file in sorted(folder.glob("*.npy")):
        sensor, kind = file.name.split(".")[0], file.name.split(".")[1]
        if kind == "imu":
            for m, s in series(clip, name, dataset, f"/{sensor}/imu", kind, start):
                need(same(m["linear_acceleration"], s, "force") and
                     same(m["angular_velocity"], s, "rate"), f"a sample of {sensor}")
                need(m["orientation_covariance"][0] == -1, "an orientation that nobody measured")
                count["samples"] += 1
        elif kind == "gnss":
            for m, s in series(clip, name, dataset, f"/{sensor}/fix", kind, start):
                place = [m["latitude"], m["longitude"]] - np.degrees([s["latitude"], s["longitude"]])
                need(np.abs(place).max() < 1e-12 and m["altitude"] == s["height"], "place of a fix")
                need(abs(m["speed"] * np.sin(m["course"]) - s["velocity_x"]) < 1e-9 and
                     abs(m["speed"] * np.cos(m["course"]) - s["velocity_y"]) < 1e-9, "speed of a fix")
                count["fixes"] += 1
        elif kind == "ins":
            for m, s in series(clip, name, dataset, f"/{sensor}/odometry", kind, start):
                told = pose(m["pose"]["position"], m["pose"]["orientation"])
                R = rotation(s["yaw"], s["pitch"], s["roll"])
                need(np.abs(told[:3, :3] - R).max() < 1e-9 and same(m["pose"]["position"], s, "position"),
                     f"a pose of {sensor}")
                own = R @ [m["linear_velocity"][k] for k in "xyz"]
                need(np.abs(own - [s[f"velocity_{k}"] for k in "xyz"]).max() < 1e-9, "a velocity")
                count["samples"] += 1
        elif kind == "odometry":
            turn = 2 * np.pi / rig[sensor]["ticks_per_turn"]
            for m, s in series(clip, name, dataset, f"/{sensor}/wheels", kind, start):
                ticks = [s[f"ticks_{k}"] for k in ("fl", "fr", "rl", "rr")]
                need(np.abs(np.array(m["position"]) - [*(turn * np.array(ticks)), s["steer"]]).max() < 1e-9,
                     "turns of wheels")
            for m, s in series(clip, name, dataset, f"/{sensor}/speed", kind, start):
                need(m["twist"]["linear"]["x"] == s["speed"], "a speed")
                count["samples"] += 1


def check_clip(clip, name, dataset, count):
    tree = Tree(clip)
    check_times(clip, name, dataset)
    check_frames(clip, tree)
    check_scene(clip, name, dataset, count)
    check_images(clip, name, dataset, count)
    check_clouds(clip, tree, name, dataset, count)
    check_annotations(clip, tree, name, dataset, count)
    check_motion(clip, name, dataset, count)


# --- planted mistakes -----------------------------------------------------------------------------

def without_frame(clip):
    for _, _, _, m in clip.of("/tf"):
        m["transforms"] = [t for t in m["transforms"] if t["child_frame_id"] != "ego"]


def late_frames(clip):
    first = clip.of("/tf")[0]
    clip.messages.remove(first)


def turned_transforms(clip):
    for _, _, _, m in clip.of("/tf"):
        for t in m["transforms"]:
            if t["child_frame_id"] == "ego":
                inverse = np.linalg.inv(pose(t["translation"], t["rotation"]))
                t["translation"] = dict(zip("xyz", inverse[:3, 3]))
                t["rotation"]["w"] *= -1


def endless(clip):
    for _, _, _, m in clip.of("/objects"):
        for e in m["entities"]:
            e["lifetime"] = None


def width_first(clip):
    for _, _, _, m in clip.of("/objects"):
        for e in m["entities"]:
            s = e["cubes"][0]["size"]
            s["x"], s["y"] = s["y"], s["x"]


def w_first(clip):
    for _, _, _, m in clip.of("/objects"):
        for e in m["entities"]:
            q = e["cubes"][0]["pose"]["orientation"]
            q["x"], q["y"], q["z"], q["w"] = q["w"], q["x"], q["y"], q["z"]


def outlines_from_centres(clip):
    for _, _, _, m in clip.of("/annotations"):
        for one in m["points"]:
            for p in one["points"]:
                p["x"] -= 0.5


def microseconds(clip):
    clip.messages = [(t, s, log // 1000, m) for t, s, log, m in clip.messages]


def backwards(clip):
    clip.messages.reverse()


def in_radians(clip):
    for _, _, _, m in clip.of("/fix"):
        m["latitude"], m["longitude"] = np.radians([m["latitude"], m["longitude"]])


def velocity_in_the_map(clip):
    for _, _, _, m in clip.of("/odometry"):
        R = pose(m["pose"]["position"], m["pose"]["orientation"])[:3, :3]
        m["linear_velocity"] = dict(zip("xyz", R @ [m["linear_velocity"][k] for k in "xyz"]))


def lost_sample(clip):
    clip.messages.remove(clip.of("/imu")[1])


CLIP_MISTAKES = [in_radians, velocity_in_the_map, lost_sample, without_frame, late_frames, turned_transforms, endless, width_first, w_first,
                 outlines_from_centres, microseconds, backwards]


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def ungrouped(data):
    """The schemas' and channels' records of the summary in turn, everything else right."""
    footer = len(data) - 8 - 29
    start, offsets = struct.unpack_from("<QQ", data, footer + 9)
    parts = [data[at:at + 9 + len(content)] for _, at, content in records(data[:offsets], start)]
    parts[0], parts[-1] = parts[-1], parts[0]
    body = b"".join(parts) + data[offsets:footer + 25]
    return data[:start] + body + struct.pack("<I", zlib.crc32(body)) + data[-8:]


def notices(what, action):
    try:
        action()
    except (Broken, KeyError, IndexError, ValueError):
        return
    raise SystemExit(f"wrong: mcap: does not notice: {what}")


def plant(data, mcap, clip, name, dataset):
    for mistake in CLIP_MISTAKES:
        bad = copy.deepcopy(clip)
        mistake(bad)
        notices(mistake.__name__, lambda: check_clip(bad, name, dataset, dict.fromkeys(COUNTS, 0)))
    chunk = next(at for at in mcap.chunks)
    for what, bad in {"a bit of the header": flipped(data, 30), "a bit of a chunk": flipped(data, chunk + 60),
                      "a bit of the summary": flipped(data, len(data) - 60), "the end": data[:-1],
                      "a summary that is not grouped": ungrouped(data)}.items():
        notices(what, lambda: Mcap(bad))
    for _, (schema, _, definition) in mcap.schemas.items():
        # What is left without its first import.
        size, at = definition[1] & 127 | (definition[2] << 7 if definition[1] > 127 else 0), 2
        rest = definition[at + size + (definition[1] > 127):]
        notices(schema + " without imports", lambda: Types(rest))
    calibration = next(c for c, (_, topic, _) in mcap.channels.items() if topic.endswith("/calibration"))
    message = next(m[4] for m in mcap.messages if m[0] == calibration)
    at = message.index(b"\x15")  # field 2 as fixed32
    varint = message[:at] + b"\x10\x05" + message[at + 5:]
    types = Types(mcap.schemas[mcap.channels[calibration][0]][2])
    types.decode(".foxglove.CameraCalibration", message)
    notices("varint for fixed32", lambda: types.decode(".foxglove.CameraCalibration", varint))


COUNTS = ["boxes", "pictures", "points", "points in boxes", "outlines", "outlines in boxes", "samples",
          "fixes"]


def main():
    export, dataset = Path(sys.argv[1]), Path(sys.argv[2])
    count = dict.fromkeys(COUNTS, 0)
    files = sorted(export.glob("*/*/*.mcap"))
    messages = 0
    for file in files:
        data = file.read_bytes()
        name = "/".join(file.with_suffix("").parts[-2:])
        try:
            mcap = Mcap(data)
            clip = Clip(mcap)
            check_clip(clip, name, dataset, count)
            own = dataset / "clips" / name / "clip.json"
            need(mcap.attachments["clip.json"] == own.read_bytes(), "attached clip.json")
        except Broken as problem:
            raise SystemExit(f"wrong: mcap: {name}: {problem}")
        messages += len(clip.messages)
        if file == files[0]:
            plant(data, mcap, clip, name, dataset)
    for what, n in count.items():
        if not n:
            raise SystemExit(f"wrong: mcap: no {what}")
    print(f"mcap: {messages} messages; " + ", ".join(f"{n} {what}" for what, n in count.items()) +
          " agree with the dataset; planted mistakes are noticed")


if __name__ == "__main__":
    main()
