"""tutorial_test.py ODDROAD_FOLDER TUTORIAL.md: does in an empty folder what the tutorial says, block by block.

  yaml, xml, csv, obj   a file, whose name stands in its first line, in a comment
  diff                  changes the file written last: what its lines ' ' and '-' say must stand there once;
                        '...' parts changes
  console               '$ ' begins a command, the lines behind it must be in its output, in their order

'...' in output stands for anything. Figures there may be off by a tenth (or 0.3) before the text has to be
brought up to date; places in files (':9:11') may not. A command fails if, and only if, 'error:' is in its
output as told. Clips are rendered without colour, which is what takes long."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NUMBER = r"(?<![\w:.])\d+(?:\.\d+)?"


def words(line):
    return " ".join(line.split())


def pattern(line):
    """What a told line matches, numbers as groups."""
    parts = re.split(f"({NUMBER}|\\.\\.\\.)", words(line))
    kinds = {"...": ".*"}
    return "".join(re.escape(part) if i % 2 == 0 else kinds.get(part, f"({NUMBER})")
                   for i, part in enumerate(parts))


def same(told, real):
    """Whether a line of output is the told one."""
    found = re.fullmatch(pattern(told), words(real))
    if not found:
        return False
    told_numbers = re.findall(NUMBER, words(told).replace("...", " "))
    return all(abs(float(a) - float(b)) <= max(0.3, 0.1 * abs(float(a)))
               for a, b in zip(told_numbers, found.groups(), strict=True))


def blocks(text):
    """(line number, language, lines) of each block of code."""
    language, first, lines = None, 0, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("```"):
            lines.append(line)
        elif language is None:
            language, first, lines = line[3:].strip(), number, []
        else:
            yield first, language, lines
            language = None
    if language is not None:
        sys.exit(f"the block of line {first} does not end")


def write(folder, lines):
    name = re.search(r"[\w-]+\.(yaml|xodr|csv|obj)", lines[0])
    if not name:
        return None, "the first line names no file"
    path = folder / name.group()
    path.write_text("\n".join(lines) + "\n")
    return path, None


def change(path, lines):
    if path is None:
        return "no file to change"
    for hunk in "\n".join(lines).split("\n...\n"):
        old = "".join("\n" + line[1:] for line in hunk.split("\n") if line[:1] != "+") + "\n"
        new = "".join("\n" + line[1:] for line in hunk.split("\n") if line[:1] != "-") + "\n"
        text = "\n" + path.read_text()
        if text.count(old) != 1:
            return f"'{hunk}' does not fit {path.name}:{text}"
        path.write_text(text.replace(old, new)[1:])
    return None


def run(folder, environment, command, told):
    if command.startswith("oddroad render "):
        command += " --no-color"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    real = done.stdout.splitlines()
    fails = any("error:" in line for line in told)
    if fails != (done.returncode != 0):
        return f"'{command}' ended with {done.returncode}:\n{done.stdout}"
    rest = iter(real)
    for line in told:
        if words(line) != "..." and not any(same(line, candidate) for candidate in rest):
            return f"'{command}' does not print '{line}' there, but:\n{done.stdout}"
    return None


def console(folder, environment, lines):
    if not lines or not lines[0].startswith("$ "):
        return "no command", 0
    commands = []
    for line in lines:
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    for command, told in commands:
        problem = run(folder, environment, command, told)
        if problem:
            return problem, 0
    return None, len(commands)


def main():
    assert same("least gap ... 0.78 m at 4.8 s", "  least gap x  0.80 m at 4.81 s")
    assert not same("gap 0.78 m", "gap 1.78 m") and not same("a.yaml:4:6: error", "a.yaml:5:6: error")
    program, tutorial = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    environment = dict(os.environ, PATH=f"{program}:{os.environ['PATH']}")
    environment.pop("ODDROAD_PATH", None)
    ran, path = 0, None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for number, language, lines in blocks(tutorial.read_text()):
            if language == "console":
                problem, count = console(folder, environment, lines)
                ran += count
            elif language == "diff":
                problem = change(path, lines)
            elif language in ("yaml", "xml", "csv", "obj"):
                path, problem = write(folder, lines)
            else:
                problem = f"what is '{language}'?"
            if problem:
                sys.exit(f"{tutorial}:{number}: {problem}")
    if ran == 0:
        sys.exit(f"{tutorial}: no commands")
    print(f"{ran} commands of {tutorial.name} do what it says")


main()
