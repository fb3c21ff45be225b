"""What of a shader's control flow can be known from the blocks alone."""


class Graph:
    def __init__(self, blocks):
        self.blocks = blocks
        self.entry = next(iter(blocks))
        self.predecessors = {label: [] for label in blocks}
        for label, block in blocks.items():
            for s in dict.fromkeys(block.successors()):
                self.predecessors[s].append(label)
        self.order = self.reverse_postorder()
        self.immediate = self.dominators()
        self.loops = {h: self.loop_blocks(h) for h, b in blocks.items() if b.follow_up}

    def reverse_postorder(self):
        seen, out, stack = {self.entry}, [], [(self.entry, iter(self.blocks[self.entry].successors()))]
        while stack:
            label, rest = stack[-1]
            for s in rest:
                if s not in seen:
                    seen.add(s)
                    stack.append((s, iter(self.blocks[s].successors())))
                    break
            else:
                out.append(label)
                stack.pop()
        return out[::-1]

    def dominators(self):
        """Cooper, Harvey and Kennedy 2001, "A simple, fast dominance algorithm"."""
        place = {label: k for k, label in enumerate(self.order)}
        out = {self.entry: self.entry}
        changed = True
        while changed:
            changed = False
            for label in self.order[1:]:
                known = [p for p in self.predecessors[label] if p in out]
                new = known[0]
                for p in known[1:]:
                    while new != p:
                        if place[new] > place[p]:
                            new = out[new]
                        else:
                            p = out[p]
                if out.get(label) != new:
                    out[label] = new
                    changed = True
        return out

    def dominates(self, a, b):
        while b in self.immediate:
            if a == b:
                return True
            if b == self.entry:
                return False
            b = self.immediate[b]
        return False

    def loop_blocks(self, header):
        """The construct: what the header dominates and the merge block does not."""
        merge = self.blocks[header].merge
        return {b for b in self.order
                if self.dominates(header, b) and not self.dominates(merge, b)}

    def construct(self, header):
        """Blocks of the selection or loop that starts here, the header and merge block excluded."""
        merge = self.blocks[header].merge
        out, work = set(), list(self.blocks[header].successors())
        while work:
            b = work.pop()
            if b == merge or b in out or b == header or not self.dominates(header, b):
                continue
            out.add(b)
            work += self.blocks[b].successors()
        return out

    def total(self, header):
        """Every lane that enters the construct leaves it through its merge block."""
        merge, inside = self.blocks[header].merge, self.construct(header)
        for label in inside | {header}:
            block = self.blocks[label]
            if block.end.op in ("OpReturn", "OpUnreachable"):
                return False
            if any(s not in inside and s not in (merge, header) for s in block.successors()):
                return False
        return True
