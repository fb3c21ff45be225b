#!/usr/bin/env python3
"""Translates a compute shader (SPIR-V) into a C++ function that runs many invocations at once.

usage: translate.py SHADER.spv --name FUNCTION --out FILE.cpp [--constant ID=NUMBER ...]

Specialization constants get their values, functions are inlined and dead code goes (spirv-opt). Then
every scalar of the shader becomes a vector of one number for each of W invocations (lanes), or stays
one number where all lanes agree. Branches become masks, phis become selections, buffer references
become host addresses. See lanes.h for what the C++ is written in and kernel.h for how it is called.

An instruction that is not known stops the build: exit code 1 and one line that names it.
"""

import argparse
import os
import subprocess
import sys

from builder import Builder
from flow import Flow
from graph import Graph
from loops import Loops
from memory import Memory
from operations import Operations
from spirv import Module, Refused
from values import LANE_TYPES, Value, kind_of, literal

PASSES = ["--freeze-spec-const", "--fold-spec-const-op-composite", "--unify-const", "-O",
          "--loop-unroll", "-O", "--strip-debug"]


class Translator(Flow, Loops, Memory, Operations):
    def __init__(self, module):
        self.m = module
        self.g = Graph(module.blocks)
        # What is learned about lanes that disagree; each finding makes another round.
        self.lane_phis, self.diverging, self.ragged_loops = set(), set(), set()
        self.find_uses()

    def find_uses(self):
        """Where values are defined, and per loop which of them are used behind it."""
        self.defined_in = {}
        for label, block in self.m.blocks.items():
            for i in block.phis + block.body:
                if i.result:
                    self.defined_in[i.result] = label
        self.captured = {h: [] for h in self.g.loops}
        for label in self.g.order:
            block = self.m.blocks[label]
            names = {n for i in block.body + [block.end] for n in i.ids()}
            for s in block.successors():  # what phis take along an edge is used where it begins
                for phi in self.m.blocks[s].phis:
                    names |= {v for v, p in zip(phi.args[1::2], phi.args[2::2]) if p == label}
            for header, blocks in self.g.loops.items():
                if label not in blocks:
                    self.captured[header] += sorted(
                        n for n in names if self.defined_in.get(n) in blocks
                        and n not in self.captured[header])

    def run(self):
        while True:
            before = (len(self.lane_phis), len(self.diverging), len(self.ragged_loops))
            self.round()
            if before == (len(self.lane_phis), len(self.diverging), len(self.ragged_loops)):
                break
        self.b.program.sweep()

    def round(self):
        self.b = Builder()
        self.values, self.phi_values, self.captures = {}, {}, {}
        self.targets, self.open_loops = {}, set()
        self.local_pointers, self.locals, self.safe_pointers = {}, {}, {}
        for i in self.m.local_variables:
            constant = self.m.constants[i.args[2]] if len(i.args) > 2 else None
            self.declare_local(i.result, self.m.types[i.args[0]], constant)
        self.write_from(self.g.entry, Value("b", False, "active", "active"), self.b.program.top)

    def type_of(self, name):
        if name in self.m.constants:
            return self.m.constants[name][0]
        return self.m.types[self.m.defined_by[name].args[0]]

    def value(self, name):
        """The scalars of an id, as a user in the current block sees them."""
        if name in self.m.constants:
            t, numbers = self.m.constants[name]
            return [literal(kind_of(leaf), n) for leaf, n in zip(t.leaf_types(), numbers)]
        if name in self.m.variables or name in self.local_pointers:
            return [self.variable_pointer(name)]
        home = self.defined_in[name]
        for header in self.ragged_loops:
            blocks = self.g.loops[header]
            if home in blocks and self.block not in blocks:
                return [v if v.number is not None else self.capture(header, name, k, v)
                        for k, v in enumerate(self.own_value(name))]
        return self.own_value(name)

    def own_value(self, name):
        """The scalars of a result, as its own block sees them."""
        if name not in self.values:
            phi = self.m.defined_by.get(name)
            if phi is None or phi.op != "OpPhi":
                raise Refused(f"{name} is used before it is defined")
            self.values[name] = [self.phi_value(phi, k)
                                 for k in range(self.m.types[phi.args[0]].leaves())]
        return self.values[name]


FILE = """// Translated from {source}. Do not edit.
#include "render/kernels/lanes.h"

namespace {{

void run(const oddroad::kernels::Invocations& k, std::uint32_t begin, std::uint32_t end) {{
{prologue}
  for (std::uint32_t first = begin; first < end; first += kLanes) {{
    const vu invocation = lane_numbers(first);
    const vm active = lanes_below(end - first);
{body}
  }}
}}

}}  // namespace

namespace oddroad::kernels {{
ODDROAD_KERNEL({name}, run)
}}  // namespace oddroad::kernels
"""


def prologue(t):
    lines = ["const std::uint64_t push = address_of(k.push);"]
    for name, (pointer, _) in t.m.variables.items():
        binding = t.m.decorations.get(name, {}).get("Binding", ["0"])[0]
        if pointer.storage in ("Uniform", "StorageBuffer"):
            lines.append(f"const std::uint64_t buffer_{binding} = k.buffers[{binding}];")
        elif pointer.storage == "UniformConstant":
            lines.append(f"const Panorama* image_{binding} = k.images[{binding}];")
    lines += [f"(void){line.split('=')[0].split()[-1].strip('*')};" for line in list(lines)]
    return "\n".join("  " + line for line in lines)


def local_arrays(t):
    for array, (kind, count, numbers) in t.locals.items():
        yield f"    {LANE_TYPES[kind]} {array}[{count}] = {{}};"
        for k, number in enumerate(numbers or ()):
            yield f"    {array}[{k}] = splat({number});"


def translated(text, name, source):
    t = Translator(Module(text))
    t.run()
    body = list(local_arrays(t)) + list(t.b.program.lines())
    return FILE.format(source=source, name=name, prologue=prologue(t), body="\n".join(body))


def disassembly(path, constants):
    arguments = ["spirv-opt", "--target-env=vulkan1.3"]
    if constants:
        arguments += ["--set-spec-const-default-value", " ".join(c.replace("=", ":") for c in constants)]
    made = subprocess.run([*arguments, *PASSES, path, "-o", "-"], stdout=subprocess.PIPE, check=True)
    text = subprocess.run(["spirv-dis", "--raw-id", "-"], input=made.stdout, stdout=subprocess.PIPE,
                          check=True)
    return text.stdout.decode()


def write_changed(path, text):
    """Leaves a file alone that says the same already, so that nothing is compiled for nothing."""
    if os.path.exists(path):
        with open(path) as old:
            if old.read() == text:
                return
    with open(path, "w") as out:
        out.write(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shader")
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--constant", action="append", default=[])
    options = parser.parse_args()
    sys.setrecursionlimit(20000)
    source = options.shader.rsplit("/", 1)[-1]
    try:
        text = translated(disassembly(options.shader, options.constant), options.name, source)
    except (Refused, subprocess.CalledProcessError) as why:
        sys.exit(f"{options.shader}: cannot be translated to C++: {why}")
    write_changed(options.out, text)


if __name__ == "__main__":
    main()
