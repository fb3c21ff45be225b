"""Arithmetic on values, one scalar of the shader at a time."""

from program import Program
from values import LANE_TYPES, PLAIN_TYPES, Value, literal, rounded


class Builder:
    def __init__(self):
        self.program = Program()
        self.scope = self.program.top
        self.reciprocals = {}   # of a value's text: where they are known, and what they are

    def keep(self, kind, uniform, text, args):
        """A new name for an expression of the values `args`."""
        ctype = (PLAIN_TYPES if uniform else LANE_TYPES)[kind]
        uses = [n for a in args for n in a.uses()]
        name = self.program.define(self.scope, ctype, text, uses)
        return Value(kind, uniform, name, name)

    @staticmethod
    def lanes(v):
        """As a value of every lane."""
        return f"splat({v.text})" if v.uniform else v.text

    def call(self, kind, function, *args):
        if all(a.uniform for a in args):
            return self.keep(kind, True, f"{function}({', '.join(a.text for a in args)})", args)
        return self.keep(kind, False, f"{function}({', '.join(map(self.lanes, args))})", args)

    def operate(self, kind, operator, a, b):
        uniform = a.uniform and b.uniform
        return self.keep(kind, uniform, f"{a.text} {operator} {b.text}", (a, b))

    # Floats: a product that is added to something becomes a fused operation.

    def mul(self, a, b):
        for one, other in ((a, b), (b, a)):
            if one.number == 1.0:
                return other
        out = self.operate("f", "*", a, b)
        out.factors = (a, b)
        return out

    def add(self, a, b):
        for one, other in ((a, b), (b, a)):
            if one.number == 0.0:
                return other
            if other.factors and not other.uniform:
                return self.call("f", "fma_", *other.factors, one)
        return self.operate("f", "+", a, b)

    def sub(self, a, b):
        if b.number == 0.0:
            return a
        if b.factors and not b.uniform:
            return self.call("f", "fnma_", *b.factors, a)
        if a.factors and not a.uniform:
            return self.call("f", "fms_", *a.factors, b)
        return self.operate("f", "-", a, b)

    def divide(self, a, b):
        """By way of the reciprocal, which is shared by all that is divided by the same value."""
        if a.uniform and b.uniform:
            return self.operate("f", "/", a, b)
        return self.mul(a, self.reciprocal(b))

    def reciprocal(self, b):
        if b.number:
            return self.f(rounded(1 / b.number))
        for scope, known in self.reciprocals.get(b.text, ()):
            if self.scope.inside(scope):
                return known
        out = self.operate("f", "/", self.f(1.0), b)
        self.reciprocals.setdefault(b.text, []).append((self.scope, out))
        return out

    def neg(self, a):
        return self.keep(a.kind, a.uniform, f"-{a.text}", (a,))

    def fma(self, a, b, c):
        return self.add(c, self.mul(a, b)) if 1.0 in (a.number, b.number) else self.call(
            "f", "fma_", a, b, c)

    def dot(self, a, b):
        out = self.mul(a[0], b[0])
        for x, y in zip(a[1:], b[1:]):
            out = self.add(out, self.mul(x, y))
        return out

    def mix(self, x, y, a):
        return self.fma(a, self.sub(y, x), x)

    def f(self, number):
        return literal("f", number)

    # Conversions that keep the bits.

    def as_kind(self, v, kind):
        if v.kind == kind:
            return v
        if v.number is not None and v.kind in "iu" and kind in "iu":
            return literal(kind, v.number)
        if v.uniform:
            if "f" in (v.kind, kind):
                out = self.keep(kind, True, f"{self.bits_call(kind)}({v.text})", (v,))
            else:
                out = self.keep(kind, True, f"static_cast<{PLAIN_TYPES[kind]}>({v.text})", (v,))
        else:
            out = self.keep(kind, False, f"({LANE_TYPES[kind]}){v.text}", (v,))
        out.shift = v.shift
        return out

    @staticmethod
    def bits_call(kind):
        return {"f": "float_of", "u": "bits_of", "i": "signed_bits_of"}[kind]

    # Truth values.

    def both(self, a, b):
        for one, other in ((a, b), (b, a)):
            if one.number is not None:
                return other if one.number else literal("b", False)
        return self.call("b", "and_", a, b)

    def either(self, a, b):
        for one, other in ((a, b), (b, a)):
            if one.number is not None:
                return literal("b", True) if one.number else other
        return self.call("b", "or_", a, b)

    def invert(self, a):
        if a.number is not None:
            return literal("b", not a.number)
        return self.call("b", "not_", a)

    def select(self, condition, a, b):
        if a.text == b.text:
            return a
        if condition.number is not None:
            return a if condition.number else b
        if condition.uniform:
            uniform = a.uniform and b.uniform
            x, y = (a.text, b.text) if uniform else (self.lanes(a), self.lanes(b))
            return self.keep(a.kind, uniform, f"{condition.text} ? {x} : {y}", (condition, a, b))
        return self.call(a.kind, "select", condition, a, b)
