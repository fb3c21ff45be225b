"""Scalars of the shader as the C++ sees them: one number for all lanes, or one for each lane."""

import struct

LANE_TYPES = {"f": "vf", "i": "vi", "u": "vu", "b": "vm", "p": "vp"}
PLAIN_TYPES = {"f": "float", "i": "std::int32_t", "u": "std::uint32_t", "b": "bool",
               "p": "std::uint64_t"}


class Value:
    """kind: f i u b p (a pointer: a 64-bit address); text: a name or a literal."""

    def __init__(self, kind, uniform, text, name=None):
        self.kind, self.uniform, self.text, self.name = kind, uniform, text, name
        self.number = None      # of a literal
        self.factors = None     # of a product of floats
        self.shift = 0          # known zero bits at the top
        self.offset = 0         # of a pointer: bytes to add
        self.local = None       # of a pointer to a local variable: (variable, leaf, [(Value, leaves)])
        self.element = None     # of a pointer: the Type it leads to

    def uses(self):
        return [self.name] if self.name else []

    def ctype(self):
        return (PLAIN_TYPES if self.uniform else LANE_TYPES)[self.kind]


def literal(kind, number):
    out = Value(kind, True, text_of(kind, number))
    out.number = number
    return out


def rounded(number):
    """The nearest float32."""
    return struct.unpack("f", struct.pack("f", number))[0]


def bits_of(number):
    return struct.unpack("I", struct.pack("f", number))[0]


def text_of(kind, number):
    if kind == "b":
        return "true" if number else "false"
    if kind == "p":
        return f"std::uint64_t{{{number}}}"
    if kind == "u":
        return f"{number & 0xffffffff}u"
    if kind == "i":
        number = (number & 0xffffffff) - ((number & 0x80000000) << 1)
        return "(-2147483647 - 1)" if number == -2147483648 else f"{number}"
    if number != number or number in (float("inf"), float("-inf")):
        return f"float_of({bits_of(number)}u)"
    return float(number).hex() + "f"


def kind_of(t):
    """The kind of a scalar type."""
    if t.kind == "float":
        return "f"
    if t.kind == "bool":
        return "b"
    if t.kind == "pointer":
        return "p"
    if t.kind == "int":
        return "i" if t.signed else "u"
    return None


NO_LANES = literal("b", False)
