"""Whole numbers, their bits, and conversions between kinds."""

from values import Value, literal

DIVIDE = {"OpUDiv": ("u", "divide"), "OpUMod": ("u", "remainder"), "OpSDiv": ("i", "divide"),
          "OpSRem": ("i", "remainder"), "OpSMod": ("i", "modulo")}
SHIFTS = {"OpShiftLeftLogical": "<<", "OpShiftRightLogical": ">>", "OpShiftRightArithmetic": ">>"}


class Integers:
    """Part of the translator; uses its builder `b` and module `m`."""

    def whole(self, kind, operator, a, b):
        a, b = self.b.as_kind(a, kind), self.b.as_kind(b, kind)
        out = self.b.operate(kind, operator, a, b)
        if operator == "&":
            out.shift = max(a.shift, b.shift)
            for v in (a, b):
                if v.number is not None and v.number >= 0:
                    out.shift = max(out.shift, 32 - v.number.bit_length())
        return out

    def shift(self, op, kind, a, b):
        signed = op == "OpShiftRightArithmetic"
        a, b = self.b.as_kind(a, "i" if signed else "u"), self.b.as_kind(b, "i" if signed else "u")
        out = self.b.operate(a.kind, SHIFTS[op], a, b)
        if op == "OpShiftRightLogical" and b.number is not None:
            out.shift = b.number
        return self.b.as_kind(out, kind)

    def divide(self, op, kind, a, b):
        operand_kind, name = DIVIDE[op]
        a, b = self.b.as_kind(a, operand_kind), self.b.as_kind(b, operand_kind)
        n = b.number
        if n is not None and n > 0 and n & (n - 1) == 0:
            if op in ("OpUMod", "OpSMod"):
                return self.b.as_kind(self.b.operate(operand_kind, "&", a, literal(operand_kind, n - 1)), kind)
            if op == "OpUDiv":
                return self.b.as_kind(
                    self.b.operate("u", ">>", a, literal("u", n.bit_length() - 1)), kind)
        return self.b.as_kind(self.b.call(operand_kind, name, a, b), kind)

    def OpSNegate(self, i, kinds):
        return [self.b.neg(self.b.as_kind(v, kinds[0])) for v in self.value(i.args[1])]

    def OpNot(self, i, kinds):
        return [self.b.keep(k, v.uniform, f"~{v.text}", (v,))
                for k, v in zip(kinds, (self.b.as_kind(v, kinds[0]) for v in self.value(i.args[1])))]

    def OpBitFieldUExtract(self, i, kinds):
        offset, count = (self.b.as_kind(self.value(a)[0], "u") for a in i.args[2:4])
        return [self.b.as_kind(self.b.call("u", "bits_at", self.b.as_kind(v, "u"), offset, count), k)
                for v, k in zip(self.value(i.args[1]), kinds)]

    def OpBitFieldSExtract(self, i, kinds):
        offset, count = (self.b.as_kind(self.value(a)[0], "u") for a in i.args[2:4])
        return [self.b.as_kind(self.b.call("i", "signed_bits_at", self.b.as_kind(v, "u"), offset, count), k)
                for v, k in zip(self.value(i.args[1]), kinds)]

    def OpBitFieldInsert(self, i, kinds):
        offset, count = (self.b.as_kind(self.value(a)[0], "u") for a in i.args[3:5])
        return [self.b.as_kind(self.b.call("u", "with_bits", self.b.as_kind(v, "u"),
                                           self.b.as_kind(w, "u"), offset, count), k)
                for v, w, k in zip(self.value(i.args[1]), self.value(i.args[2]), kinds)]

    def OpBitCount(self, i, kinds):
        return [self.b.as_kind(self.b.call("u", "bit_count", self.b.as_kind(v, "u")), k)
                for v, k in zip(self.value(i.args[1]), kinds)]

    def convert(self, i, kinds, name):
        return [self.b.call(k, name, v) for v, k in zip(self.value(i.args[1]), kinds)]

    def OpConvertFToS(self, i, kinds):
        return self.convert(i, kinds, "to_int")

    def OpConvertFToU(self, i, kinds):
        return self.convert(i, kinds, "to_uint")

    def OpConvertSToF(self, i, kinds):
        return [self.b.call("f", "to_float", self.b.as_kind(v, "i")) for v in self.value(i.args[1])]

    def OpConvertUToF(self, i, kinds):
        """Where the top bit is known to be zero the number is a positive signed one: cheaper."""
        return [self.b.call("f", "to_float", self.b.as_kind(v, "i" if v.shift else "u"))
                for v in self.value(i.args[1])]

    def OpUConvert(self, i, kinds):
        return [self.b.as_kind(v, k) for v, k in zip(self.value(i.args[1]), kinds)]

    OpSConvert = OpUConvert

    def OpBitcast(self, i, kinds):
        values = self.value(i.args[1])
        if kinds == ["p"]:
            out = values[0] if len(values) == 1 else self.b.call(
                "p", "address", *(self.b.as_kind(v, "u") for v in values))
            new = Value("p", out.uniform, out.text, out.name)
            new.offset, new.element = out.offset, self.m.types[i.args[0]].element
            return [new]
        if values[0].kind == "p":
            v = values[0]
            v = self.b.keep("p", v.uniform, f"offset({v.text}, {v.offset})", (v,)) if v.offset else v
            return [self.b.as_kind(self.b.call("u", name, v), k)
                    for name, k in zip(("low_word", "high_word"), kinds)]
        return [self.b.as_kind(v, k) for v, k in zip(values, kinds)]

    OpConvertUToPtr = OpBitcast
