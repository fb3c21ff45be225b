"""Vectors, matrices, arrays and structures taken apart and put together."""

from values import literal


class Composites:
    """Part of the translator; uses its builder `b` and module `m`."""

    def OpUndef(self, i, kinds):
        return [literal(k, 0) for k in kinds]

    def OpCompositeConstruct(self, i, kinds):
        return [v for a in i.args[1:] for v in self.value(a)]

    def part(self, t, path):
        """(first scalar, how many) of a part of a value of type t."""
        first = 0
        for k in path:
            parts = t.parts()
            first += sum(p.leaves() for p in parts[:k])
            t = parts[k]
        return first, t.leaves()

    def OpCompositeExtract(self, i, kinds):
        first, count = self.part(self.type_of(i.args[1]), [int(a) for a in i.args[2:]])
        return self.value(i.args[1])[first:first + count]

    def OpCompositeInsert(self, i, kinds):
        first, count = self.part(self.m.types[i.args[0]], [int(a) for a in i.args[3:]])
        out = list(self.value(i.args[2]))
        out[first:first + count] = self.value(i.args[1])
        return out

    def OpVectorShuffle(self, i, kinds):
        both = self.value(i.args[1]) + self.value(i.args[2])
        return [literal(kinds[0], 0) if a == "0xFFFFFFFF" or int(a) >= len(both) else both[int(a)]
                for a in i.args[3:]]

    def OpVectorExtractDynamic(self, i, kinds):
        values, index = self.value(i.args[1]), self.b.as_kind(self.value(i.args[2])[0], "u")
        out = values[0]
        for k, v in enumerate(values[1:], 1):
            out = self.b.select(self.b.call("b", "eq", index, literal("u", k)), v, out)
        return [out]

    def OpVectorInsertDynamic(self, i, kinds):
        values, new = self.value(i.args[1]), self.value(i.args[2])[0]
        index = self.b.as_kind(self.value(i.args[3])[0], "u")
        return [self.b.select(self.b.call("b", "eq", index, literal("u", k)), new, v)
                for k, v in enumerate(values)]
