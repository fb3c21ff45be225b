"""GLSL.std.450: the functions of the language's standard library."""

from spirv import Refused
from values import literal, rounded

# Functions of the run-time library, scalar by scalar: name and kind of operands and result.
FLOAT_CALLS = {
    "FMin": "min_", "FMax": "max_", "NMin": "min_", "NMax": "max_", "FAbs": "abs_", "Floor": "floor_",
    "Ceil": "ceil_", "Trunc": "trunc_", "RoundEven": "round_", "Round": "round_", "FSign": "sign_",
    "Sqrt": "sqrt_", "Exp": "exp_", "Exp2": "exp2_", "Log": "log_", "Log2": "log2_", "Pow": "pow_",
    "Sin": "sin_", "Cos": "cos_", "Tan": "tan_", "Asin": "asin_", "Acos": "acos_", "Atan": "atan_",
    "Atan2": "atan2_"}
WHOLE_CALLS = {"SMin": ("i", "min_"), "SMax": ("i", "max_"), "UMin": ("u", "min_"), "UMax": ("u", "max_"),
               "SAbs": ("i", "abs_"), "SSign": ("i", "sign_"), "FindILsb": ("u", "lowest_bit"),
               "FindUMsb": ("u", "highest_bit")}
UNPACK = {"UnpackUnorm2x16": ("unorm16", 2), "UnpackSnorm2x16": ("snorm16", 2),
          "UnpackUnorm4x8": ("unorm8", 4), "UnpackSnorm4x8": ("snorm8", 4), "UnpackHalf2x16": ("half16", 2)}
PACK = {"PackUnorm2x16": ("to_unorm16", 16), "PackSnorm2x16": ("to_snorm16", 16),
        "PackUnorm4x8": ("to_unorm8", 8), "PackSnorm4x8": ("to_snorm8", 8)}
DEGREE = 0.017453292519943295


class Extended:
    def OpExtInst(self, i, kinds):
        if i.args[1] != self.m.extended:
            raise Refused(f"an instruction set that is not GLSL.std.450 (line {i.line})")
        name, operands = i.args[2], [self.value(a) for a in i.args[3:]]
        b = self.b
        if name in FLOAT_CALLS:
            return [b.call("f", FLOAT_CALLS[name], *s) for s in zip(*operands)]
        if name in WHOLE_CALLS:
            kind, function = WHOLE_CALLS[name]
            return [b.as_kind(b.call(kind, function, *(b.as_kind(v, kind) for v in s)), k)
                    for s, k in zip(zip(*operands), kinds)]
        if name in UNPACK:
            function, count = UNPACK[name]
            word = b.as_kind(operands[0][0], "u")
            return [b.call("f", function, word, literal("u", k * 32 // count)) for k in range(count)]
        if name in PACK:
            return [self.packed(name, operands[0])]
        method = getattr(self, "glsl_" + name, None)
        if method is None:
            raise Refused(f"unknown function {name} of GLSL.std.450 (line {i.line} of the disassembly)")
        return method(*operands)

    def packed(self, name, values):
        function, bits = PACK[name]
        out = self.b.call("u", function, values[0])
        for k, v in enumerate(values[1:], 1):
            part = self.b.operate("u", "<<", self.b.call("u", function, v), literal("u", k * bits))
            out = self.b.operate("u", "|", out, part)
        return out

    def scalars(self, function, *operands):
        return [function(*s) for s in zip(*operands)]

    def glsl_Fma(self, a, x, y):
        return self.scalars(self.b.fma, a, x, y)

    def glsl_FMix(self, x, y, a):
        return self.scalars(self.b.mix, x, y, a)

    def glsl_Fract(self, x):
        return [self.b.sub(v, self.b.call("f", "floor_", v)) for v in x]

    def clamp(self, kind, x, low, high):
        b = self.b
        return [b.call(kind, "min_", b.call(kind, "max_", b.as_kind(v, kind), b.as_kind(p, kind)),
                       b.as_kind(q, kind)) for v, p, q in zip(x, low, high)]

    def glsl_FClamp(self, x, low, high):
        return self.clamp("f", x, low, high)

    glsl_NClamp = glsl_FClamp

    def glsl_SClamp(self, x, low, high):
        return self.clamp("i", x, low, high)

    def glsl_UClamp(self, x, low, high):
        return self.clamp("u", x, low, high)

    def glsl_Step(self, edge, x):
        b = self.b
        return [b.select(b.call("b", "lt", v, e), b.f(0.0), b.f(1.0)) for e, v in zip(edge, x)]

    def glsl_SmoothStep(self, low, high, x):
        b = self.b
        out = []
        for p, q, v in zip(low, high, x):
            width = b.f(rounded(q.number - p.number)) if None not in (p.number, q.number) else b.sub(q, p)
            t = b.divide(b.sub(v, p), width)
            t = b.call("f", "min_", b.call("f", "max_", t, b.f(0.0)), b.f(1.0))
            out.append(b.mul(b.mul(t, t), b.fma(b.f(-2.0), t, b.f(3.0))))
        return out

    def glsl_InverseSqrt(self, x):
        return [self.b.call("f", "inverse_sqrt", v) for v in x]

    def glsl_Length(self, x):
        if len(x) == 1:
            return [self.b.call("f", "abs_", x[0])]
        return [self.b.call("f", "sqrt_", self.b.dot(x, x))]

    def glsl_Distance(self, x, y):
        return self.glsl_Length([self.b.sub(a, c) for a, c in zip(x, y)])

    def glsl_Normalize(self, x):
        scale = self.b.call("f", "inverse_sqrt", self.b.dot(x, x))
        return [self.b.mul(v, scale) for v in x]

    def glsl_Cross(self, x, y):
        b = self.b
        return [b.sub(b.mul(x[p], y[q]), b.mul(y[p], x[q])) for p, q in ((1, 2), (2, 0), (0, 1))]

    def glsl_Reflect(self, x, n):
        b = self.b
        twice = b.mul(b.f(2.0), b.dot(n, x))
        return [b.sub(v, b.mul(twice, c)) for v, c in zip(x, n)]

    def glsl_Refract(self, x, n, eta):
        b = self.b
        cosine, ratio = b.dot(n, x), eta[0]
        k = b.sub(b.f(1.0), b.mul(b.mul(ratio, ratio), b.sub(b.f(1.0), b.mul(cosine, cosine))))
        root = b.call("f", "sqrt_", b.call("f", "max_", k, b.f(0.0)))
        along = b.add(root, b.mul(ratio, cosine))
        total = b.call("b", "lt", k, b.f(0.0))
        return [b.select(total, b.f(0.0), b.sub(b.mul(ratio, v), b.mul(along, c)))
                for v, c in zip(x, n)]

    def glsl_FaceForward(self, n, incident, reference):
        b = self.b
        away = b.call("b", "lt", b.dot(reference, incident), b.f(0.0))
        return [b.select(away, c, b.neg(c)) for c in n]

    def glsl_Radians(self, x):
        return [self.b.mul(v, self.b.f(DEGREE)) for v in x]

    def glsl_Degrees(self, x):
        return [self.b.mul(v, self.b.f(1 / DEGREE)) for v in x]

    def glsl_Ldexp(self, x, exponent):
        return [self.b.call("f", "ldexp_", v, self.b.as_kind(e, "i")) for v, e in zip(x, exponent)]
