"""What a SemanticKITTI sequence says against the dataset that it was made from, and the mistakes of other
exporters."""
import copy
import json

import numpy as np

from read_clip import matrix

# Standing and moving labels of our classes (config/semantic-kitti.yaml).
LABELS = {"car": (10, 252), "van": (10, 252), "truck": (18, 258), "bus": (13, 257), "pedestrian": (30, 254),
          "bicycle": (11, 11), "motorcycle": (15, 15)}
RIDDEN = {"bicycle": (31, 253), "motorcycle": (32, 255)}


class Truth:
    """Poses of camera 0, and for each thing (with its rider) its label and how many points it returned."""

    def __init__(self, clip, classes):
        calibration = json.loads((clip / "calibration.json").read_text())
        lidar, camera = calibration["lidars"][0], calibration["cameras"][0]
        sweeps = [json.loads(file.read_text()) for file in sorted((clip / lidar["name"]).glob("??????.json"))]
        T_ego_camera = matrix(camera["T_ego_camera"])
        world = [matrix(sweep["T_world_ego"]) @ T_ego_camera for sweep in sweeps]
        self.poses = [np.linalg.inv(world[0]) @ T for T in world]
        self.Tr = np.linalg.inv(T_ego_camera) @ matrix(lidar["T_ego_lidar"])
        self.stamps = [1e-9 * (sweep["stamp_ns"] - sweeps[0]["stamp_ns"]) for sweep in sweeps]
        things, ridden = {}, set()
        self.returns = []  # of each sweep, by id of the whole
        for sweep in sweeps:
            returns = {}
            for o in sweep["objects_in_world"]:
                if o["rides"]:
                    ridden.add(o["rides"])
                elif classes[o["class"]] in LABELS:
                    things[o["id"]] = classes[o["class"]]
                whole = o["rides"] or o["id"]
                returns[whole] = returns.get(whole, 0) + o["returns_by_id"]
            self.returns.append(returns)
        states = np.load(clip / "timeline.npy")  # [actor, step of 10 ms]
        way = np.stack([states[axis] - states[axis][:, :1] for axis in "xyz"])
        actors = json.loads((clip / "clip.json").read_text())["actors"]
        # More than half a metre at some time during the clip.
        moving = {a["id"] for a, far in zip(actors, np.nanmax(np.linalg.norm(way, axis=0), 1)) if far > .5}
        self.labels = {}
        for id, name in things.items():
            self.labels[id] = (RIDDEN if id in ridden else LABELS)[name][id in moving]
        self.things = set(things)


def read_sequence(folder):
    scans = sorted((folder / "velodyne").glob("*.bin"))
    return {"calib": (folder / "calib.txt").read_text(),
            "poses": np.loadtxt(folder / "poses.txt", ndmin=2).reshape(-1, 3, 4),
            "times": np.loadtxt(folder / "times.txt", ndmin=1),
            "sizes": [scan.stat().st_size // 16 for scan in scans],
            "labels": [np.fromfile(folder / "labels" / (scan.stem + ".label"), "<u4") for scan in scans]}


def wrong_sequence(s, truth):
    lines = s["calib"].split("\n")
    if lines[5:] != [""] or [line.split(":")[0] for line in lines[:5]] != ["P0", "P1", "P2", "P3", "Tr"] or \
            any(len(line.split(":")[1].split()) != 12 for line in lines[:5]):
        return ["calib.txt is not P0 to P3 and Tr with 12 numbers each"]
    wrong = []
    Tr = np.array(lines[4].split(":")[1].split(), float).reshape(3, 4)
    if np.abs(Tr - truth.Tr[:3]).max() > 1e-8:
        wrong.append("Tr is not from the LiDAR to camera 0")
    if len(s["poses"]) != len(truth.poses) or np.abs(s["poses"] - np.array(truth.poses)[:, :3]).max() > 1e-5:
        wrong.append("poses are not those of camera 0 from its first frame")
    if np.abs(s["times"] - truth.stamps).max() > 1e-6:
        wrong.append("times are not seconds since the first scan")
    moving = False
    for labels, size, returns in zip(s["labels"], s["sizes"], truth.returns):
        if len(labels) != size:
            return wrong + ["labels for other points"]
        id, low = labels >> 16, labels & 0xffff
        for thing, n in returns.items():
            if thing not in truth.things or not n:
                continue
            own = low[id == thing]
            if len(own) != n:
                wrong.append(f"instance {thing} has {len(own)} points, it returned {n}")
            elif (own != truth.labels[thing]).any():
                wrong.append(f"instance {thing} is {sorted(set(own.tolist()))}, not {truth.labels[thing]}")
            moving = moving or (own > 250).any()
        strangers = set(id.tolist()) - {0} - truth.things
        if strangers:
            wrong.append(f"instances {sorted(strangers)[:5]} of what is no thing")
    return wrong if moving else wrong + ["nothing moves"]


def each_scan(change):
    return lambda s, truth: s.update(labels=[change(labels) for labels in s["labels"]])


def lidar_poses(s, truth):
    T = [np.vstack([P, [0, 0, 0, 1]]) for P in s["poses"]]
    s["poses"] = np.array([(np.linalg.inv(truth.Tr) @ P @ truth.Tr)[:3] for P in T])


def nothing_moves(labels):
    for stand, moves in [*LABELS.values(), *RIDDEN.values()]:
        labels = np.where(labels & 0xffff == moves, labels & 0xffff0000 | stand, labels)
    return labels


# What was done, how, and the words of the rule that tells it.
MISTAKES = {
    "halves swapped": (each_scan(lambda labels: labels >> 16 | labels << 16), "has 0 points"),
    "no instances": (each_scan(lambda labels: labels & 0xffff), "has 0 points"),
    "parked cars without instances": (each_scan(lambda l: np.where(l >> 16 > 60000, l & 0xffff, l)), "has 0 points"),
    "instances of stuff": (each_scan(lambda l: np.where(l & 0xffff == 40, l | 65535 << 16, l)), "of what is no thing"),
    "no moving classes": (each_scan(nothing_moves), "nothing moves"),
    "all cars move": (each_scan(lambda l: np.where(l & 0xffff == 10, l + np.uint32(242), l)), "is [252], not 10"),
    "a label too few": (each_scan(lambda labels: labels[:-1]), "labels for other points"),
    "poses of the LiDAR": (lidar_poses, "those of camera 0"),
    "poses that begin elsewhere": (lambda s, truth: s.update(poses=s["poses"] + [0, 0, 0, 1]), "camera 0"),
    "a blank line at the end": (lambda s, truth: s.update(calib=s["calib"] + "\n"), "calib.txt"),
    "times in frames": (lambda s, truth: s.update(times=10 * s["times"]), "seconds since"),
}


def unnoticed(s, truth):
    """Mistakes that the rules above do not notice."""
    out = []
    for what, (mistake, words) in MISTAKES.items():
        bad = copy.copy(s)
        mistake(bad, truth)
        if not any(words in one for one in wrong_sequence(bad, truth)):
            out.append(what)
    return out
