#!/usr/bin/env python3
"""Reads exports of one dataset back with NumPy and checks what they mean against each other.

    check_exports.py FOLDER [-o overlay.png]     FOLDER/{dataset,kitti,semantickitti,coco,nuscenes,...}

Shares nothing with the writers: written from the formats' descriptions.
"""
import argparse
import json
import sys
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

sys.path.append(str(Path(__file__).parents[2] / "scripts"))
from read_clip import read_depth  # noqa: E402: the example of how to read the dataset
import kitti_rules  # noqa: E402
import nuscenes_rules  # noqa: E402
import semantickitti_rules  # noqa: E402

problems = []


def check(good, what):
    if not good:
        problems.append(what)


def noticed(format, unnoticed):
    """The checks are worth something: mistakes planted into this export do not pass them."""
    for what in unnoticed:
        problems.append(f"{format}: nothing notices: {what}")


def rotation(w, x, y, z):
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                     [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                     [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]])


def pose(row):
    out = np.eye(4)
    out[:3, :3] = rotation(*row["rotation"])
    out[:3, 3] = row["translation"]
    return out


def project(P, points):
    """Pixels and depth of points (N x 3) through a 3 x 4 matrix."""
    h = points @ P[:, :3].T + P[:, 3]
    return h[:, :2] / h[:, 2:], h[:, 2]


def kitti_corners(h, w, l, x, y, z, ry):
    c = np.array([[sx * l / 2, sy * h, sz * w / 2]
                  for sx in (1, -1) for sy in (0, -1) for sz in (1, -1)])
    R = np.array([[np.cos(ry), 0, np.sin(ry)], [0, 1, 0], [-np.sin(ry), 0, np.cos(ry)]])
    return c @ R.T + [x, y, z], R


def points_of_standing_things(root, dataset):
    """For each frame of the export: length, centre (LiDAR frame) and points_in_box of what stands."""
    out = {}
    for line in (root / "frames.csv").read_text().splitlines()[1:]:
        name, _, clip, _, _, sweep, _ = line.split(",")
        labels = next((dataset / "clips" / clip).glob(f"*/{int(sweep):06d}.pcd")).with_suffix(".json")
        out[name] = [(o["box_ego"]["size_lwh"][0], np.array(o["box_sensor"]["centre"]), o["points_in_box"])
                     for o in json.loads(labels.read_text())["objects_in_world"]
                     if np.linalg.norm(o["velocity_world_mps"]) < 0.05]
    return out


