"""farm_memory.py BUILD [CLIPS]: whether a farm's worker holds more the longer it works.

One renderer, as `farm work` starts it, gets clip after clip of a plan. When a clip is done it does
nothing until it gets the next: what it holds then is what it keeps from clip to clip, and the highest
since the last clip is what the clip needed. Both after CLIPS (500) clips must be within 3 % of what
they were after 20; each is the median over eleven clips around, since clips are not of one size.
"""
import fcntl
import json
import os
import statistics
import subprocess
import sys
import tempfile

BOUND = 1.03
EARLY = 20
AROUND = 5
EVENTS = 3  # the descriptor that renderers tell events on (engine/farm/events.h)
ENDS = ("ready", "committed", "was_there", "differs", "failed", "cannot_write", "unavailable")


class Worker:
    def __init__(self, oddroad, plan, out):
        pipe = os.pipe()
        read, write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in pipe)
        for end in pipe:
            os.close(end)
        os.dup2(write, EVENTS)
        self.process = subprocess.Popen(
            [oddroad, "farm", "render", plan, "-o", out, "--threads", "1"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=(EVENTS,))
        os.close(EVENTS)
        os.close(write)
        self.events = os.fdopen(read)
        self.wait_for("ready")

    def wait_for(self, wanted):
        for line in self.events:
            event = json.loads(line)
            if event["event"] == wanted:
                return
            if event["event"] in ENDS:
                sys.exit(f"the renderer said {line}")
        sys.exit("the renderer ended")

    def proc(self, name):
        return f"/proc/{self.process.pid}/{name}"

    def mib(self, field):
        with open(self.proc("status")) as status:
            return next(int(line.split()[1]) for line in status if line.startswith(field)) / 1024

    def core_seconds(self):
        with open(self.proc("stat")) as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def render(self, number):
        """What is held behind the clip, and at most during it (MiB)."""
        with open(self.proc("clear_refs"), "w") as clear:
            clear.write("5")  # the highest so far is forgotten
        self.process.stdin.write(f"{number}\n".encode())
        self.process.stdin.flush()
        self.wait_for("committed")
        return self.mib("VmRSS:"), self.mib("VmHWM:")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def around(values, clips):
    return statistics.median(values[max(clips - AROUND - 1, 0):clips + AROUND])


def main():
    build, clips = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
    oddroad = os.path.join(build, "engine/cli/oddroad")
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration/data")
    with tempfile.TemporaryDirectory() as folder:
        plan, out = os.path.join(folder, "plan.jsonl"), os.path.join(folder, "out")
        subprocess.run([oddroad, "farm", "plan", os.path.join(data, "tiny.yaml"), "--no-color",
                        "--clips", str(clips + AROUND), "--clips-per-task", "50", "-o", plan],
                       check=True, stdout=subprocess.DEVNULL)
        worker = Worker(oddroad, plan, out)
        held, highest = zip(*(worker.render(number) for number in range(clips + AROUND)))
        seconds = worker.core_seconds()
        worker.end()
    failed = False
    for name, values in (("held behind a clip", held), ("at most during a clip", highest)):
        early, late = around(values, EARLY), around(values, clips)
        failed |= late / early >= BOUND
        print(f"{name:22} {early:6.0f} MiB at clip {EARLY}, {around(values, clips // 5):6.0f} at {clips // 5}, "
              f"{late:6.0f} at {clips}: {late / early:.3f} times (under {BOUND} is wanted)")
    print(f"{seconds / len(held):.3f} core-seconds a clip")
    sys.exit(failed)


main()
