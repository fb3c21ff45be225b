"""SPIR-V assembly (spirv-dis --raw-id) as Python objects: types, constants, blocks of one entry point."""

import re
import struct


class Refused(Exception):
    """Something in the module that the translator does not know."""


class Type:
    """kind: void bool int float vector matrix array struct pointer image sampled function."""

    def __init__(self, kind, **fields):
        self.kind = kind
        self.element = None    # of vector, matrix (column), array; of a pointer: what it points to
        self.count = 1         # of vector, matrix, array (0: without end)
        self.members = []      # of struct
        self.offsets = {}      # of struct: member to byte offset
        self.matrix_strides = {}
        self.stride = 0        # of array, bytes
        self.width = 32
        self.signed = False
        self.storage = None
        self.__dict__.update(fields)

    def parts(self):
        """The types of the members, columns or elements."""
        return self.members if self.kind == "struct" else [self.element] * self.count

    def composite(self):
        return self.kind in ("vector", "matrix", "array", "struct")

    def leaves(self):
        """How many scalars a value of this type has."""
        if not self.composite():
            return 1
        if self.kind == "array" and self.count == 0:
            raise Refused("a value of a runtime array")
        return sum(p.leaves() for p in self.parts())

    def leaf_types(self):
        if not self.composite():
            return [self]
        return [leaf for p in self.parts() for leaf in p.leaf_types()]

    def memory(self, at=0, matrix_stride=0):
        """(byte offset, leaf type) of every scalar as it lies in a buffer."""
        if not self.composite():
            return [(at, self)]
        out = []
        for k, part in enumerate(self.parts()):
            out += part.memory(at + self.part_offset(k, matrix_stride), self.matrix_strides.get(k, 0))
        return out

    def part_offset(self, k, matrix_stride=0):
        if self.kind == "struct":
            return self.offsets.get(k, 0)
        if self.kind == "vector":
            return k * self.element.width // 8
        return k * (matrix_stride if self.kind == "matrix" else self.stride)


class Instruction:
    def __init__(self, result, op, args, line):
        self.result, self.op, self.args, self.line = result, op, args, line

    def ids(self):
        return [a for a in self.args if a.startswith("%")]


class Block:
    def __init__(self, label):
        self.label = label
        self.phis = []
        self.body = []
        self.merge = None       # label where a selection or loop ends
        self.follow_up = None   # of a loop: the label of its continue construct
        self.end = None         # the terminator

    def successors(self):
        op, args = self.end.op, self.end.args
        if op == "OpBranch":
            return [args[0]]
        if op == "OpBranchConditional":
            return [args[1], args[2]]
        if op == "OpSwitch":
            return [args[1]] + args[3::2]
        return []


TERMINATORS = {"OpBranch", "OpBranchConditional", "OpSwitch", "OpReturn", "OpUnreachable"}
IGNORED = {"OpName", "OpMemberName", "OpSource", "OpSourceExtension", "OpSourceContinued", "OpString",
           "OpCapability", "OpExtension", "OpMemoryModel", "OpExecutionMode", "OpExecutionModeId",
           "OpTypeForwardPointer", "OpLine", "OpNoLine", "OpModuleProcessed", "OpNop"}


def float_of(text):
    """The float32 that spirv-dis printed."""
    value = float.fromhex(text) if "0x" in text else float(text)
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


