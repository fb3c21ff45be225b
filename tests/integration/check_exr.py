#!/usr/bin/env python3
"""Reads an OpenEXR export back: check_exr.py EXPORT DATASET

Own readers of OpenEXR (openexr.com, "OpenEXR File Layout") and of Cryptomatte's hashes, written from
the two descriptions, against the dataset's own files.
"""
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

problems = []


def check(good, what):
    if not good:
        problems.append(what)


def unpack_runs(data):
    out, at = bytearray(), 0
    while at < len(data):
        count = struct.unpack_from("b", data, at)[0]
        if count < 0:
            out += data[at + 1:at + 1 - count]
            at += 1 - count
        else:
            out += data[at + 1:at + 2] * (count + 1)
            at += 2
    return bytes(out)


def restored(data):
    """Differences back to bytes, and their two halves one in the other."""
    d = np.frombuffer(data, np.uint8).astype(np.int64)
    t = (np.cumsum(d) - 128 * np.arange(len(d))).astype(np.uint8)
    out = np.empty_like(t)
    half = (len(t) + 1) // 2
    out[0::2], out[1::2] = t[:half], t[half:]
    return out.tobytes()


def read_exr(file):
    """(attributes {name: (type, bytes)}, channels {name: array})."""
    data = file.read_bytes()
    assert struct.unpack_from("<II", data) == (20000630, 2), "one part, scan lines"
    attributes, at = {}, 8
    while data[at]:
        name, kind, rest = data[at:at + 600].split(b"\0", 2)
        at += len(name) + len(kind) + 2
        size = struct.unpack_from("<I", data, at)[0]
        attributes[name.decode()] = (kind.decode(), data[at + 4:at + 4 + size])
        at += 4 + size
    at += 1
    listed, channels, c = attributes["channels"][1], [], 0
    while listed[c]:
        name = listed[c:].split(b"\0", 1)[0]
        channels.append((name.decode(), struct.unpack_from("<I", listed, c + len(name) + 1)[0]))
        c += len(name) + 17
    assert [n for n, _ in channels] == sorted(n for n, _ in channels)
    x0, y0, x1, y1 = struct.unpack("<4i", attributes["dataWindow"][1])
    width, height = x1 - x0 + 1, y1 - y0 + 1
    method = attributes["compression"][1][0]
    rows = 16 if method == 3 else 1
    out = {n: np.empty((height, width), {0: "<u4", 2: "<f4"}[kind]) for n, kind in channels}
    for offset in struct.unpack_from(f"<{-(-height // rows)}Q", data, at):
        y, size = struct.unpack_from("<iI", data, offset)
        body, n = data[offset + 8:offset + 8 + size], min(rows, height - y + y0)
        if size < n * width * 4 * len(channels):
            body = restored({1: unpack_runs, 2: zlib.decompress, 3: zlib.decompress}[method](body))
        block = np.frombuffer(body, "<u4").reshape(n, len(channels), width)
        for i, (name, kind) in enumerate(channels):
            out[name][y - y0:y - y0 + n] = block[:, i].view("<u4" if kind == 0 else "<f4")
    return attributes, out


def murmur3(text):
    data, h = text.encode(), 0
    mask = 0xffffffff
    rotl = lambda v, r: (v << r | v >> 32 - r) & mask
    mix = lambda k: rotl(k * 0xcc9e2d51 & mask, 15) * 0x1b873593 & mask
    whole = len(data) // 4 * 4
    for k in struct.unpack(f"<{whole // 4}I", data[:whole]):
        h = (rotl(h ^ mix(k), 13) * 5 + 0xe6546b64) & mask
    h ^= mix(int.from_bytes(data[whole:], "little")) ^ len(data)
    h = (h ^ h >> 16) * 0x85ebca6b & mask
    h = (h ^ h >> 13) * 0xc2b2ae35 & mask
    return h ^ h >> 16


def matte_hash(name):
    h = murmur3(name)
    return h ^ 1 << 23 if h >> 23 & 255 in (0, 255) else h


assert f"{matte_hash('bunny'):08x}" == "13851a76" and f"{matte_hash('default'):08x}" == "42c9679f"


def mattes(attributes, channels, layer):
    """Names to masks, found as a compositor finds them: by the name in the manifest."""
    key = f"cryptomatte/{murmur3(layer):08x}"[:19]
    text = lambda what: attributes[f"{key}/{what}"][1].decode()
    check(text("name") == layer and text("hash") == "MurmurHash3_32" and
          text("conversion") == "uint32_to_float32", f"attributes of {layer}")
    bits, coverage = channels[layer + "00.R"].view("<u4"), channels[layer + "00.G"]
    check((coverage == (bits != 0)).all(), f"coverage of {layer}")
    check(not channels[layer + "00.B"].any() and not channels[layer + "00.A"].any(), f"rank 1 of {layer}")
    out = {}
    for name, told in json.loads(text("manifest")).items():
        check(f"{matte_hash(name):08x}" == told, f"hash of {name}")
        out[name] = bits == int(told, 16)
    check(sum(m.sum() for m in out.values()) == (bits != 0).sum(), f"pixels of {layer} without a name")
    return out


def same(a, b):
    return a.shape == b.shape and a.tobytes() == np.ascontiguousarray(b).tobytes()


