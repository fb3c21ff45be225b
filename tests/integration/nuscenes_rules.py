"""What nuscenes-devkit takes for granted of the tables and of point labels, from its schema, and the
mistakes of other exporters that break it."""
import copy
from collections import Counter

import numpy as np

FIELDS = {
    "category": "token name description index", "attribute": "token name description",
    "visibility": "token level description", "sensor": "token channel modality",
    "instance": "token category_token nbr_annotations first_annotation_token last_annotation_token",
    "calibrated_sensor": "token sensor_token translation rotation camera_intrinsic",
    "ego_pose": "token timestamp rotation translation", "map": "token log_tokens category filename",
    "log": "token logfile vehicle date_captured location",
    "scene": "token log_token nbr_samples first_sample_token last_sample_token name description",
    "sample": "token timestamp prev next scene_token",
    "sample_data": "token sample_token ego_pose_token calibrated_sensor_token timestamp fileformat is_key_frame "
                   "height width filename prev next",
    "sample_annotation": "token sample_token instance_token visibility_token attribute_tokens translation size "
                         "rotation prev next num_lidar_pts num_radar_pts",
    "lidarseg": "token sample_data_token filename", "panoptic": "token sample_data_token filename"}
# What rows of a table with "prev" and "next" have in common, and where their time stands.
CHAINS = {"sample": "scene_token", "sample_data": "calibrated_sensor_token", "sample_annotation": "instance_token"}
PREDEFINED = {"train", "val", "test", "mini_train", "mini_val", "train_detect", "train_track"}
STUFF = 24  # from this number of a category on


def target(field):
    return {"first_annotation_token": "sample_annotation", "last_annotation_token": "sample_annotation",
            "first_sample_token": "sample", "last_sample_token": "sample"}.get(field, field[:-len("_token")])


def wrong_links(t, splits):
    """`t`: rows by table and token. What is wrong with them, in words."""
    wrong = []
    for table, rows in t.items():
        for token, row in rows.items():
            if set(row) != set(FIELDS[table].split()):
                wrong.append(f"{table}: fields {sorted(row)}")
            for field, value in row.items():
                if field.endswith("_token") and value not in t[target(field)]:
                    wrong.append(f"{table}.{field} leads nowhere: '{value}'")
                if field == "timestamp" and type(value) is not int:
                    wrong.append(f"{table}.timestamp is no integer: {value!r}")
    if wrong:
        return wrong
    when = {"sample": lambda r: r["timestamp"], "sample_data": lambda r: r["timestamp"],
            "sample_annotation": lambda r: t["sample"][r["sample_token"]]["timestamp"]}
    for table, common in CHAINS.items():
        chains = {}
        for row in t[table].values():
            chains.setdefault(row[common], []).append(row)
        for rows in chains.values():
            rows.sort(key=when[table])
            tokens = [row["token"] for row in rows]
            if any(when[table](a) >= when[table](b) for a, b in zip(rows, rows[1:])) or \
                    [r["next"] for r in rows] != tokens[1:] + [""] or [r["prev"] for r in rows] != [""] + tokens[:-1]:
                wrong.append(f"{table}: no chain from first to last of one {common}")
    for scene in t["scene"].values():
        own = sorted((s for s in t["sample"].values() if s["scene_token"] == scene["token"]), key=when["sample"])
        if [len(own)] + [sample["token"] for sample in own[:1] + own[-1:]] != \
                [scene[k] for k in ("nbr_samples", "first_sample_token", "last_sample_token")]:
            wrong.append(f"scene {scene['name']}: its samples are others")
    for instance in t["instance"].values():
        own = [a for a in t["sample_annotation"].values() if a["instance_token"] == instance["token"]]
        ends = [next((a["token"] for a in own if not a[way]), None) for way in ("prev", "next")]
        if [len(own), *ends] != [instance[k] for k in ("nbr_annotations", "first_annotation_token",
                                                       "last_annotation_token")]:
            wrong.append("instance: its annotations are others")
    for row in t["sample_data"].values():
        if t["ego_pose"][row["ego_pose_token"]]["timestamp"] != row["timestamp"]:
            wrong.append("sample_data: the ego's pose of another instant")
    begins = Counter(t["sample"][scene["first_sample_token"]]["timestamp"] for scene in t["scene"].values())
    if max(begins.values()) > 1:
        wrong.append("scenes begin at one instant: the kit cannot sort them")
    if any(count > 1 for count in Counter(log["location"] for log in t["log"].values()).values()):
        wrong.append("a location has several global frames")
    if sorted(token for one in t["map"].values() for token in one["log_tokens"]) != sorted(t["log"]):
        wrong.append("a log does not have one map")
    if PREDEFINED & set(splits):
        wrong.append(f"splits {sorted(splits)} hide those of the original")
    if Counter(name for names in splits.values() for name in names) != \
            Counter(scene["name"] for scene in t["scene"].values()):
        wrong.append("splits do not hold every scene once")
    return wrong


def each(table, change):
    def mistake(t, splits):
        for row in t[table].values():
            change(row)
    return mistake


