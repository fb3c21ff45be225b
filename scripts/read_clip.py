#!/usr/bin/env python3
"""Loads one clip of an oddroad dataset with NumPy and draws the LiDAR points into the camera image.

    scripts/read_clip.py DATASET/clips/SCENARIO/CLIP [-o overlay.png]

Needs the Debian packages python3-numpy and python3-pil; the depth format is read here by hand.
"""
import argparse, json, struct
from pathlib import Path
import numpy as np
from PIL import Image

def read_cloud(path):
    """Binary PCD: the header names the fields and their types."""
    data = path.read_bytes()
    end = data.index(b"DATA binary\n") + 12
    head = dict(line.split(" ", 1) for line in data[:end].decode().splitlines()[1:])
    kinds = zip(head["FIELDS"].split(), head["TYPE"].split(), head["SIZE"].split())
    return np.frombuffer(data[end:], [(name, f"<{kind.lower()}{size}") for name, kind, size in kinds])


def read_depth(path):
    """OpenEXR, one float channel, RLE compressed: one chunk per image row."""
    data, at, window = path.read_bytes(), 8, None
    while data[at]:  # attributes: name, type, size, value
        name, kind, rest = data[at:].split(b"\0", 2)
        at += len(name) + len(kind) + 2
        size = struct.unpack_from("<i", data, at)[0]
        if name == b"dataWindow":
            window = struct.unpack_from("<4i", data, at + 4)
        at += 4 + size
    width, height = window[2] - window[0] + 1, window[3] - window[1] + 1
    depth = np.empty((height, width), "<f4")
    for offset in struct.unpack_from(f"<{height}Q", data, at + 1):
        row, size = struct.unpack_from("<2i", data, offset)
        packed, line = data[offset + 8:offset + 8 + size], bytearray()
        if size < 4 * width:
            i = 0
            while i < size:  # a negative count: that many bytes as they are; else repeat one
                n = packed[i] - 256 if packed[i] > 127 else packed[i]
                line += packed[i + 1:i + 1 - n] if n < 0 else packed[i + 1:i + 2] * (n + 1)
                i += 1 - n if n < 0 else 2
            delta = np.frombuffer(line, np.uint8) - np.uint8(128)
            half = np.cumsum(delta, dtype=np.uint8) + np.uint8(128)
            line = half.reshape(2, -1).T.tobytes()  # even bytes, then odd ones
        else:
            line = packed
        depth[row - window[1]] = np.frombuffer(line, "<f4")
    return depth


def matrix(pose):
    """4x4 matrix of a pose {translation, rotation_wxyz}."""
    w, x, y, z = pose["rotation_wxyz"]
    out = np.eye(4)
    out[:3, :3] = [[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                   [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                   [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]]
    out[:3, 3] = pose["translation"]
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("clip", type=Path)
    arguments.add_argument("-o", "--overlay", type=Path)
    options = arguments.parse_args()
    clip = options.clip
    calibration = json.loads((clip / "calibration.json").read_text())
    states = np.load(clip / "timeline.npy")  # [actor, step of 10 ms]
    camera, lidar = calibration["cameras"][0], calibration["lidars"][0]
    tick = sorted((clip / camera["name"]).glob("??????.json"))[0].stem
    image, sweep = clip / camera["name"] / tick, clip / lidar["name"] / tick
    labels = json.loads(image.with_suffix(".json").read_text())
    rgb = np.asarray(Image.open(next(image.parent.glob(f"{tick}.rgb.*"))))  # PNG or JPEG
    ids = np.asarray(Image.open(f"{image}.ids.png")).astype(np.uint16)
    depth = read_depth(Path(f"{image}.depth.exr"))
    cloud = read_cloud(sweep.with_suffix(".pcd"))
    print(f"{states.shape[0]} actors, {states.shape[1]} steps; image {rgb.shape}, ids "
          f"{np.unique(ids).size}, depth {depth[np.isfinite(depth)].min():.2f} m and more; "
          f"{cloud.size} points")
    for thing in labels["objects_in_image"]:
        print("  id", thing["id"], "box", thing["box_ltrb_px"], "visible", thing["visible_px"],
              "of", thing["in_frame_px"])

    # Every point has a time of its own: the ego's pose then, linear between the 10 ms steps.
    info = json.loads((clip / "clip.json").read_text())
    ego = states[[actor["is_ego"] for actor in info["actors"]].index(True)]
    poses = np.stack([matrix({"translation": [s["x"], s["y"], s["z"]],
                              "rotation_wxyz": [s["qw"], s["qx"], s["qy"], s["qz"]]}) for s in ego])
    stamp = json.loads(sweep.with_suffix(".json").read_text())["stamp_ns"]
    step = np.clip((stamp + cloud["time"]) / 1e7, 0, len(ego) - 1.001)
    k, part = step.astype(int), (step % 1)[:, None, None]
    T_world_lidar = (poses[k] * (1 - part) + poses[k + 1] * part) @ matrix(lidar["T_ego_lidar"])
    T_world_camera = matrix(labels["T_world_ego"]) @ matrix(camera["T_ego_camera"])
    points = np.stack([cloud["x"], cloud["y"], cloud["z"], np.ones(cloud.size)], 1)[:, :, None]
    x, y, z = (np.linalg.inv(T_world_camera) @ T_world_lidar @ points)[:, :3, 0].T
    if camera["model"] != "pinhole" or camera["shutter"] != "global":
        return print("points are projected for a pinhole with a global shutter only; see "
                     "distortion and row_time_ns in calibration.json")
    ahead = z > 0.1
    u = camera["fx_px"] * x[ahead] / z[ahead] + camera["cx_px"]
    v = camera["fy_px"] * y[ahead] / z[ahead] + camera["cy_px"]
    inside = (u >= 0) & (u < camera["width_px"]) & (v >= 0) & (v < camera["height_px"])
    column, row = u[inside].astype(int), v[inside].astype(int)
    error = np.abs(depth[row, column] - z[ahead][inside])
    same = ids[row, column] == cloud["instance"][ahead][inside]
    print(f"{inside.sum()} points in the image; {100 * same.mean():.1f} % meet their own id, median "
          f"depth difference {np.median(error):.3f} m")
    if options.overlay:
        overlay = rgb.copy()
        near = np.clip(z[ahead][inside] / 40, 0, 1)
        overlay[row, column] = np.stack([255 * (1 - near), 200 * near, 255 * near], 1)
        Image.fromarray(overlay).save(options.overlay)


if __name__ == "__main__":
    main()
