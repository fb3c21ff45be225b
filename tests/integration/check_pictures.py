#!/usr/bin/env python3
"""Reads what exports say of pictures back and compares it with the dataset itself.

    check_pictures.py FOLDER     FOLDER/{dataset,kitti,coco,yolo,cityscapes}

Shares nothing with the writers: written from the formats' descriptions. Then plants the mistakes
that others made and shows that each is noticed.
"""
import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from mistakes import check, finish, in_json, in_text

# Cityscapes' labels by their ids; those from "person" on have instances.
LABELS = ("unlabeled,ego vehicle,rectification border,out of roi,static,dynamic,ground,road,sidewalk,parking,"
          "rail track,building,wall,fence,guard rail,bridge,tunnel,pole,polegroup,traffic light,traffic sign,"
          "vegetation,terrain,sky,person,rider,car,truck,bus,caravan,trailer,train,motorcycle,bicycle").split(",")
PERSON = LABELS.index("person")
CALIBRATION = ["P0", "P1", "P2", "P3", "R0_rect", "Tr_velo_to_cam", "Tr_imu_to_velo"]

class Dataset:
    def __init__(self, root):
        self.clips = root / "clips"
        self.classes = {c["id"]: c for c in json.loads((root / "dataset.json").read_text())["ontology"]["classes"]}
        # "<scenario>_<clip>_<camera>_<tick>": where the files of a picture begin.
        self.pictures = {}
        for file in self.clips.glob("*/*/*/*.rgb.*"):
            camera = file.parent
            name = f"{camera.parent.parent.name}_{camera.parent.name}_{camera.name}_{file.name[:6]}"
            self.pictures[name] = camera / file.name[:6]

    def image(self, stem, kind):
        return np.asarray(Image.open(f"{stem}.{kind}.png")).astype(int)

    def objects(self, stem):
        return json.loads(Path(f"{stem}.json").read_text())["objects_in_image"]


def check_kitti(root, dataset):
    """What readers count lines for: rows that are no objects come last, matrices in their order."""
    objects = regions = 0
    for file in sorted((root / "training/label_2").glob("*.txt")):
        kinds = [line.split()[0] for line in file.read_text().splitlines()]
        regions += kinds.count("DontCare")
        objects += len(kinds) - kinds.count("DontCare")
        check(kinds == sorted(kinds, key=lambda kind: kind == "DontCare"), f"kitti {file.name}: DontCare is not last")
    check(objects and regions, f"kitti: {objects} objects, {regions} regions")
    for file in sorted((root / "training/calib").glob("*.txt")):
        lines = file.read_text().split("\n")
        check([line.split(":")[0] for line in lines] == CALIBRATION + ["", ""], f"kitti {file.name}: order of lines")
        check(all(re.fullmatch(r"\w+:( -?\d\.\d{12}e[+-]\d\d)+", line) for line in lines[:7]),
              f"kitti {file.name}: form")
    print(f"kitti: {objects} objects before {regions} regions")


def check_coco(root, dataset):
    about = json.loads((root / "annotations/instances_train.json").read_text())
    names = {c["id"]: c["name"] for c in about["categories"]}
    check(min(names) > 0, "coco: category 0")
    stems = {i["id"]: dataset.pictures[i["file_name"].split(".")[0]] for i in about["images"]}
    check(len(stems) == len(dataset.pictures) and min(stems) > 0, "coco: ids of images")
    found = 0
    for kind in ("instances", "instances_polygons", "person_keypoints"):
        rows = json.loads((root / f"annotations/{kind}_train.json").read_text())["annotations"]
        ids = [one["id"] for one in rows]
        check(len(set(ids)) == len(ids) and min(ids, default=1) > 0, f"coco {kind}: ids twice, or 0")
        for one in rows:
            check({"area", "bbox", "iscrowd", "segmentation"} <= set(one), f"coco {kind} {one['id']}: only {set(one)}")
            check(one.get("iscrowd") == 0 and one.get("area", 0) > 0, f"coco {kind} {one['id']}: crowd or area")
            left, top, width, height = one["bbox"]
            same = [o for o in dataset.objects(stems[one["image_id"]])
                    if o["box_ltrb_px"] == [left, top, left + width, top + height] and o["visible_px"] == one.get("area")]
            check(any(dataset.classes[o["class"]]["name"] == names[one["category_id"]] for o in same),
                  f"coco {kind} {one['id']}: the dataset has no {names[one['category_id']]} there")
            found += 1
    people = {names[one["category_id"]] for one in about["annotations"]} & {"pedestrian", "rider"}
    told = "people without keypoints" in (root / "LOST.md").read_text()
    check(told == (bool(people) and not rows), "coco: no keypoints, and nothing said")
    print(f"coco: {found} annotations of the classes of the dataset")