def check_kitti(root, dataset, overlay):
    frames = (root / "ImageSets/trainval.txt").read_text().split()
    check(frames, "kitti: no frames")
    objects = hits = recounted = 0
    standing = points_of_standing_things(root, dataset)
    for name in frames:
        part = root / "training"
        calib_text = (part / f"calib/{name}.txt").read_text()
        problems.extend(f"kitti {name}: {what}" for what in kitti_rules.wrong_calib(calib_text))
        calib = {k: np.array(v.split(), float) for k, v in
                 (line.split(":") for line in calib_text.split("\n") if line)}
        P2, Tr = calib["P2"].reshape(3, 4), calib["Tr_velo_to_cam"].reshape(3, 4)
        R0 = calib["R0_rect"].reshape(3, 3)
        image = Image.open(part / f"image_2/{name}.png").convert("RGB")
        points = np.fromfile(part / f"velodyne/{name}.bin", "<f4").reshape(-1, 4)
        camera = (points[:, :3] @ Tr[:, :3].T + Tr[:, 3]) @ R0.T
        uv, depth = project(P2, camera)
        draw = ImageDraw.Draw(image)
        ahead = (depth > 0.5) & (uv >= 0).all(1) & (uv < image.size).all(1)
        check(ahead.sum() > 100, f"kitti {name}: {ahead.sum()} points in the image")
        for (u, v), d in zip(uv[ahead], depth[ahead]):
            near = max(0.0, 1 - d / 40)
            draw.point((u, v), (int(255 * near), int(255 * (1 - near)), 60))
        label_text = (part / f"label_2/{name}.txt").read_text()
        problems.extend(f"kitti {name}: {what}" for what in kitti_rules.wrong_label(label_text, *image.size))
        if name == frames[0]:
            noticed("kitti", kitti_rules.unnoticed(label_text, calib_text, *image.size))
        for line in label_text.splitlines():
            words = line.split()
            if words[0] == "DontCare":
                continue
            left, top, right, bottom, *box = map(float, words[4:])
            corners, R = kitti_corners(*box)
            if corners[:, 2].min() < 0.3:
                continue
            objects += 1
            at, _ = project(P2, corners)
            low, high = at.min(0), at.max(0)
            w, h = image.size
            check(left >= max(low[0], 0) - 2 and right <= min(high[0], w - 1) + 2 and
                  top >= max(low[1], 0) - 2 and bottom <= min(high[1], h - 1) + 2,
                  f"kitti {name} {words[0]}: outline {left, top, right, bottom} outside its box {low, high}")
            local = (camera - box[3:6]) @ R
            inside = (np.abs(local[:, 0]) < box[2] / 2 + .05) & (np.abs(local[:, 2]) < box[1] / 2 + .05) \
                & (local[:, 1] < .05) & (local[:, 1] > -box[0] - .05)
            hits += inside.any()
            for length, centre, count in standing[name]:
                place = (Tr[:, :3] @ centre + Tr[:, 3]) @ R0.T - [box[3], box[4] - box[0] / 2, box[5]]
                if abs(length - box[2]) > 1e-4 or np.linalg.norm(place) > .3:  # twins stand farther apart
                    continue
                # KITTI's box stands upright; the thing leans on its springs, by less than 3 cm here.
                out = np.max([np.abs(local[:, 0]) - box[2] / 2, np.abs(local[:, 2]) - box[1] / 2,
                              np.abs(local[:, 1] + box[0] / 2) - box[0] / 2], axis=0)
                check((out < -.03).sum() <= count <= (out < .03).sum(),
                      f"kitti {name} {words[0]}: {(out < 0).sum()} points in a box that held {count}")
                recounted += count > 0
            for i in range(8):
                for j in (i ^ 1, i ^ 2, i ^ 4):
                    draw.line([tuple(at[i]), tuple(at[j])], (255, 220, 0))
            draw.rectangle([left, top, right, bottom], outline=(0, 255, 255))
        if overlay and name == frames[0]:
            image.save(overlay)
    check(objects and hits and recounted, f"kitti: {objects} boxes, {hits} with points, {recounted} stand")
    print(f"kitti: {len(frames)} frames, {objects} boxes bound their outlines, {hits} hold points, "
          f"{recounted} of standing things as many as the dataset counted; planted mistakes are noticed")


def check_kitti_tracking(root):
    files = sorted((root / "training/label_02").glob("*.txt"))
    rows = 0
    for file in files:
        text = file.read_text()
        rows += len(text.splitlines())
        problems.extend(f"kitti-tracking {file.stem}: {what}" for what in kitti_rules.wrong_tracks(text))
        noticed("kitti-tracking", kitti_rules.unnoticed_tracks(text))
    check(rows, "kitti-tracking: no rows")
    print(f"kitti-tracking: {rows} rows of tracks; planted mistakes are noticed")