class Module:
    def __init__(self, text):
        self.types = {}
        self.constants = {}     # id: (Type, [numbers and None for undefined], flat)
        self.variables = {}     # module scope: id: (Type of pointer, initializer id or None)
        self.decorations = {}   # id: {name: [arguments]}
        self.member_decorations = {}
        self.defined_by = {}
        self.blocks = {}        # label: Block, in the module's order
        self.extended = None
        self.pending = []
        self.function_count = 0
        self.local_variables = []
        block = None
        for number, line in enumerate(text.splitlines(), 1):
            line = line.strip()
            if not line or line.startswith(";"):
                continue
            if re.match(r'(%\S+ = )?Op(String|Source|Name|MemberName)', line):
                continue
            block = self.read(self.split(line, number), block)
        self.finish_pointers()

    @staticmethod
    def split(line, number):
        words = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', line)
        if len(words) > 1 and words[1] == "=":
            return Instruction(words[0], words[2], words[3:], number)
        return Instruction(None, words[0], words[1:], number)

    def read(self, i, block):
        if i.op in IGNORED:
            return block
        if block is None and self.read_global(i):
            return None
        if i.op == "OpLabel":
            block = Block(i.result)
            self.blocks[i.result] = block
        elif i.op == "OpFunctionEnd":
            return None
        elif i.op == "OpVariable":
            self.local_variables.append(i)
            self.defined_by[i.result] = i
        elif i.op == "OpPhi":
            block.phis.append(i)
        elif i.op == "OpSelectionMerge":
            block.merge = i.args[0]
        elif i.op == "OpLoopMerge":
            block.merge, block.follow_up = i.args[0], i.args[1]
        elif i.op in TERMINATORS:
            block.end = i
        elif block is None:
            raise Refused(f"unknown instruction {i.op} (line {i.line} of the disassembly)")
        else:
            block.body.append(i)
        if i.result and i.op != "OpLabel":
            self.defined_by[i.result] = i
        return block

    def read_global(self, i):
        if i.op == "OpExtInstImport":
            if i.args[0] != '"GLSL.std.450"':
                raise Refused(f"instruction set {i.args[0]}")
            self.extended = i.result
        elif i.op == "OpDecorate":
            self.decorations.setdefault(i.args[0], {})[i.args[1]] = i.args[2:]
        elif i.op == "OpMemberDecorate":
            key = (i.args[0], int(i.args[1]))
            self.member_decorations.setdefault(key, {})[i.args[2]] = i.args[3:]
        elif i.op == "OpEntryPoint":
            if i.args[0] != "GLCompute":
                raise Refused(f"a {i.args[0]} shader: only compute shaders are translated")
        elif i.op.startswith("OpType"):
            self.types[i.result] = self.type_of(i)
        elif i.op in ("OpConstant", "OpConstantTrue", "OpConstantFalse", "OpConstantNull", "OpUndef",
                      "OpConstantComposite", "OpSpecConstant"):
            self.constants[i.result] = self.constant_of(i)
        elif i.op == "OpVariable":
            self.variables[i.result] = (self.types[i.args[0]], i.args[2] if len(i.args) > 2 else None)
        elif i.op == "OpFunction":
            self.function_count += 1
            if self.function_count > 1:
                raise Refused("a function that was not inlined")
        else:
            return False
        return True

    def type_of(self, i):
        op, args = i.op, i.args
        decorations = self.decorations.get(i.result, {})
        stride = int(decorations.get("ArrayStride", ["0"])[0])
        if op == "OpTypeVoid":
            return Type("void")
        if op == "OpTypeBool":
            return Type("bool")
        if op == "OpTypeInt":
            return Type("int", width=int(args[0]), signed=args[1] == "1")
        if op == "OpTypeFloat":
            return Type("float", width=int(args[0]))
        if op in ("OpTypeVector", "OpTypeMatrix"):
            return Type(op[6:].lower(), element=self.types[args[0]], count=int(args[1]))
        if op == "OpTypeArray":
            return Type("array", element=self.types[args[0]], count=self.constants[args[1]][1][0],
                        stride=stride)
        if op == "OpTypeRuntimeArray":
            return Type("array", element=self.types[args[0]], count=0, stride=stride)
        if op == "OpTypeStruct":
            return self.struct_of(i)
        if op == "OpTypePointer":
            out = self.types.get(i.result) or Type("pointer", width=64)
            out.storage = args[0]
            self.pending.append((out, args[1]))
            return out
        if op == "OpTypeImage":
            if args[1] != "2D" or args[3] != "0":
                raise Refused(f"an image that is not a plain 2D one: {' '.join(args)}")
            return Type("image")
        if op == "OpTypeSampledImage":
            return Type("sampled")
        if op == "OpTypeFunction":
            return Type("function")
        raise Refused(f"unknown type {op} (line {i.line} of the disassembly)")

    def struct_of(self, i):
        out = Type("struct")
        for k, member in enumerate(i.args):
            # A pointer to a structure that is not known yet: filled in by finish_pointers.
            if member not in self.types:
                self.types[member] = Type("pointer", storage="PhysicalStorageBuffer", width=64)
            out.members.append(self.types[member])
            d = self.member_decorations.get((i.result, k), {})
            if "RowMajor" in d:
                raise Refused("a row-major matrix")
            out.offsets[k] = int(d.get("Offset", ["0"])[0])
            out.matrix_strides[k] = int(d.get("MatrixStride", ["0"])[0])
        return out

    def finish_pointers(self):
        for pointer, target in self.pending:
            pointer.element = self.types[target]

    def constant_of(self, i):
        t = self.types[i.args[0]]
        if i.op == "OpConstantComposite":
            return t, [v for a in i.args[1:] for v in self.constants[a][1]]
        if i.op in ("OpConstantNull", "OpUndef"):
            return t, [0] * t.leaves()
        if i.op in ("OpConstantTrue", "OpConstantFalse"):
            return t, [i.op == "OpConstantTrue"]
        return t, [float_of(i.args[1]) if t.kind == "float" else int(i.args[1], 0)]
