"""The meaning of each instruction. What is not here stops the build."""

from composites import Composites
from extended import Extended
from integers import DIVIDE, SHIFTS, Integers
from spirv import Refused
from values import Value, kind_of, literal

FLOAT = {"OpFAdd": "add", "OpFSub": "sub", "OpFMul": "mul"}
INTEGER = {"OpIAdd": "+", "OpISub": "-", "OpIMul": "*", "OpBitwiseAnd": "&", "OpBitwiseOr": "|",
           "OpBitwiseXor": "^"}
COMPARE = {"OpFOrdLessThan": ("f", "lt"), "OpFOrdGreaterThan": ("f", "gt"),
           "OpFOrdLessThanEqual": ("f", "le"), "OpFOrdGreaterThanEqual": ("f", "ge"),
           "OpFOrdEqual": ("f", "eq"), "OpFUnordNotEqual": ("f", "ne"),
           "OpSLessThan": ("i", "lt"), "OpSGreaterThan": ("i", "gt"), "OpSLessThanEqual": ("i", "le"),
           "OpSGreaterThanEqual": ("i", "ge"), "OpULessThan": ("u", "lt"), "OpUGreaterThan": ("u", "gt"),
           "OpULessThanEqual": ("u", "le"), "OpUGreaterThanEqual": ("u", "ge"), "OpIEqual": ("u", "eq"),
           "OpINotEqual": ("u", "ne")}
# True where either is not a number: the opposite of an ordered comparison.
UNORDERED = {"OpFUnordLessThan": "ge", "OpFUnordGreaterThan": "le", "OpFUnordLessThanEqual": "gt",
             "OpFUnordGreaterThanEqual": "lt"}
LOGIC = {"OpLogicalAnd": "both", "OpLogicalOr": "either"}
RENAMES = {"OpCopyObject", "OpCopyLogical"}


