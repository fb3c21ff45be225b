#!/usr/bin/env python3
"""Reads exports of one dataset back with NumPy and checks what they mean against each other.

    check_exports.py FOLDER [-o overlay.png]     FOLDER/{kitti,semantickitti,coco,nuscenes,...}

Shares nothing with the writers: written from the formats' descriptions.
"""
import argparse
import json
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

problems = []


def check(good, what):
    if not good:
        problems.append(what)


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


def check_kitti(root, overlay):
    frames = (root / "ImageSets/trainval.txt").read_text().split()
    check(frames, "kitti: no frames")
    objects = hits = 0
    for name in frames:
        part = root / "training"
        calib = {k: np.array(v.split(), float) for k, v in
                 (line.split(":") for line in (part / f"calib/{name}.txt").read_text().split("\n") if line)}
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
        for line in (part / f"label_2/{name}.txt").read_text().splitlines():
            words = line.split()
            check(len(words) == 15 and words[2].lstrip("-").isdigit(), f"kitti {name}: {line}")
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
            for i in range(8):
                for j in (i ^ 1, i ^ 2, i ^ 4):
                    draw.line([tuple(at[i]), tuple(at[j])], (255, 220, 0))
            draw.rectangle([left, top, right, bottom], outline=(0, 255, 255))
        if overlay and name == frames[0]:
            image.save(overlay)
    check(objects and hits, f"kitti: {objects} boxes, {hits} with points")
    print(f"kitti: {len(frames)} frames, {objects} boxes bound their outlines, {hits} hold points")


def check_semantickitti(root):
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
        ground = []
        for k, scan in enumerate(scans):
            points = np.fromfile(scan, "<f4").reshape(-1, 4)
            labels = np.fromfile(sequence / "labels" / (scan.stem + ".label"), "<u4")
            check(len(points) == len(labels), f"semantickitti {scan.stem}: labels for other points")
            road = points[(labels & 0xffff) == 40][:, :3]
            T = np.linalg.inv(Tr) @ np.vstack([poses[k], [0, 0, 0, 1]]) @ Tr
            road = road[np.hypot(road[:, 0], road[:, 1]) < 12]
            ground.append(np.median((road @ T[:3, :3].T + T[:3, 3])[:, 2]))
        check(np.ptp(ground) < 0.05, f"semantickitti: the road jumps by {np.ptp(ground):.3f} m")
        print(f"semantickitti: {len(scans)} scans, road at {np.mean(ground):.2f} m in all of them")


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
        "pedestrian": "human.pedestrian.child"}


def check_nuscenes(root, masks, mask_names):
    version = root / "v1.0-oddroad"
    t = {file.stem: {row["token"]: row for row in json.loads(file.read_text())}
         for file in version.glob("*.json") if file.stem != "splits"}
    index = {c["index"]: c["name"] for c in t["category"].values()}
    channel = lambda d: t["sensor"][t["calibrated_sensor"][d["calibrated_sensor_token"]]["sensor_token"]]["channel"]
    of_sensor = lambda d: pose(t["ego_pose"][d["ego_pose_token"]]) @ pose(t["calibrated_sensor"][d["calibrated_sensor_token"]])
    annotations = agree = seen = 0
    for sample in t["sample"].values():
        here = {channel(d): d for d in t["sample_data"].values()
                if d["sample_token"] == sample["token"] and d["is_key_frame"]}
        lidar = here["LIDAR_TOP"]
        points = np.fromfile(root / lidar["filename"], "<f4").reshape(-1, 5)
        in_global = points[:, :3].astype(float) @ of_sensor(lidar)[:3, :3].T + of_sensor(lidar)[:3, 3]
        labels = np.fromfile(root / t["lidarseg"][lidar["token"]]["filename"], np.uint8)
        panoptic = np.load(root / t["panoptic"][lidar["token"]]["filename"])["data"]
        check(len(labels) == len(points) == len(panoptic), "nuscenes: labels for other points")
        check((panoptic // 1000 == labels).all(), "nuscenes: panoptic and lidarseg differ")
        for one in t["sample_annotation"].values():
            if one["sample_token"] != sample["token"]:
                continue
            annotations += 1
            w, l, h = one["size"]
            T = pose(one)
            local = np.abs((in_global - T[:3, 3]) @ T[:3, :3])
            out = (local - np.array([l, w, h]) / 2).max(1)
            check(abs((out <= 0).sum() - one["num_lidar_pts"]) <= (np.abs(out) < 1e-5).sum(),
                  f"nuscenes: {(out <= 0).sum()} points in a box that names {one['num_lidar_pts']}")
        if "CAM_FRONT" not in here:
            continue
        shot = here["CAM_FRONT"]
        K = np.array(t["calibrated_sensor"][shot["calibrated_sensor_token"]]["camera_intrinsic"])
        inverse = np.linalg.inv(of_sensor(shot))
        in_camera = in_global @ inverse[:3, :3].T + inverse[:3, 3]
        uv, depth = project(np.hstack([K, np.zeros((3, 1))]), in_camera)
        mask = masks[(root / shot["filename"]).read_bytes()]
        pixel = np.round(uv).astype(int)
        good = (depth > 1) & (pixel >= 0).all(1) & (pixel < mask.shape[::-1]).all(1)
        for (u, v), label in zip(pixel[good], labels[good]):
            theirs = SAME.get(mask_names[mask[v, u]])
            if theirs and label:
                seen += 1
                agree += theirs == index[label]
    check(annotations, "nuscenes: no annotations")
    check(seen and agree > 0.9 * seen, f"nuscenes: {agree} of {seen} points have the class of their pixel")
    print(f"nuscenes: {annotations} boxes hold the points they name; {agree} of {seen} points have their pixel's class")


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
    check_kitti(options.folder / "kitti", options.overlay)
    check_semantickitti(options.folder / "semantickitti")
    masks, names = check_coco(options.folder / "coco")
    check_nuscenes(options.folder / "nuscenes", masks, names)
    check_webdataset(options.folder / "webdataset")
    for problem in problems:
        print("wrong:", problem)
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