def check_frame(attributes, channels, own, names, count):
    check(attributes["compression"][1] == b"\x03", "not packed without loss")
    for suffix, pairs in {".depth.exr": {"Z": "Z"}, ".normals.exr": {k: "N." + k for k in "XYZ"},
                          ".flow_forward.exr": {"U": "forward.u", "V": "forward.v"},
                          ".flow_backward.exr": {"U": "backward.u", "V": "backward.v"}}.items():
        if not own(suffix).exists():
            check(not any(theirs in channels for theirs in pairs.values()), f"{suffix} from nowhere")
            continue
        native = read_exr(own(suffix))[1]
        for ours, theirs in pairs.items():
            check(same(channels[theirs], native[ours]), theirs)
        if "flow" in suffix:
            occluded = channels[pairs["U"][:-1] + "occluded"]
            check((occluded == native["OCCLUDED"]).all() and occluded.dtype == "<u4", "occlusion")
            count["flows"] += 1
    ids = np.asarray(Image.open(own(".ids.png"))).astype("<u4")
    classes = np.asarray(Image.open(own(".classes.png"))).astype("<u4")
    check(same(channels["instance.id"], ids), "ids")
    check(same(channels["semantic.id"], classes), "classes")
    for name, mask in mattes(attributes, channels, "CryptoObject").items():
        check((mask == (ids == int(name.split("#")[1]))).all() and mask.any(), f"matte of {name}")
        count["things picked by name"] += 1
    for name, mask in mattes(attributes, channels, "CryptoAsset").items():
        check((mask == (classes == names[name])).all() and mask.any(), f"matte of {name}")
        count["classes picked by name"] += 1
    check_camera(attributes, own(".json"))
    count["frames"] += 1


# What others got wrong: distance along the ray, numbers as HALF, y up, masks of 8 bits, matte ids that
# are filtered or not ordinary floats, matrices the other way round.
def mistakes(attributes, channels):
    def texts(key, value):
        changed = {k: v for k, v in attributes.items() if not k.endswith(key)}
        return changed | {k: ("string", value(v[1])) for k, v in attributes.items() if k.endswith(key)}, channels

    def planes(**changed):
        return attributes, channels | {k.replace("_", "."): v for k, v in changed.items()}

    y, x = np.mgrid[:channels["Z"].shape[0], :channels["Z"].shape[1]]
    ids, hashes = channels["instance.id"], channels["CryptoObject00.R"]
    M = np.frombuffer(attributes["worldToCamera"][1], "<f4").reshape(4, 4)
    return {
        "depth along the ray": planes(Z=(channels["Z"] * np.hypot(1, x / 1000)).astype("<f4")),
        "depth as HALF": planes(Z=channels["Z"].astype("<f2").astype("<f4")),
        "v upwards": planes(forward_v=-channels["forward.v"]),
        "u for v": planes(forward_u=channels["forward.v"], forward_v=channels["forward.u"]),
        "ids as HALF": planes(instance_id=np.minimum(ids, 65504).astype("<f2").astype("<u4")),
        "ids of 8 bits": planes(instance_id=ids & 255),
        "matte as HALF": planes(CryptoObject00_R=(hashes.view("<u4") & 0xffffe000).view("<f4")),
        "matte filtered": planes(CryptoObject00_R=(hashes / 2 + np.roll(hashes, 1, 1) / 2).astype("<f4")),
        "coverage where nothing is": planes(CryptoObject00_G=np.ones_like(hashes)),
        "another hash": texts("/hash", lambda _: b"MurmurHash3_128"),
        "no name": texts("3ae39a5/manifest", lambda v: json.dumps(dict(list(json.loads(v).items())[1:])).encode()),
        "matrix of columns": (attributes | {"worldToCamera": ("m44f", M.T.tobytes())}, channels)}


def main():
    export, dataset = Path(sys.argv[1]), Path(sys.argv[2])
    names = {c["name"]: c["id"] for c in json.loads((dataset / "dataset.json").read_text())["ontology"]["classes"]}
    count = {"frames": 0, "things picked by name": 0, "classes picked by name": 0, "flows": 0}
    files = sorted(export.glob("*/*/*/*/*.exr"))
    for file in files:
        clip = dataset / "clips" / Path(*file.parts[-4:-2])
        own = lambda suffix: clip / file.parts[-2] / (file.stem + suffix)
        attributes, channels = read_exr(file)
        before = len(problems)
        check_frame(attributes, channels, own, names, count)
        problems[before:] = [f"{file.parts[-2]}/{file.stem}: {what}" for what in problems[before:]]
        if file != files[0] or problems or "forward.v" not in channels:
            continue
        for what, bad in mistakes(attributes, channels).items():
            check_frame(*bad, own, names, dict.fromkeys(count, 0))
            noticed = bool(problems)
            problems.clear()
            if not noticed:
                raise SystemExit(f"wrong: exr: does not notice: {what}")
    for what, n in count.items():
        check(n, f"no {what}")
    print("exr: " + ", ".join(f"{n} {what}" for what, n in count.items()) + "; planted mistakes are noticed")
    for problem in problems:
        print("wrong: exr:", problem)
    raise SystemExit(1 if problems else 0)


def check_camera(attributes, labels):
    """worldToCamera moves the boxes of the world to where they are in the camera."""
    M = np.frombuffer(attributes["worldToCamera"][1], "<f4").reshape(4, 4)
    for one in json.loads(labels.read_text())["objects_in_world"]:
        at = np.append(one["box_world"]["centre"], 1) @ M
        check(np.abs(at[:3] - one["box_sensor"]["centre"]).max() < 1e-3, "worldToCamera")


if __name__ == "__main__":
    main()