def check_yolo(root, dataset):
    text = (root / "data.yaml").read_text()
    check(not re.search(r"(?m)^path:", text), "yolo: a path that readers take for one below a folder of theirs")
    head, _, tail = text.partition("names:\n")
    folders = dict(line.split(": ") for line in head.splitlines())
    check((root / folders["train"]).is_dir(), "yolo: no folder of pictures")
    names = {int(line.split(":")[0]): line.split(": ")[1] for line in tail.splitlines()}
    check(sorted(names) == list(range(len(names))), "yolo: numbers that do not count from 0")
    seen = Counter()
    for stem, place in dataset.pictures.items():
        width, height = dataset.image(place, "ids").shape[::-1]
        left = [o for o in dataset.objects(place) if o["visible_px"] > 0]
        for line in (root / f"labels/train/{stem}.txt").read_text().splitlines():
            number, x, y, w, h = line.split()
            x, y, w, h = float(x) * width, float(y) * height, float(w) * width, float(h) * height
            box = np.array([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
            name = names[int(number)]
            same = [o for o in left if np.abs(box - o["box_ltrb_px"]).max() < 0.001 and
                    dataset.classes[o["class"]]["name"] == name]
            check(same, f"yolo {stem}: the dataset has no {name} at {box}")
            left = [o for o in left if o not in same[:1]]
            seen[name] += 1
        check(not left, f"yolo {stem}: {len(left)} things are missing")
    check(len(seen) > 2, f"yolo: {dict(seen)}")
    print(f"yolo: {dict(seen)} where the dataset has them")


def draw(file):
    """json2labelImg and json2instanceImg of cityscapesScripts: polygons in their order, each of a
    class with instances one more of it, groups none."""
    about = json.loads(file.read_text())
    labels, instances = (Image.new(mode, (about["imgWidth"], about["imgHeight"]), 0) for mode in "LI")
    on_labels, on_instances, count = ImageDraw.Draw(labels), ImageDraw.Draw(instances), Counter()
    thin = sum(len(one["polygon"]) < 3 for one in about["objects"])
    check(thin == 0, f"cityscapes {file.name}: {thin} polygons of fewer than three points")
    for one in about["objects"]:
        name, polygon = one["label"], [tuple(point) for point in one["polygon"]]
        if len(polygon) < 2:
            continue  # Pillow raises
        group = name not in LABELS and name.endswith("group")
        label = LABELS.index(name[:-5] if group else name)
        on_labels.polygon(polygon, fill=label)
        instance = label
        if label >= PERSON and not group:
            instance, count[name] = 1000 * label + count[name], count[name] + 1
        on_instances.polygon(polygon, fill=instance)
    return np.asarray(labels).astype(int), np.asarray(instances).astype(int)


def cityscapes_truth(dataset, clip, place):
    """Label of each pixel; ids of things. A thing has one class whatever its surfaces are."""
    about = json.loads((dataset.clips / clip / "clip.json").read_text())
    to_label = np.zeros(256, int)
    for number, one in dataset.classes.items():
        to_label[number] = max(one.get("cityscapes", 0), 0)
    ids, labels = dataset.image(place, "ids"), to_label[dataset.image(place, "classes")]
    thing = np.zeros(ids.shape, bool)
    for one in about["actors"] + about["statics"]:
        if dataset.classes[one["class"]]["thing"]:
            labels[ids == one["id"]] = 1 if one.get("is_ego") else to_label[one["class"]]
            thing |= ids == one["id"]
    return labels, np.where(thing, ids, 0)


def check_cityscapes(root, dataset):
    clips = {(city, sequence): clip for city, sequence, _, clip in
             (line.split(",") for line in (root / "clips.csv").read_text().splitlines()[1:])}
    counted = re.findall(r"- (\d+) pixels of instances in polygons.json", (root / "LOST.md").read_text())
    frames, polygons, wrong = 0, Counter(), 0
    for file in sorted(root.glob("gtFine/*/*/*_gtFine_polygons.json")):
        city, sequence, tick = file.name.split("_")[:3]
        clip = clips[city, sequence]
        camera = json.loads((dataset.clips / clip / "calibration.json").read_text())["cameras"][0]["name"]
        read = lambda what: np.asarray(Image.open(str(file).replace("polygons.json", f"{what}.png"))).astype(int)
        labels, instances = read("labelIds"), read("instanceIds")
        truth, ids = cityscapes_truth(dataset, clip, dataset.clips / clip / camera / tick)
        check((labels == truth).all(), f"cityscapes {file.name}: {(labels != truth).sum()} pixels of another class")
        check((np.where(instances < 1000, instances, instances // 1000) == labels).all(),
              f"cityscapes {file.name}: ids and labels")
        counts = (labels >= PERSON) & (ids > 0)
        check((counts == (instances >= 1000)).all(), f"cityscapes {file.name}: instances where there are none")
        pairs = set(zip(ids[counts].tolist(), instances[counts].tolist()))
        check(len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}),
              f"cityscapes {file.name}: instances that are not the dataset's")
        drawn, drawn_instances = draw(file)
        wrong += max((drawn != labels).sum(), (drawn_instances != instances).sum())
        for one in np.unique(instances):
            # A far rider's legs and the wheels may enclose parts of each other: three pixels at most.
            own, mine = instances == one, drawn_instances == one
            iou = (own & mine).sum() / (own | mine).sum()
            check(iou >= 0.98 or (own ^ mine).sum() <= 3,
                  f"cityscapes {file.name}: {one} is drawn with an IoU of {iou:.3f}")
            polygons["things" if one >= 1000 else "else"] += 1
        frames += 1
    check(frames and polygons["things"], f"cityscapes: {frames} frames, {polygons}")
    check(wrong <= sum(map(int, counted)), f"cityscapes: {wrong} pixels are drawn wrongly, LOST.md tells of {counted}")
    print(f"cityscapes: {frames} frames; polygons draw {dict(polygons)} but for {wrong} pixels")


CHECKS = {"kitti": check_kitti, "coco": check_coco, "yolo": check_yolo, "cityscapes": check_cityscapes}


# --- planted mistakes -----------------------------------------------------------------------------

def first_rows_last(text):
    lines = text.splitlines()
    kinds = [line.startswith("DontCare") for line in lines]
    return "\n".join([line for line, no in zip(lines, kinds) if no] +
                     [line for line, no in zip(lines, kinds) if not no]) + "\n"


def swapped_lines(text):
    lines = text.split("\n")
    lines[4], lines[5] = lines[5], lines[4]
    return "\n".join(lines)


def without_crowds(about):
    for one in about["annotations"]:
        del one["iscrowd"]


def other_class(root):
    for file in root.glob("gtFine/*/*/*_labelIds.png"):
        image = np.array(Image.open(file))
        image[image == LABELS.index("road")] = LABELS.index("sidewalk")
        file.unlink()
        Image.fromarray(image).save(file)


def thin(about):
    about["objects"][-1]["polygon"] = about["objects"][-1]["polygon"][:2]


def in_pieces(about):
    """A thing of two polygons, as if parts were joined by nothing."""
    for thing in [one for one in about["objects"] if one["label"] in LABELS[PERSON:]][:1]:
        about["objects"].insert(0, dict(thing, polygon=thing["polygon"][:3]))


LABEL, INSTANCES = "training/label_2/*.txt", "annotations/instances_train.json"
POLYGONS = "gtFine/*/*/*_polygons.json"
MISTAKES = [
    ("kitti", "DontCare before objects", in_text(LABEL, first_rows_last)),
    ("kitti", "matrices in another order", in_text("training/calib/*.txt", swapped_lines)),
    ("kitti", "no blank line at the end", in_text("training/calib/*.txt", str.rstrip)),
    ("coco", "annotations without iscrowd", in_json(INSTANCES, without_crowds)),
    ("coco", "an annotation of id 0", in_json(INSTANCES, lambda d: d["annotations"][0].update(id=0))),
    ("coco", "an id twice", in_json(INSTANCES, lambda d: d["annotations"][0].update(id=d["annotations"][1]["id"]))),
    ("coco", "no area", in_json(INSTANCES, lambda d: d["annotations"][0].pop("area"))),
    ("coco", "another category", in_json(INSTANCES, lambda d: d["annotations"][0].update(
        category_id=next(c["id"] for c in d["categories"] if c["id"] != d["annotations"][0]["category_id"])))),
    ("coco", "no keypoints and no word of it", in_text("LOST.md", lambda text: text.replace("keypoints", ""))),
    ("yolo", "class 0 for all", in_text("labels/train/*.txt", lambda text: re.sub(r"(?m)^\d+", "0", text))),
    ("yolo", "a box that is missing", in_text("labels/train/*.txt", lambda text: text.partition("\n")[2])),
    ("yolo", "a path", in_text("data.yaml", lambda text: "path: .\n" + text)),
    ("cityscapes", "another class", other_class),
    ("cityscapes", "a polygon of two points", in_json(POLYGONS, thin)),
    ("cityscapes", "a thing of two polygons", in_json(POLYGONS, in_pieces)),
    ("cityscapes", "polygons in another order", in_json(POLYGONS, lambda d: d["objects"].reverse())),
]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    finish(folder, CHECKS, MISTAKES, Dataset(folder / "dataset"))


if __name__ == "__main__":
    main()
