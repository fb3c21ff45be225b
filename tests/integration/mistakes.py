"""Plants mistakes into copies of exports and shows that checks notice each."""
import contextlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

problems = []


def check(good, what):
    if not good:
        problems.append(what)


def in_bytes(pattern, edit):
    """A mistake in all files of a pattern. What they are links to stays."""
    def plant(root):
        for file in sorted(root.glob(pattern)):
            data = edit(file.read_bytes())
            file.unlink()
            file.write_bytes(data)
    return plant


def in_text(pattern, edit):
    return in_bytes(pattern, lambda data: edit(data.decode()).encode())


def in_json(pattern, edit):
    def edited(data):
        about = json.loads(data)
        edit(about)
        return json.dumps(about).encode()
    return in_bytes(pattern, edited)


def finish(folder, checks, mistakes, dataset):
    """Runs the checks (name of the folder: function of it and the dataset) and, if all is well, again
    with each mistake (name, what it is, function that plants it). Ends the program."""
    for name, one in checks.items():
        one(folder / name, dataset)
    if not problems:
        for name, what, plant in mistakes:
            with tempfile.TemporaryDirectory(dir=folder) as place, open(os.devnull, "w") as nowhere:
                copy = Path(place) / name
                shutil.copytree(folder / name, copy, copy_function=os.link)
                plant(copy)
                with contextlib.redirect_stdout(nowhere):
                    checks[name](copy, dataset)
            noticed = len(problems) > 0
            problems.clear()
            if not noticed:
                print(f"wrong: planted and not noticed in {name}: {what}")
                sys.exit(1)
        print(f"{len(mistakes)} planted mistakes are noticed")
    for problem in problems:
        print("wrong:", problem)
    sys.exit(1 if problems else 0)