def check_semantickitti(root, dataset):
    classes = {c["id"]: c["name"] for c in json.loads((dataset / "dataset.json").read_text())["ontology"]["classes"]}
    parked = 0
    for line in (root / "sequences.csv").read_text().splitlines()[1:]:
        number, split, clip, _ = line.split(",")
        check(int(number) in {"train": {*range(8), 9, 10}, "val": {8}, "test": {*range(11, 22)}}[split],
              f"semantickitti: {number} is no number of {split}")
        truth = semantickitti_rules.Truth(dataset / "clips" / clip, classes)
        read = semantickitti_rules.read_sequence(root / "sequences" / number)
        problems.extend(f"semantickitti {number}: {what}" for what in semantickitti_rules.wrong_sequence(read, truth))
        noticed("semantickitti", semantickitti_rules.unnoticed(read, truth))
        parked += len({int(id) for labels in read["labels"] for id in np.unique(labels >> 16) if id > 60000})
    check(parked, "semantickitti: no parked cars")
    for sequence in sorted((root / "sequences").iterdir()):
        calib = {}
        for line in (sequence / "calib.txt").read_text().splitlines():
            key, values = line.split(":")
            calib[key] = np.array(values.split(), float).reshape(3, 4)
        Tr = np.vstack([calib["Tr"], [0, 0, 0, 1]])
        poses = np.loadtxt(sequence / "poses.txt", ndmin=2).reshape(-1, 3, 4)
        times = np.loadtxt(sequence / "times.txt", ndmin=1)
        scans = sorted((sequence / "velodyne").glob("*.bin"))
        check(len(poses) == len(scans) == len(times), "semantickitti: poses, times and scans differ")
        ground, cells = [], {}
        for k, scan in enumerate(scans):
            points = np.fromfile(scan, "<f4").reshape(-1, 4)
            labels = np.fromfile(sequence / "labels" / (scan.stem + ".label"), "<u4")
            check(len(points) == len(labels), f"semantickitti {scan.stem}: labels for other points")
            road = points[(labels & 0xffff) == 40][:, :3]
            T = np.linalg.inv(Tr) @ np.vstack([poses[k], [0, 0, 0, 1]]) @ Tr
            road = road[np.hypot(road[:, 0], road[:, 1]) < 12]
            road = road @ T[:3, :3].T + T[:3, 3]
            ground.append(np.median(road[:, 2]))
            # Its height in each square metre: the median of many beams knows it to a millimetre.
            where, inverse, count = np.unique(np.floor(road[:, :2]), axis=0, return_inverse=True, return_counts=True)
            for i in np.nonzero(count >= 50)[0]:
                cells.setdefault(tuple(where[i]), []).append(np.median(road[inverse.ravel() == i, 2]))
        spread = [np.ptp(heights) for heights in cells.values() if len(heights) >= 5]
        check(np.ptp(ground) < 0.05, f"semantickitti: the road jumps by {np.ptp(ground):.3f} m")
        check(len(spread) > 20 and max(spread) < 0.01,
              f"semantickitti: five scans of the road differ by {max(spread, default=9):.3f} m in {len(spread)} cells")
        print(f"semantickitti: {len(scans)} scans, road at {np.mean(ground):.2f} m in all of them, "
              f"within {1000 * max(spread, default=9):.1f} mm in {len(spread)} cells, {parked} parked cars; "
              "planted mistakes are noticed")


def decode_rle(text, height, width):
    runs, i = [], 0
    while i < len(text):
        value = shift = 0
        more = True
        while more:
            c = ord(text[i]) - 48
            value |= (c & 31) << shift
            more, i, shift = bool(c & 32), i + 1, shift + 5
            if not more and c & 16:
                value |= -1 << shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
    flat = np.repeat(np.arange(len(runs)) % 2, runs)
    return flat.reshape(width, height).T.astype(bool)


def check_coco(root):
    split = "train"
    data = json.loads((root / f"annotations/instances_{split}.json").read_text())
    images = {image["id"]: image for image in data["images"]}
    for one in data["annotations"]:
        image = images[one["image_id"]]
        mask = decode_rle(one["segmentation"]["counts"], image["height"], image["width"])
        rows, columns = np.nonzero(mask)
        x, y, w, h = one["bbox"]
        check(mask.sum() == one["area"] and [x, y, x + w, y + h] ==
              [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1], f"coco {one['id']}: mask and box")
    panoptic = json.loads((root / f"annotations/panoptic_{split}.json").read_text())
    masks = {}
    for one in panoptic["annotations"]:
        rgb = np.asarray(Image.open(root / f"panoptic_{split}" / one["file_name"])).astype(np.uint32)
        ids = rgb[..., 0] + 256 * rgb[..., 1] + 65536 * rgb[..., 2]
        found = set(np.unique(ids)) - {0}
        check(found == {s["id"] for s in one["segments_info"]}, f"coco panoptic {one['file_name']}: ids differ")
        category = np.zeros(ids.shape, int)
        for s in one["segments_info"]:
            category[ids == s["id"]] = s["category_id"]
        picture = next(i for i in panoptic["images"] if i["id"] == one["image_id"])["file_name"]
        masks[(root / split / picture).read_bytes()] = category  # the picture itself is the key
    names = {c["id"]: c["name"] for c in panoptic["categories"]}
    print(f"coco: {len(images)} images, {len(data['annotations'])} masks decode to their areas and boxes")
    return masks, names


