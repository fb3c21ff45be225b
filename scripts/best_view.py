#!/usr/bin/env python3
"""Where a scenario of the library is seen best: prints "VARIANT SECONDS".

Plays variants without colour through the front camera of rigs/thumbnail.yaml and takes the picture in
which most is seen of whom the key event (`about: {key: lead.swerve}`) is about: of whoever does it or,
where that one waits for somebody else (`when: lead->tread.1.headway <= ...`), of what it meets. What is
hidden or beyond the picture's edge counts against it, and so does the time before the event. The first
variant that shows enough is taken, else the best of them. Where that one cannot be seen, who waits for it
counts; without a key event, the first actor beside the ego.
Usage: scripts/best_view.py ODDROAD SCENARIO [VARIANTS]   (default: looks at up to 6)
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENOUGH_px = 500     # of 426 x 240: a person some 12 m ahead
PLENTY_px = 900     # more than that is no better
LEAST_px = 40       # less cannot be made out
SETTLED_s = 0.8     # from the event on until it can be seen that it goes on
MARGIN_s = 0.3      # before the end, so that there is a frame


def subjects(oddroad, scenario):
    """Whom the key event is about, best first (of `many` and groups all of them: no number), and its name."""
    text = subprocess.run([oddroad, "explain", scenario], capture_output=True, text=True, check=True).stdout
    text = re.sub(r" +# .*", "", text)
    key = re.search(r"\bkey: ([\w.]+)", text)
    if not key:
        actors = re.search(r"^actors:\n((?:  .*\n)*)", text, re.M)[1]
        return [n for n in re.findall(r"^  (\w+):", actors, re.M) if n != "ego"][:1], None
    actor, _, verb = key[1].rpartition(".")
    name = re.sub(r"\.\d+$", "", actor)
    block = re.search(rf"^  {name}:\n((?:    .*\n)*)", text, re.M)[1]
    wait = re.search(rf"\b{verb}:\s*{{?\s*when: (\w+)->([\w.]+)\.\w+", block)
    met = [re.sub(r"\.\d+$", "", wait[2])] if wait and wait[1] == name else []
    return met + [name], key[1]


def is_part(name, whole):
    return name == whole or name.startswith(whole + ".")


def worth(frame, ids):
    """How well things are seen: pixels, less what is missing of them."""
    seen = [o for o in frame["objects_in_image"] if o["id"] in ids]
    visible = sum(o["visible_px"] for o in seen)
    whole = sum(o["unoccluded_px"] for o in seen)
    return min(visible, PLENTY_px) * visible / whole if whole else 0


def best_of(clip, name, key):
    """(worth, seconds) of the best frame of a clip's folder."""
    about = json.loads((clip / "clip.json").read_text())
    ids = {a["id"] for a in about["actors"] if is_part(a["name"], name)}
    begin = next((1e-9 * e["stamp_ns"] for e in about["events"] if e["what"] == f"{key} started"), None)
    best = (0.0, 0.0)
    for path in sorted(clip.glob("front/*.json")):
        frame = json.loads(path.read_text())
        time = 1e-9 * frame["stamp_ns"]
        if time > 1e-9 * about["end_ns"] - MARGIN_s:
            break
        value = worth(frame, ids)
        if key and (begin is None or time < begin + SETTLED_s):
            value *= 0.3 if begin is None or time < begin else 0.8
        if value > best[0]:
            best = (value, time)
    return best


def look(oddroad, scenario, variant, names, key):
    """Of each name (worth, seconds)."""
    with tempfile.TemporaryDirectory() as out:
        made = subprocess.run(
            [oddroad, "render", scenario, "-o", out, "--clips", str(variant), "--no-color",
             "--visibility", "cast", "--set", f"rig={ROOT}/scenarios/rigs/thumbnail.yaml",
             "--set", "record.kinds=[boxes]", "--set", "record.from=0 s"],
            capture_output=True, text=True)
        clips = list(pathlib.Path(out).glob("clips/*/*/clip.json"))
        if made.returncode != 0 or not clips:
            sys.exit(made.stdout + made.stderr)
        return [best_of(clips[0].parent, name, key) for name in names]


def main():
    oddroad, scenario = sys.argv[1:3]
    variants = int(sys.argv[3]) if len(sys.argv) > 3 else 6
    names, key = subjects(oddroad, scenario)
    views = []
    for variant in range(variants):
        for rank, (value, time) in enumerate(look(oddroad, scenario, variant, names, key)):
            views.append((value > LEAST_px, -rank, value, -variant, time))
        if views[-len(names)][2] >= ENOUGH_px:
            break
    _, rank, value, variant, time = max(views)
    print(f"{-variant} {time:.2f}")
    print(f"{scenario}: {value:.0f} px of {names[-rank]}", file=sys.stderr)


main()
