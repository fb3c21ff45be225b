"""Loads, stores and access chains: buffers by address, and arrays local to the shader."""

from spirv import Refused
from values import LANE_TYPES, Value, bits_of, kind_of, literal

BUFFERS = {"PhysicalStorageBuffer", "Uniform", "StorageBuffer", "PushConstant"}
LOCALS = {"Function", "Private"}
BUILT_IN_INPUTS = {"GlobalInvocationId"}


class Memory:
    """Part of the translator; uses its builder `b`, module `m` and current `mask`."""

    def variable_pointer(self, name):
        """The value of a variable's id."""
        if name in self.local_pointers:
            return self.local_pointers[name]
        t, initializer = self.m.variables[name]
        decorations = self.m.decorations.get(name, {})
        if t.storage == "PushConstant":
            return self.pointer_value("push", t.element)
        if t.storage in ("Uniform", "StorageBuffer"):
            return self.pointer_value(f"buffer_{decorations['Binding'][0]}", t.element)
        if t.storage == "Input":
            built_in = decorations.get("BuiltIn", ["none"])[0]
            if built_in not in BUILT_IN_INPUTS:
                raise Refused(f"the input {built_in}")
            out = Value("p", True, "input")
            out.local, out.element = ("input", 0, []), t.element
            return out
        if t.storage == "UniformConstant":
            out = Value("p", True, f"image_{decorations['Binding'][0]}")
            out.element = t.element
            return out
        if t.storage in LOCALS:
            values = self.m.constants[initializer] if initializer else None
            return self.declare_local(name, t, values)
        raise Refused(f"a variable in the storage class {t.storage}")

    @staticmethod
    def pointer_value(text, element):
        out = Value("p", True, text)
        out.element = element
        return out

    def declare_local(self, name, pointer_type, constant):
        t = pointer_type.element
        array = self.b.program.name("a")
        kinds = [kind_of(leaf) for leaf in t.leaf_types()]
        if None in kinds:
            raise Refused("a local variable that holds an image")
        if len(set(kinds)) > 1:
            kinds = ["u" if k in "iuf" else k for k in kinds]
            if len(set(kinds)) > 1:
                raise Refused("a local variable that mixes numbers with truth values or pointers")
        self.locals[array] = (kinds[0], len(kinds), self.first_numbers(t, kinds[0], constant))
        out = Value("p", True, array)
        out.local, out.element = (array, 0, []), t
        self.local_pointers[name] = out
        return out

    @staticmethod
    def first_numbers(t, kind, constant):
        """Literals that a local variable starts with; None: anything."""
        if constant is None:
            return None
        out = []
        for leaf, number in zip(t.leaf_types(), constant[1]):
            if kind_of(leaf) == "f" and kind == "u":
                number = bits_of(number)
            out.append(literal(kind, number).text)
        return out

    def access_chain(self, i):
        base = self.value(i.args[1])[0]
        t = base.element
        matrix_stride = getattr(base, "matrix_stride", 0)
        address, offset = base, base.offset
        first, dynamic = (base.local[1], list(base.local[2])) if base.local else (0, [])
        for arg in i.args[2:]:
            index = self.value(arg)[0]
            if t.kind == "struct":
                k = index.number
                offset += t.offsets.get(k, 0)
                first += sum(p.leaves() for p in t.members[:k])
                t, matrix_stride = t.members[k], t.matrix_strides.get(k, 0)
                continue
            step = t.part_offset(1, matrix_stride)
            leaves = 0 if base.local is None else t.element.leaves()
            if index.number is not None:
                offset += index.number * step
                first += index.number * leaves
            elif base.local:
                dynamic.append((index, leaves))
            else:
                address = self.moved(address, index, step)
            t = t.element
        out = Value("p", address.uniform, address.text, address.name)
        out.offset, out.element, out.matrix_stride = offset, t, matrix_stride
        if base.local:
            out.local = (base.local[0], first, dynamic)
        return [out]

    def moved(self, address, index, step):
        """The address plus index * step bytes."""
        b = self.b
        if address.uniform and index.uniform:
            text = f"{address.text} + static_cast<std::uint64_t>(std::int64_t{{{index.text}}}) * {step}u"
            return b.keep("p", True, text, (address, index))
        text = f"advance({b.lanes(address)}, {b.lanes(index)}, {step}u)"
        return b.keep("p", False, text, (address, index))

    def load(self, i):
        pointer = self.value(i.args[1])[0]
        t = pointer.element
        if t.kind in ("sampled", "image"):
            return [pointer]
        if pointer.local:
            return self.load_local(pointer, t)
        places = t.memory(pointer.offset, getattr(pointer, "matrix_stride", 0))
        kinds = [kind_of(leaf) for _, leaf in places]
        out = self.load_plain(pointer, places, kinds) if pointer.uniform else self.gather(
            pointer, places, kinds)
        for v, (_, leaf) in zip(out, places):
            v.element = leaf.element
        return out

    @staticmethod
    def suffix(leaf, kind):
        """Names the load or store of a scalar type."""
        if leaf.width in (8, 16) and kind in "iu":
            return f"{kind}{leaf.width}"
        if leaf.width != {"p": 64}.get(kind, 32):
            raise Refused(f"a {leaf.width}-bit {leaf.kind} in a buffer")
        return kind

    def load_plain(self, pointer, places, kinds):
        return [self.b.keep(k, True, f"load_{self.suffix(leaf, k)}({pointer.text} + {at})", (pointer,))
                for (at, leaf), k in zip(places, kinds)]

    def safe(self, pointer):
        """The addresses with those of idle lanes replaced by one that may be read."""
        for scope, value in self.safe_pointers.get(pointer.text, ()):
            if self.b.scope.inside(scope):
                return value
        mask = self.mask
        value = self.b.keep("p", False, f"safe({self.b.lanes(mask)}, {pointer.text})", (mask, pointer))
        self.safe_pointers.setdefault(pointer.text, []).append((self.b.scope, value))
        return value

    def gather(self, pointer, places, kinds):
        at = self.safe(pointer)
        out = [None] * len(places)
        single = [f"gather_{self.suffix(leaf, k)}({at.text}, {place})"
                  for (place, leaf), k in zip(places, kinds)]
        k = 0
        while k < len(places):
            row = places[k:k + 4]
            whole = len(row) == 4 and all(
                leaf.width == 32 and kinds[k + j] in "fiu" and place == row[0][0] + 4 * j
                for j, (place, leaf) in enumerate(row))
            if not whole:
                out[k] = self.b.keep(kinds[k], False, single[k], (at,))
                k += 1
                continue
            names = self.b.program.define_several(
                self.b.scope, [LANE_TYPES[kinds[k + j]] for j in range(4)],
                f"gather_row({at.text}, {row[0][0]}, {{0}}, {{1}}, {{2}}, {{3}})", [at.name],
                single[k:k + 4])
            for j, name in enumerate(names):
                out[k + j] = Value(kinds[k + j], False, name, name)
            k += 4
        return out

    # Local arrays: name[leaf], each leaf a value of every lane.

    def place_in_local(self, pointer):
        """(text of the leaf's index, whether all lanes share it, the values in it)."""
        _, first, dynamic = pointer.local
        uniform = all(index.uniform for index, _ in dynamic)
        indices = [(self.b.as_kind(i, "u"), leaves) for i, leaves in dynamic]
        parts = [f"{i.text if uniform else self.b.lanes(i)} * {leaves}u" for i, leaves in indices]
        start = f"{first}u" if uniform else f"splat({first}u)"
        return " + ".join([start] + parts), uniform, [i for i, _ in indices]

    def load_local(self, pointer, t):
        array = pointer.local[0]
        if array == "input":
            return self.load_input(pointer, t)
        kind, count, _ = self.locals[array]
        place, uniform, uses = self.place_in_local(pointer)
        out = []
        for k, leaf in enumerate(t.leaf_types()):
            text = f"{array}[{place} + {k}u]" if uniform else f"pick({array}, {count}u, {place} + {k}u)"
            out.append(self.b.as_kind(self.b.keep(kind, False, text, uses), kind_of(leaf)))
        return out

    def load_input(self, pointer, t):
        lanes = [Value("u", False, "invocation"), literal("u", 0), literal("u", 0)]
        if pointer.local[2]:
            raise Refused("an input indexed by a variable")
        return lanes[pointer.local[1]:][:t.leaves()]

    def store(self, i):
        pointer, values = self.value(i.args[0])[0], self.value(i.args[1])
        if pointer.local:
            return self.store_local(pointer, values)
        places = pointer.element.memory(pointer.offset, getattr(pointer, "matrix_stride", 0))
        for (at, leaf), v in zip(places, values):
            text = (f"scatter_{self.suffix(leaf, v.kind)}({self.b.lanes(self.mask)}, "
                    f"{self.b.lanes(pointer)}, {at}, {self.b.lanes(v)})")
            self.b.program.effect(self.b.scope, text, pointer.uses() + v.uses() + self.mask.uses())
        return []

    def store_local(self, pointer, values):
        array = pointer.local[0]
        kind, count, _ = self.locals[array]
        place, uniform, uses = self.place_in_local(pointer)
        mask = self.b.lanes(self.mask)
        for k, v in enumerate(values):
            v = self.b.as_kind(v, kind)
            at = f"{array}[{place} + {k}u]"
            text = (f"{at} = select({mask}, {self.b.lanes(v)}, {at})" if uniform else
                    f"put({mask}, {array}, {count}u, {place} + {k}u, {self.b.lanes(v)})")
            names = [n for u in [*uses, v, self.mask] for n in u.uses()]
            self.b.program.effect(self.b.scope, text, names)
        return []