class Operations(Composites, Extended, Integers):
    """Part of the translator; uses its builder `b` and module `m`."""

    def instruction(self, i):
        """The scalars of the result of an instruction."""
        kinds = self.kinds(i)
        if i.op in FLOAT:
            return self.each(getattr(self.b, FLOAT[i.op]), i)
        if i.op in INTEGER:
            return self.each(lambda a, b: self.whole(kinds[0], INTEGER[i.op], a, b), i)
        if i.op in COMPARE:
            kind, name = COMPARE[i.op]
            return self.each(lambda a, b: self.b.call("b", name, self.b.as_kind(a, kind),
                                                      self.b.as_kind(b, kind)), i)
        if i.op in UNORDERED:
            return self.each(lambda a, b: self.b.invert(self.b.call("b", UNORDERED[i.op], a, b)), i)
        if i.op in DIVIDE:
            return self.each(lambda a, b: self.divide(i.op, kinds[0], a, b), i)
        if i.op in SHIFTS:
            return self.each(lambda a, b: self.shift(i.op, kinds[0], a, b), i)
        if i.op in LOGIC:
            return self.each(getattr(self.b, LOGIC[i.op]), i)
        if i.op in RENAMES:
            return self.value(i.args[1])
        method = getattr(self, i.op, None)
        if method is None:
            raise Refused(f"unknown instruction {i.op} (line {i.line} of the disassembly)")
        return method(i, kinds)

    def kinds(self, i):
        if i.result is None or i.args[0] not in self.m.types:
            return []
        t = self.m.types[i.args[0]]
        if t.kind in ("sampled", "image", "void"):
            return []
        for leaf in t.leaf_types():
            if leaf.width not in (32,) and leaf.kind in ("int", "float") and i.op not in (
                    "OpLoad", "OpAccessChain", "OpUConvert", "OpSConvert"):
                raise Refused(f"{i.op} on a {leaf.width}-bit {leaf.kind} (line {i.line})")
        return [kind_of(leaf) for leaf in t.leaf_types()]

    def each(self, function, i):
        """A function of one scalar of every operand, over all scalars."""
        return [function(*scalars) for scalars in zip(*(self.value(a) for a in i.args[1:]))]

    # Floats.

    def OpFNegate(self, i, kinds):
        return [self.b.neg(v) for v in self.value(i.args[1])]

    def OpFDiv(self, i, kinds):
        return self.each(lambda a, b: self.b.divide(a, b), i)

    def OpFMod(self, i, kinds):
        return self.each(lambda a, b: self.b.sub(a, self.b.mul(b, self.b.call(
            "f", "floor_", self.b.divide(a, b)))), i)

    def OpFRem(self, i, kinds):
        return self.each(lambda a, b: self.b.sub(a, self.b.mul(b, self.b.call(
            "f", "trunc_", self.b.divide(a, b)))), i)

    def OpVectorTimesScalar(self, i, kinds):
        s = self.value(i.args[2])[0]
        return [self.b.mul(v, s) for v in self.value(i.args[1])]

    OpMatrixTimesScalar = OpVectorTimesScalar

    def OpDot(self, i, kinds):
        return [self.b.dot(self.value(i.args[1]), self.value(i.args[2]))]

    def columns(self, name):
        """The columns of a matrix."""
        rows, values = self.type_of(name).element.count, self.value(name)
        return [values[k:k + rows] for k in range(0, len(values), rows)]

    def times(self, columns, vector):
        return [self.b.dot([c[r] for c in columns], vector) for r in range(len(columns[0]))]

    def OpMatrixTimesVector(self, i, kinds):
        return self.times(self.columns(i.args[1]), self.value(i.args[2]))

    def OpVectorTimesMatrix(self, i, kinds):
        return [self.b.dot(self.value(i.args[1]), c) for c in self.columns(i.args[2])]

    def OpMatrixTimesMatrix(self, i, kinds):
        left = self.columns(i.args[1])
        return [v for c in self.columns(i.args[2]) for v in self.times(left, c)]

    def OpTranspose(self, i, kinds):
        return [v for row in zip(*self.columns(i.args[1])) for v in row]

    def OpOuterProduct(self, i, kinds):
        return [self.b.mul(a, c) for c in self.value(i.args[2]) for a in self.value(i.args[1])]

    def OpIsNan(self, i, kinds):
        return [self.b.call("b", "ne", v, v) for v in self.value(i.args[1])]

    def OpIsInf(self, i, kinds):
        infinite = self.b.f(float("inf"))
        return [self.b.call("b", "eq", self.b.call("f", "abs_", v), infinite)
                for v in self.value(i.args[1])]

    # Truth values.

    def OpSelect(self, i, kinds):
        conditions, a, b = (self.value(x) for x in i.args[1:])
        if len(conditions) == 1:
            conditions = conditions * len(a)
        return [self.b.select(c, self.b.as_kind(x, k), self.b.as_kind(y, k))
                for c, x, y, k in zip(conditions, a, b, kinds)]

    def OpLogicalNot(self, i, kinds):
        return [self.b.invert(v) for v in self.value(i.args[1])]

    def OpLogicalEqual(self, i, kinds):
        return self.each(lambda a, b: self.b.invert(self.b.call("b", "xor_", a, b)), i)

    def OpLogicalNotEqual(self, i, kinds):
        return self.each(lambda a, b: self.b.call("b", "xor_", a, b), i)

    def OpAny(self, i, kinds):
        out = literal("b", False)
        for v in self.value(i.args[1]):
            out = self.b.either(out, v)
        return [out]

    def OpAll(self, i, kinds):
        out = literal("b", True)
        for v in self.value(i.args[1]):
            out = self.b.both(out, v)
        return [out]

    # Memory and images.

    def OpLoad(self, i, kinds):
        return self.load(i)

    def OpStore(self, i, kinds):
        return self.store(i)

    def OpAccessChain(self, i, kinds):
        return self.access_chain(i)

    OpInBoundsAccessChain = OpAccessChain

    def OpImageSampleExplicitLod(self, i, kinds):
        """A lookup in the panorama sampler: linear between texels and levels, repeats along u."""
        if i.args[3] != "Lod":
            raise Refused(f"image operands {i.args[3]} (line {i.line} of the disassembly)")
        image = self.value(i.args[1])[0].text
        u, v = self.value(i.args[2])[:2]
        lod = self.value(i.args[4])[0]
        b = self.b
        lanes = ", ".join(b.lanes(x) for x in (u, v, lod))
        uses = [n for x in (u, v, lod, self.mask) for n in x.uses()]
        text = f"sample(*{image}, {b.lanes(self.mask)}, {lanes}, {{0}}, {{1}}, {{2}}, {{3}})"
        one = [f"sample_channel(*{image}, {b.lanes(self.mask)}, {lanes}, {k})" for k in range(4)]
        names = b.program.define_several(b.scope, ["vf"] * 4, text, uses, one)
        return [Value("f", False, n, n) for n in names]
