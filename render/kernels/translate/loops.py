"""Loops as masks: a loop runs until none of its lanes is left.

Lanes that are done stay idle while others go round. Where all lanes go round together (in step), what
they share stays one number, the counter for instance; a loop that some lanes leave early is ragged.
"""

from program import Scope
from target import Target
from values import NO_LANES, Value


class Loops:
    """Part of the translator; uses its builder `b`, module `m`, graph `g` and Flow."""

    def loop_of(self, label):
        """The header of the innermost loop that a block belongs to."""
        inside = [h for h, blocks in self.g.loops.items() if label in blocks]
        return min(inside, key=lambda h: len(self.g.loops[h])) if inside else None

    def write_loop(self, header, mask, scope):
        merge, follow_up, label = header.merge, header.follow_up, header.label
        total = self.g.total(label)
        in_step = label not in self.ragged_loops
        left = None if total else self.new_mask()
        active = mask if in_step else self.new_mask()
        again = self.new_mask()
        if left:
            self.set_mask(left.name, NO_LANES, scope)
        if not in_step:
            self.set_mask(active.name, mask, scope)
        self.set_mask(again.name, NO_LANES, scope)
        loop = Scope(scope, "for (;;)", active.uses() + again.uses())
        gathered = self.new_mask()
        self.set_mask(again.name, NO_LANES, loop)
        self.set_mask(gathered.name, NO_LANES, loop)
        self.open_loops.add(label)
        self.targets[merge] = Target(left, active, scope)
        self.targets[label] = Target(again, active, loop)
        if follow_up != label:
            self.targets[follow_up] = Target(gathered, active, loop)
        self.write_from(label, active, loop)
        if follow_up != label:
            del self.targets[follow_up]
            if self.g.predecessors[follow_up]:
                # In step: all lanes come here or none does.
                self.write_from(follow_up, active if in_step else gathered,
                                self.guarded(gathered, loop))
        del self.targets[label], self.targets[merge]
        self.open_loops.discard(label)
        self.b.program.effect(loop, f"if (!any({again.text})) break", again.uses(), loop=loop)
        if not in_step:
            self.b.program.define(loop, "vm", again.text, again.uses(), name=active.name, assigns=True)
            self.keep_control(loop, active)
        self.keep_control(loop, again)
        if {merge, label, follow_up} & self.diverging:
            self.ragged_loops.add(label)
        if total:
            return merge, mask, scope
        return merge, left, self.guarded(left, scope)

    @staticmethod
    def keep_control(loop, mask):
        """The loop's head mentions the masks that steer it, so that they live when it does."""
        loop.uses += mask.uses()

    def leave_loops(self, source, label, mask):
        """Values of a loop that are used behind it are kept for each lane as it leaves."""
        for header in self.ragged_loops:
            blocks = self.g.loops[header]
            if source not in blocks or label in blocks:
                continue
            for name in self.captured.get(header, ()):
                if not self.g.dominates(self.defined_in[name], source):
                    continue
                for k, v in enumerate(self.own_value(name)):
                    if v.number is not None:
                        continue
                    out = self.capture(header, name, k, v)
                    text = f"select({self.b.lanes(mask)}, {self.b.lanes(v)}, {out.text})"
                    self.b.program.define(self.b.scope, out.ctype(), text,
                                          v.uses() + mask.uses() + [out.name], name=out.name,
                                          assigns=True)

    def capture(self, header, name, k, v):
        key = (header, name, k)
        if key not in self.captures:
            fresh = self.b.program.name("c")
            out = Value(v.kind, False, fresh, fresh)
            out.element, out.offset = v.element, v.offset
            self.captures[key] = out
        return self.captures[key]