def again(row):
    return {k: v + "again" if v and (k in ("token", "prev", "next", "name") or k.endswith("sample_token")) else v
            for k, v in row.items()}


def second_scene(t, splits):
    """The same samples as a scene of another name; on a log and a map of its own all would be well."""
    for table in ("scene", "sample"):
        t[table].update({row["token"]: row for row in [again(row) for row in t[table].values()]})
    scenes = list(t["scene"].values())
    for sample in t["sample"].values():
        if sample["token"].endswith("again"):
            sample["scene_token"] = scenes[-1]["token"]
    splits["more"] = [scenes[-1]["name"]]


# What was done, how, and the words of the rule that tells it.
LINK_MISTAKES = {
    "stamps with a fraction": (each("sample_data", lambda r: r.update(timestamp=float(r["timestamp"]))), "no integer"),
    "chains without next": (each("sample_data", lambda r: r.update(next="")), "sample_data: no chain"),
    "annotations without prev": (each("sample_annotation", lambda r: r.update(prev="")), "sample_annotation: no chain"),
    "next that skips a row": (lambda t, s: t["sample_data"].popitem(), "sample_data: no chain"),
    "visibility nobody defined": (each("sample_annotation", lambda r: r.update(visibility_token="9")),
                                  "visibility_token leads nowhere"),
    "instances of one box": (each("instance", lambda r: r.update(nbr_annotations=1)), "its annotations are others"),
    "a log without a map": (each("map", lambda r: r.update(log_tokens=[])), "does not have one map"),
    "one ego pose for all": (lambda t, s: each("sample_data", lambda r: r.update(
        ego_pose_token=next(iter(t["ego_pose"]))))(t, s), "of another instant"),
    "two scenes at once": (second_scene, "begin at one instant"),
    "two frames of one location": (lambda t, s: t["log"].update(
        {"again": dict(next(iter(t["log"].values())), token="again")}), "several global frames"),
    "a split called val": (lambda t, s: s.update(val=[]), "hide those of the original"),
    "a scene without a split": (lambda t, s: s.clear(), "every scene once"),
}


def wrong_points(keyframes):
    """`keyframes` of one scene: points' lidarseg and panoptic numbers, the boxes' instances and which points
    lie well inside each, and how many points each thing of the dataset returned (riders with mounts)."""
    wrong, owners, numbers = [], {}, {}
    for key in keyframes:
        labels, panoptic = key["labels"], key["panoptic"].astype(int)
        if len(labels) != len(panoptic):
            return ["panoptic for other points than lidarseg"]
        if (panoptic // 1000 != labels).any():
            wrong.append("panoptic and lidarseg name different categories")
        thing = (labels > 0) & (labels < STUFF)
        if (panoptic[thing] % 1000 == 0).any():
            wrong.append(f"{(panoptic[thing] % 1000 == 0).sum()} points of things without an instance")
        if (panoptic[~thing] % 1000 != 0).any():
            wrong.append("an instance of stuff")
        for instance, inside in key["inside"].items():
            if inside.sum() < 5:
                continue
            most = Counter(panoptic[inside].tolist()).most_common(1)[0][0]
            owners.setdefault(most, set()).add(instance)
            numbers.setdefault(instance, set()).add(most)
        found = sorted(np.unique(panoptic[thing], return_counts=True)[1].tolist())
        if found != sorted(key["returns"]):
            wrong.append(f"{len(found)} things in the points, {len(key['returns'])} returned some")
    for number, instances in owners.items():
        if len(instances) > 1:
            wrong.append(f"{len(instances)} boxes share panoptic {number}")
    wrong += [f"a thing is panoptic {sorted(n)} in turn" for n in numbers.values() if len(n) > 1]
    return wrong


def numberless(keyframes):
    for key in keyframes:
        key["panoptic"] = (key["panoptic"] // 1000 * 1000).astype(np.uint16)


def all_first(keyframes):
    for key in keyframes:
        key["panoptic"] = (key["panoptic"] // 1000 * 1000 + (key["panoptic"] % 1000 > 0)).astype(np.uint16)


def anew_in_each(keyframes):
    last = keyframes[-1]
    last["panoptic"] = np.where(last["panoptic"] % 1000 > 0, last["panoptic"] + 1, last["panoptic"])


def other_order(keyframes):
    for key in keyframes:
        key["panoptic"] = key["panoptic"][::-1]


POINT_MISTAKES = {"things without numbers": (numberless, "without an instance"),
                  "one number for all of a category": (all_first, "boxes share"),
                  "numbers that change": (anew_in_each, "in turn"),
                  "panoptic in another order": (other_order, "different categories")}


def unnoticed(t, splits, keyframes):
    """Mistakes that the rules above do not notice."""
    out = []
    for what, (mistake, words) in LINK_MISTAKES.items():
        tables, lists = copy.deepcopy(t), copy.deepcopy(splits)
        mistake(tables, lists)
        if not any(words in one for one in wrong_links(tables, lists)):
            out.append(what)
    for what, (mistake, words) in POINT_MISTAKES.items():
        bad = [dict(key) for key in keyframes]
        mistake(bad)
        if not any(words in one for one in wrong_points(bad)):
            out.append(what)
    return out