# What lidarseg says against what the panoptic mask says at the same place.
SAME = {"road": "flat.driveable_surface", "lane_mark": "flat.driveable_surface",
        "parking": "flat.driveable_surface", "sidewalk": "flat.sidewalk", "kerb": "flat.sidewalk",
        "terrain": "flat.terrain", "building": "static.manmade", "vegetation": "static.vegetation",
        "car": "vehicle.car", "van": "vehicle.car", "pole": "static.manmade", "fence": "static.manmade",
        "street_furniture": "static.manmade", "unknown": "static.other", "pedestrian": "human.pedestrian.child",
        "bicycle": "vehicle.bicycle", "rider": "vehicle.bicycle"}


def neighbours(image):
    """Each pixel's 3 x 3 surroundings, as nine images."""
    h, w = image.shape
    padded = np.pad(image, 1, mode="edge")
    return np.stack([padded[i:i + h, j:j + w] for i in range(3) for j in range(3)])


def compare_with_mask(uv, depth, labels, mask, mask_depth):
    """Counts of points in a picture whose label is, and is not, that of their pixel, by what the
    camera sees there:
      inside   the point itself: the depth image agrees within 0.1 m + 1 %, and all nine pixels
               around have one class
      edge     the same, where classes meet: which of them has a pixel is a matter of half a pixel
      hidden   something nearer than all nine pixels' farthest: the LiDAR looks past it from its
               own place and time
      mixed    the nine pixels span several depths, none of which need be the point's: leaves,
               ends of things; things that moved since
    """
    pixel = np.round(uv).astype(int)
    at = pixel[:, 1], pixel[:, 0]
    near = 0.1 + 0.01 * depth
    around = neighbours(mask_depth)
    same_depth = np.abs(mask_depth[at] - depth) < near
    hidden = depth > around.max(0)[at] + near
    edge = (neighbours(mask) != mask).any(0)[at]
    kinds = {"inside": same_depth & ~edge, "edge": same_depth & edge, "hidden": hidden,
             "mixed": ~same_depth & ~hidden}
    good = labels == mask[at]
    return {kind: ((here & good).sum(), (here & ~good).sum()) for kind, here in kinds.items()}


def check_map(root, t, sample, in_global, labels, index):
    """Points on the road lie where the map is white, those beside it where it is black; what stands
    near a border may be either (the mask has pixels of 0.1 m)."""
    log = t["scene"][sample["scene_token"]]["log_token"]
    file = next(one["filename"] for one in t["map"].values() if log in one["log_tokens"])
    mask = np.asarray(Image.open(root / file)) > 0
    column, row = np.floor(in_global[:, :2].T / 0.1).astype(int)
    row = mask.shape[0] - 1 - row
    inside = (column >= 0) & (row >= 0) & (column < mask.shape[1]) & (row < mask.shape[0])
    on = np.zeros(len(labels), bool)
    on[inside] = mask[row[inside], column[inside]]
    for name, white in (("flat.driveable_surface", True), ("flat.terrain", False), ("static.manmade", False)):
        these = inside & (labels == next(i for i, n in index.items() if n == name))
        share = (on[these] == white).mean()
        check(these.sum() > 100 and share > 0.99,
              f"nuscenes: of {these.sum()} points of {name} only {share:.4f} agree with the map")


