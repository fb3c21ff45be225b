"""What readers of KITTI's text files count on (the evaluator's fscanf, mmdetection3d's line numbers), and
the mistakes of other exporters."""

KEYS = ["P0", "P1", "P2", "P3", "R0_rect", "Tr_velo_to_cam", "Tr_imu_to_velo"]


def wrong_label(text, width, height):
    wrong, region = [], False
    if text and not text.endswith("\n"):
        wrong.append("the last line has no end")
    for line in text.splitlines():
        words = line.split(" ")
        if len(words) != 15:
            wrong.append(f"{len(words)} columns: {line}")
            continue
        if not words[2].lstrip("-").isdigit():
            wrong.append(f"occluded is no integer: {line}")
        left, top, right, bottom = map(float, words[4:8])
        if not (0 <= left <= right <= width - 1 and 0 <= top <= bottom <= height - 1):
            wrong.append(f"outside the picture: {line}")
        if words[0] == "DontCare":
            region = True
        elif region:
            wrong.append("an object behind a region")
    return wrong


def wrong_tracks(text):
    """label_02 of the tracking benchmark: frame and track id before the columns of label_2."""
    wrong, seen, last = [], set(), 0
    for line in text.splitlines():
        words = line.split(" ")
        if len(words) != 17:
            wrong.append(f"{len(words)} columns: {line}")
            continue
        for k, what in ((0, "frame"), (1, "track id"), (3, "truncated"), (4, "occluded")):
            if not words[k].lstrip("-").isdigit():
                wrong.append(f"{what} is no integer: {line}")
        if wrong:
            continue
        frame, track = int(words[0]), int(words[1])
        if frame < last:
            wrong.append("frames in another order")
        if (track == -1) != (words[2] == "DontCare") or track >= 0 and (frame, track) in seen:
            wrong.append(f"a track twice in a frame, or a region with a track: {line}")
        last, seen = frame, seen | {(frame, track)}
    return wrong


def wrong_calib(text):
    lines = text.split("\n")
    sizes = [len(line.split(" ")) - 1 for line in lines[:7]]
    good = [line.split(":")[0] for line in lines[:7]] == KEYS and sizes == [12] * 4 + [9, 12, 12]
    return [] if good and lines[7:] == ["", ""] else ["no seven lines in KITTI's order and a blank one"]


def columns(change):
    def mistake(text):
        rows = [line.split(" ") for line in text.splitlines()]
        for row in rows:
            change(row)
        return "".join(" ".join(row) + "\n" for row in rows)
    return mistake


REGION = "DontCare -1 -1 -10 1.00 1.00 5.00 5.00 -1 -1 -1 -1000 -1000 -1000 -10\n"
# What was done, how, and the words of the rule that tells it.
LABEL_MISTAKES = {
    "occluded with a fraction": (columns(lambda row: row.__setitem__(2, row[2] + ".00")), "occluded is no integer"),
    "boxes of -1": (columns(lambda row: row.__setitem__(slice(4, 8), ["-1"] * 4)), "outside the picture"),
    "tracks' columns": (columns(lambda row: row.__setitem__(slice(0, 0), ["0", "1"])), "17 columns"),
    "a region first": (lambda text: REGION + text, "behind a region"),
    "two spaces": (lambda text: text.replace(" ", "  "), "columns"),
}


TRACK_MISTAKES = {
    "occluded with a fraction": (columns(lambda row: row.__setitem__(4, row[4] + ".00")), "occluded is no integer"),
    "truncated as a share": (columns(lambda row: row.__setitem__(3, "0.25")), "truncated is no integer"),
    "one track": (columns(lambda row: row.__setitem__(1, "7")), "a track twice"),
    "the object benchmark's columns": (columns(lambda row: row.__delitem__(slice(0, 2))), "15 columns"),
    "frames backwards": (lambda text: "".join(line + "\n" for line in reversed(text.splitlines())), "another order"),
}


def swapped(text):
    lines = text.split("\n")
    lines[4], lines[5] = lines[5], lines[4]
    return "\n".join(lines)


CALIB_MISTAKES = {"lines in another order": swapped, "no blank line": lambda text: text[:-1],
                  "no P1": lambda text: text[text.index("P1"):], "two spaces": lambda text: text.replace(" ", "  ")}


def unnoticed_tracks(text):
    """Mistakes that the rules above do not notice."""
    return [what for what, (mistake, words) in TRACK_MISTAKES.items()
            if not any(words in one for one in wrong_tracks(mistake(text)))]


def unnoticed(label, calib, width, height):
    """The same for frames of the object benchmark."""
    return [what for what, (mistake, words) in LABEL_MISTAKES.items()
            if not any(words in one for one in wrong_label(mistake(label), width, height))] + \
        [what for what, mistake in CALIB_MISTAKES.items() if not wrong_calib(mistake(calib))]
