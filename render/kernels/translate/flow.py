"""Structured control flow as masks: who is active in a block, and what phis become.

Lanes that took another way stay idle: a part is left out where no lane wants it, a loop runs until no
lane is left. Blocks are written once, in nested scopes that follow the merge instructions.
"""

from program import Scope
from spirv import Refused
from target import Target
from values import NO_LANES, Value, kind_of, literal

# Instructions that cost little and may run for idle lanes too.
CHEAP = {"OpFNegate", "OpFAdd", "OpFSub", "OpFMul", "OpVectorTimesScalar", "OpVectorShuffle", "OpSelect",
         "OpCompositeExtract", "OpCompositeConstruct", "OpCompositeInsert", "OpIAdd", "OpISub", "OpBitcast",
         "OpLogicalNot", "OpLogicalAnd", "OpLogicalOr", "OpFOrdLessThan", "OpFOrdGreaterThan", "OpIEqual"}
CHEAP_CALLS = {"FMin", "FMax", "FAbs", "Fma", "FMix", "FClamp"}
CHEAP_LIMIT = 6


class Flow:
    """Part of the translator; uses its builder `b`, module `m`, graph `g`."""

    def set_mask(self, name, value, scope):
        self.b.program.define(scope, "vm", self.b.lanes(value), value.uses(), name=name, assigns=True)

    def new_mask(self):
        name = self.b.program.name("m")
        return Value("b", False, name, name)

    def write_from(self, label, mask, scope):
        """Writes blocks from `label` until every way ends at a block that is a target already."""
        while label is not None:
            block = self.m.blocks[label]
            self.b.scope, self.mask, self.block = scope, mask, label
            if block.follow_up and label not in self.open_loops:
                label, mask, scope = self.write_loop(block, mask, scope)
                continue
            self.write_block(block)
            label, mask, scope = self.write_end(block, mask, scope)

    def write_block(self, block):
        for i in block.body:
            self.values[i.result or i] = self.instruction(i)

    def write_end(self, block, mask, scope):
        nothing = (None, None, None)
        end = block.end
        if end.op in ("OpReturn", "OpUnreachable"):
            return nothing
        if block.merge and not block.follow_up:
            return self.write_selection(block, mask, scope)
        arms = self.arms(block, mask)
        if len(arms) == 1:
            return self.follow(block, arms[0][0], mask, scope)
        for label, condition in arms:
            self.write_arm(block, label, condition, mask, scope)
        return nothing

    def arms(self, block, mask):
        """(label, condition) of every way out; conditions are values, None for always."""
        end = block.end
        if end.op == "OpBranch" or len(set(block.successors())) == 1:
            return [(block.successors()[0], None)]
        if end.op == "OpBranchConditional":
            c = self.value(end.args[0])[0]
            return [(end.args[1], c), (end.args[2], self.b.invert(c))]
        return self.cases(end)

    def cases(self, end):
        selector = self.value(end.args[0])[0]
        of_label = {}
        for number, label in zip(end.args[2::2], end.args[3::2]):
            same = self.b.call("b", "eq", selector, literal(selector.kind, int(number, 0)))
            of_label[label] = self.b.either(of_label[label], same) if label in of_label else same
        listed = literal("b", False)
        for same in of_label.values():
            listed = self.b.either(listed, same)
        others, default = self.b.invert(listed), end.args[1]
        of_label[default] = self.b.either(of_label[default], others) if default in of_label else others
        return list(of_label.items())

    def write_selection(self, block, mask, scope):
        merge = block.merge
        total = self.g.total(block.label)
        if merge in self.targets:
            raise Refused(f"two constructs that end at the block {merge}")
        joined = None if total else self.new_mask()
        if joined:
            self.set_mask(joined.name, NO_LANES, scope)
        self.targets[merge] = Target(joined, mask, scope)
        arms = self.arms(block, mask)
        falls = block.end.op == "OpSwitch" and self.open_cases(block, arms, mask, scope)
        # Ways that lead straight to the end first: their values are cheap to set for all lanes.
        arms.sort(key=lambda arm: arm[0] != merge)
        cheap = self.is_cheap(block)
        for label, condition in arms:
            if falls and label != merge:
                self.write_case(block, label, condition, mask, scope)
            else:
                self.write_arm(block, label, condition, mask, scope, cheap)
        del self.targets[merge]
        if not self.g.predecessors[merge]:
            return None, None, None
        if total:
            return merge, mask, scope
        return merge, joined, self.guarded(joined, scope)

    def guarded(self, mask, scope):
        return Scope(scope, f"if (any({self.b.lanes(mask)}))", mask.uses())

    def write_arm(self, block, label, condition, mask, scope, cheap=False):
        """One way out of a block; the condition tells which of the lanes in `mask` take it."""
        inner, inner_mask = scope, mask
        self.b.scope = scope
        if condition is not None and condition.number is None:
            if condition.uniform:
                inner = Scope(scope, f"if ({condition.text})", condition.uses())
            else:
                inner_mask = self.b.both(mask, condition)
                if label not in self.targets and not cheap:
                    inner = self.guarded(inner_mask, scope)
        elif condition is not None and not condition.number:
            return
        self.write_from(*self.follow(block, label, inner_mask, inner))

    # A switch whose cases run into the next one: each is a target that gathers lanes.

    def open_cases(self, block, arms, mask, scope):
        labels = [label for label, _ in arms if label != block.merge]
        runs_on = any(s in labels for label in labels for s in self.reach(label, block.merge))
        if not runs_on:
            return False
        for label in labels:
            gathered = self.new_mask()
            self.set_mask(gathered.name, NO_LANES, scope)
            self.targets[label] = Target(gathered, mask, scope)
        return True

    def reach(self, label, merge):
        seen, work = set(), [label]
        while work:
            at = work.pop()
            for s in self.m.blocks[at].successors():
                if s != merge and s not in seen:
                    seen.add(s)
                    work.append(s)
        return seen

    def write_case(self, block, label, condition, mask, scope):
        self.b.scope = scope
        target = self.targets[label]
        self.follow(block, label, self.b.both(mask, condition), scope)
        del self.targets[label]
        self.write_from(label, target.mask, self.guarded(target.mask, scope))

    def is_cheap(self, header):
        left = CHEAP_LIMIT
        for label in self.g.construct(header.label):
            block = self.m.blocks[label]
            if block.follow_up or block.end.op not in ("OpBranch", "OpBranchConditional"):
                return False
            for i in block.body:
                call = i.op == "OpExtInst" and i.args[2] in CHEAP_CALLS
                if i.op not in CHEAP and not call:
                    return False
                left -= 1
        return left >= 0

    # Edges.

    def follow(self, block, label, mask, scope):
        """The edge from a block to `label`. Returns where to go on, or nothing at a target."""
        self.b.scope, self.mask, self.block = scope, mask, block.label
        self.leave_loops(block.label, label, mask)
        target = self.targets.get(label)
        self.set_phis(block, label, mask, target)
        if target is None:
            return label, mask, scope
        if mask.text != target.entry_mask.text:
            self.diverging.add(label)
        if target.mask is not None:
            gathered = self.b.either(target.mask, mask)
            self.set_mask(target.mask.name, gathered, scope)
        return None, None, None

    def set_phis(self, block, label, mask, target):
        new = []
        for phi in self.m.blocks[label].phis:
            pairs = dict(zip(phi.args[2::2], phi.args[1::2]))
            for k, v in enumerate(self.value(pairs[block.label])):
                new.append((phi, k, v))
        if len(new) > 1 and label in self.open_loops:
            new = [(phi, k, self.copied(v)) for phi, k, v in new]
        for phi, k, v in new:
            self.set_phi(phi, k, v, label, mask, target)

    def copied(self, v):
        """A phi may be set from another phi of the same block: all are read before one is set."""
        if v.name is None:
            return v
        out = self.b.keep(v.kind, v.uniform, v.text, (v,))
        out.offset, out.element, out.shift = v.offset, v.element, v.shift
        return out

    def set_phi(self, phi, k, v, label, mask, target):
        key = (phi.result, k)
        out = self.phi_value(phi, k)
        if not v.uniform:
            self.lane_phis.add(key)
        loop_phi = label in self.g.loops
        if label in self.diverging and not loop_phi:
            self.lane_phis.add(key)
        if v.kind == "p" and v.offset:
            v = self.b.keep("p", v.uniform, f"offset({v.text}, {v.offset})", (v,))
        if out.uniform:
            text, uses = v.text, v.uses()
        else:
            text, uses = self.b.lanes(v), v.uses()
            inside = target is not None and self.loop_of(self.block) != self.loop_of(label)
            first = target is None or key not in target.reached
            if not loop_phi and (inside or not first):
                text = f"select({self.b.lanes(mask)}, {text}, {out.text})"
                uses = uses + mask.uses() + [out.name]
        if target is not None:
            target.reached.add(key)
        self.b.program.define(self.b.scope, out.ctype(), text, uses, name=out.name, assigns=True)

    def phi_value(self, phi, k):
        key = (phi.result, k)
        if key not in self.phi_values:
            leaf = self.m.types[phi.args[0]].leaf_types()[k]
            kind = kind_of(leaf)
            if kind is None:
                raise Refused("a phi of images")
            name = self.b.program.name("p")
            out = Value(kind, key not in self.lane_phis, name, name)
            out.element = leaf.element
            self.phi_values[key] = out
        return self.phi_values[key]