# Classes of ours that nuScenes counts one by one.
COUNTED = {"car", "van", "truck", "bus", "trailer", "work_machine", "bicycle", "motorcycle", "pedestrian", "rider",
           "stroller", "wheelchair", "personal_mobility", "animal", "traffic_cone", "debris", "barrier"}


def returns_of_things(clip, classes, tick):
    """How many points each thing returned in a sweep, riders with what they ride."""
    lidar = json.loads((clip / "calibration.json").read_text())["lidars"][0]["name"]
    returns = {}
    for o in json.loads((clip / lidar / f"{tick:06d}.json").read_text())["objects_in_world"]:
        if classes[o["class"]] in COUNTED and o["returns_by_id"]:
            whole = o["rides"] or o["id"]
            returns[whole] = returns.get(whole, 0) + o["returns_by_id"]
    return returns


def check_nuscenes(root, dataset, masks, mask_names, depths):
    version = root / "v1.0-oddroad"
    t = {file.stem: {row["token"]: row for row in json.loads(file.read_text())}
         for file in version.glob("*.json") if file.stem != "splits"}
    splits = json.loads((version / "splits.json").read_text())
    problems.extend(f"nuscenes: {what}" for what in nuscenes_rules.wrong_links(t, splits))
    classes = {c["id"]: c["name"] for c in json.loads((dataset / "dataset.json").read_text())["ontology"]["classes"]}
    keyframes, parked = {}, set()
    index = {c["index"]: c["name"] for c in t["category"].values()}
    channel = lambda d: t["sensor"][t["calibrated_sensor"][d["calibrated_sensor_token"]]["sensor_token"]]["channel"]
    of_sensor = lambda d: pose(t["ego_pose"][d["ego_pose_token"]]) @ pose(t["calibrated_sensor"][d["calibrated_sensor_token"]])
    annotations = 0
    counts = {kind: np.zeros(2, int) for kind in ("inside", "edge", "hidden", "mixed")}
    to_index = {name: i for i, name in index.items()}
    names_to_index = np.full(max(mask_names) + 1, -1)
    for number, name in mask_names.items():
        names_to_index[number] = to_index.get(SAME.get(name), -1)
    for sample in t["sample"].values():
        here = {channel(d): d for d in t["sample_data"].values()
                if d["sample_token"] == sample["token"] and d["is_key_frame"]}
        lidar = here["LIDAR_TOP"]
        points = np.fromfile(root / lidar["filename"], "<f4").reshape(-1, 5)
        in_global = points[:, :3].astype(float) @ of_sensor(lidar)[:3, :3].T + of_sensor(lidar)[:3, 3]
        labels = np.fromfile(root / t["lidarseg"][lidar["token"]]["filename"], np.uint8)
        check_map(root, t, sample, in_global, labels, index)
        panoptic = np.load(root / t["panoptic"][lidar["token"]]["filename"])["data"]
        check(len(labels) == len(points), "nuscenes: labels for other points")
        scene = t["scene"][sample["scene_token"]]
        sweeps = sorted(d["timestamp"] for d in t["sample_data"].values() if channel(d) == "LIDAR_TOP" and
                        t["sample"][d["sample_token"]]["scene_token"] == scene["token"])
        returns = returns_of_things(dataset / "clips" / t["log"][scene["log_token"]]["logfile"], classes,
                                    sweeps.index(lidar["timestamp"]))
        parked |= {id for id in returns if id > 60000}
        inside = {}
        keyframes.setdefault(scene["token"], []).append(
            {"labels": labels, "panoptic": panoptic, "inside": inside, "returns": list(returns.values())})
        for one in t["sample_annotation"].values():
            if one["sample_token"] != sample["token"]:
                continue
            annotations += 1
            w, l, h = one["size"]
            T = pose(one)
            local = np.abs((in_global - T[:3, 3]) @ T[:3, :3])
            out = (local - np.array([l, w, h]) / 2).max(1)
            inside[one["instance_token"]] = out < -.05
            check(abs((out <= 0).sum() - one["num_lidar_pts"]) <= (np.abs(out) < 1e-5).sum(),
                  f"nuscenes: {(out <= 0).sum()} points in a box that names {one['num_lidar_pts']}")
        if "CAM_FRONT" not in here:
            continue
        shot = here["CAM_FRONT"]
        K = np.array(t["calibrated_sensor"][shot["calibrated_sensor_token"]]["camera_intrinsic"])
        inverse = np.linalg.inv(of_sensor(shot))
        in_camera = in_global @ inverse[:3, :3].T + inverse[:3, 3]
        uv, depth = project(np.hstack([K, np.zeros((3, 1))]), in_camera)
        picture = (root / shot["filename"]).read_bytes()
        mask = names_to_index[masks[picture]]
        pixel = np.round(uv).astype(int)
        good = (depth > 1) & (pixel >= 0).all(1) & (pixel < mask.shape[::-1]).all(1) & (labels > 0)
        for kind, (yes, no) in compare_with_mask(uv[good], depth[good], labels[good], mask,
                                                 read_depth(depths[picture])).items():
            counts[kind] += np.array([yes, no])
    check(annotations, "nuscenes: no annotations")
    check(len(parked) > 1, f"nuscenes: {len(parked)} parked cars")
    for of_scene in keyframes.values():
        problems.extend(f"nuscenes: {what}" for what in nuscenes_rules.wrong_points(of_scene))
        noticed("nuscenes", nuscenes_rules.unnoticed(t, splits, of_scene))
    print(f"nuscenes: {annotations} boxes hold the points they name, {len(parked)} parked cars have numbers, planted "
          f"mistakes are noticed; points with their pixel's class: " +
          ", ".join(f"{kind} {n[0]} of {n.sum()}" for kind, n in counts.items()))
    # Measured over the two keyframes of the test's clip: inside 40,320 of 40,320 (78 % of all points),
    # edge 96.5 %, hidden 64 %, mixed 74 %. Where the camera sees the point itself there is no excuse.
    # With the LiDAR's ego pose on the camera: 66 % of all points inside, one of them wrong.
    share = {kind: n[0] / max(n.sum(), 1) for kind, n in counts.items()}
    seen = sum(n.sum() for n in counts.values())
    check(counts["inside"].sum() > 0.72 * seen, f"nuscenes: the camera sees only {counts['inside'].sum()} of {seen}")
    check(share["inside"] == 1, f"nuscenes: {counts['inside'][1]} points have another class than their pixel")
    check(share["edge"] > 0.95, f"nuscenes: at edges only {share['edge']:.3f} of the points have their pixel's class")


def check_webdataset(root):
    keys, files = [], 0
    for shard in sorted(root.glob("*.tar")):
        with tarfile.open(shard) as tar:
            for member in tar:
                folder, _, name = member.name.rpartition("/")
                key = folder + "/" + name.split(".")[0]
                if not keys or keys[-1] != key:
                    check(key not in keys, f"webdataset: {key} is cut into pieces")
                    keys.append(key)
                if name.endswith(".json"):
                    json.loads(tar.extractfile(member).read())
                files += 1
    check(keys, "webdataset: no samples")
    print(f"webdataset: {len(keys)} samples, {files} files")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("-o", "--overlay", type=Path)
    options = arguments.parse_args()
    check_kitti(options.folder / "kitti", options.folder / "dataset", options.overlay)
    check_kitti_tracking(options.folder / "kitti-tracking")
    check_semantickitti(options.folder / "semantickitti", options.folder / "dataset")
    masks, names = check_coco(options.folder / "coco")
    depths = {picture.read_bytes(): picture.with_name(picture.name[:6] + ".depth.exr")
              for picture in (options.folder / "dataset").glob("clips/*/*/*/*.rgb.*")}
    check_nuscenes(options.folder / "nuscenes", options.folder / "dataset", masks, names, depths)
    check_webdataset(options.folder / "webdataset")
    for problem in problems:
        print("wrong:", problem)
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
