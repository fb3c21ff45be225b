"""A reader of MCAP files and of Protocol Buffers by the descriptors inside them, from the two
specifications (mcap.dev/spec, protobuf.dev/programming-guides/encoding). zstd by the system's
library. Every checksum is checked."""
import ctypes
import struct
import zlib

MAGIC = b"\x89MCAP0\r\n"
zstd = ctypes.CDLL("libzstd.so.1")
zstd.ZSTD_decompress.restype = ctypes.c_size_t
zstd.ZSTD_decompress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]


class Broken(Exception):
    pass


def need(good, what):
    if not good:
        raise Broken(what)


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        need(self.at + n <= len(self.data), "a record ends too early")
        self.at += n
        return self.data[self.at - n:self.at]

    def num(self, code):
        return struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]

    def text(self):
        return self.take(self.num("I")).decode()

    def part(self, code="I"):
        return Cursor(self.take(self.num(code)))

    def pairs(self, a, b):
        inner, out = self.part(), []
        while inner.at < len(inner.data):
            out.append((inner.num(a), inner.num(b)))
        return out

    def done(self):
        need(self.at == len(self.data), "a record is longer than what it holds")


def records(data, begin=0):
    """(opcode, offset, content) one after the other."""
    at = begin
    while at < len(data):
        op, size = struct.unpack_from("<BQ", data, at)
        need(at + 9 + size <= len(data), "a record is cut")
        yield op, at, data[at + 9:at + 9 + size]
        at += 9 + size


class Mcap:
    """schemas {id: (name, encoding, data)}, channels {id: (schema, topic, encoding)}, messages
    [(channel, sequence, log_time, publish_time, data, offset of the chunk)] in the file's order,
    attachments {name: data}."""

    def __init__(self, data):
        self.schemas, self.channels, self.messages, self.attachments = {}, {}, [], {}
        need(data[:8] == MAGIC and data[-8:] == MAGIC, "no magic")
        footer = len(data) - 8 - 29
        op, size, start, offsets, crc = struct.unpack_from("<BQQQI", data, footer)
        need((op, size) == (2, 20), "no footer")
        need(crc == zlib.crc32(data[start:footer + 25]), "checksum of the summary")
        ends, self.chunks, self.indexes = False, {}, {}
        for op, at, content in records(data[:start], 8):
            need(at != 8 or op == 1, "no header")
            need(not ends, "something behind the end of data")
            ends = self.data_record(op, at, content, data)
        need(ends, "no end of data")
        self.summary(data[:footer], start, offsets)

    def declare(self, op, c):
        if op == 3:
            key, value = c.num("H"), (c.text(), c.text(), c.part().data)
            table = self.schemas
        else:
            key, value = c.num("H"), (c.num("H"), c.text(), c.text())
            c.part()
            table = self.channels
            need(value[0] in self.schemas, "a channel without its schema")
        need(table.setdefault(key, value) == value, "one number for two things")
        c.done()

    def data_record(self, op, at, content, data):
        c = Cursor(content)
        if op in (3, 4):
            self.declare(op, c)
        elif op == 6:
            self.chunk(at, c)
        elif op == 7:
            channel = c.num("H")
            self.indexes[at] = (channel, c.pairs("Q", "Q"), next(reversed(self.chunks)))
        elif op == 9:
            c.num("Q"), c.num("Q")
            name, _, body = c.text(), c.text(), c.part("Q").data
            need(zlib.crc32(content[:-4]) == c.num("I"), "checksum of an attachment")
            self.attachments[name] = body
        elif op == 15:
            need(c.num("I") == zlib.crc32(data[:at]), "checksum of the data")
            return True
        else:
            need(op == 1, f"record {op} among the data")
        return False

    def chunk(self, at, c):
        start, end, size, crc, method = c.num("Q"), c.num("Q"), c.num("Q"), c.num("I"), c.text()
        packed = c.part("Q").data
        c.done()
        need(method == "zstd", "a chunk that is not zstd")
        out = ctypes.create_string_buffer(max(size, 1))
        need(zstd.ZSTD_decompress(out, size, packed, len(packed)) == size, "zstd")
        content = out.raw[:size]
        need(crc == zlib.crc32(content), "checksum of a chunk")
        offsets, times = {}, []
        for op, offset, body in records(content):
            need(op == 5, "only messages in chunks")
            m = Cursor(body)
            channel, sequence, log, publish = m.num("H"), m.num("I"), m.num("Q"), m.num("Q")
            need(channel in self.channels, "a message before its channel")
            self.messages.append((channel, sequence, log, publish, body[m.at:], at))
            offsets.setdefault(channel, []).append((log, offset))
            times.append(log)
        need((start, end) == (min(times), max(times)), "times of a chunk")
        self.chunks[at] = {"span": (start, end), "offsets": offsets, "record": 9 + len(c.data),
                           "packed": len(packed), "size": size}

    def summary(self, data, start, offsets_at):
        groups, statistics, lines, attached = [], None, {}, []
        for op, at, content in records(data[:offsets_at], start):
            if not groups or groups[-1][0] != op:
                groups.append([op, at, 0])
            groups[-1][2] += 9 + len(content)
            c = Cursor(content)
            if op in (3, 4):
                before = len(self.schemas) + len(self.channels)
                self.declare(op, c)
                need(before == len(self.schemas) + len(self.channels), "unknown in the data section")
            elif op == 8:
                span = (c.num("Q"), c.num("Q"))
                at = c.num("Q")
                lines[at] = (span, c.num("Q"), dict(c.pairs("H", "Q")), c.num("Q"), c.text(),
                             c.num("Q"), c.num("Q"))
            elif op == 10:
                where, length = c.num("Q"), c.num("Q")
                c.num("Q"), c.num("Q"), c.num("Q")
                attached.append((where, length, c.text()))
            elif op == 11:
                statistics = [c.num(k) for k in "QHIIIIQQ"] + [dict(c.pairs("H", "Q"))]
            else:
                need(False, f"record {op} in the summary")
        need(len({op for op, _, _ in groups}) == len(groups), "records of the summary are not grouped")
        told = []
        for op, _, content in records(data, offsets_at):
            need(op == 14, f"record {op} among the offsets")
            told.append(list(struct.unpack("<BQQ", content)))
        need(told == groups, "offsets of the summary")
        self.check_chunks(lines)
        for where, length, name in attached:
            need(data[where] == 9 and struct.unpack_from("<Q", data, where + 1)[0] + 9 == length and
                 name in self.attachments, "index of attachments")
        counts = {}
        for m in self.messages:
            counts[m[0]] = counts.get(m[0], 0) + 1
        times = [m[2] for m in self.messages]
        need(statistics == [len(self.messages), len(self.schemas), len(self.channels),
                            len(self.attachments), 0, len(self.chunks), min(times), max(times), counts],
             "statistics")

    def check_chunks(self, lines):
        need(list(lines) == list(self.chunks), "index of chunks")
        for at, (span, length, offsets, index_length, method, packed, size) in lines.items():
            chunk = self.chunks[at]
            own = {c: pos for pos, (c, _, owner) in self.indexes.items() if owner == at}
            need((span, length, offsets, method, packed, size) == (
                chunk["span"], chunk["record"], own, "zstd", chunk["packed"], chunk["size"]),
                "index of a chunk")
            need({c: self.indexes[pos][1] for c, pos in own.items()} == chunk["offsets"],
                 "index of messages")
            need(index_length == sum(9 + 6 + 16 * len(v) for v in chunk["offsets"].values()),
                 "length of the index of messages")


WIRE = {1: 1, 2: 5, 3: 0, 4: 0, 5: 0, 6: 1, 7: 5, 8: 0, 9: 2, 11: 2, 12: 2, 13: 0, 14: 0}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def wire(data):
    """(field, wire type, value): bytes for lengths, raw bytes for fixed sizes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            need(kind in (1, 2, 5), f"wire type {kind}")
            size, at = varint(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            need(at + size <= len(data), "a field is cut")
            value, at = data[at:at + size], at + size
        yield key >> 3, kind, value


class Types:
    """Message types of a FileDescriptorSet."""

    def __init__(self, descriptor_set):
        self.messages, files = {}, set()
        for _, _, file in wire(descriptor_set):
            parts = [(number, value) for number, _, value in wire(file)]
            package = next(v.decode() for n, v in parts if n == 2)
            for number, value in parts:
                if number == 3:
                    need(value.decode() in files, f"imports {value.decode()}, which is not there before it")
                if number == 4:
                    self.add("." + package, value)
            files.add(next(v.decode() for n, v in parts if n == 1))

    def add(self, scope, descriptor):
        fields = {}
        name = next(v.decode() for n, _, v in wire(descriptor) if n == 1)
        for number, _, value in wire(descriptor):
            if number == 2:
                f = {n: v for n, _, v in wire(value)}
                fields[f[3]] = (f[1].decode(), f[5], f.get(4, 1) == 3, f.get(6, b"").decode())
        self.messages[scope + "." + name] = fields

    def decode(self, name, data):
        """Every field, those that are not there with the value that proto3 gives them."""
        need(name in self.messages, f"no type {name}")
        fields = self.messages[name]
        out = {f: [] if repeated else None if kind == 11 else self.zero(kind)
               for f, kind, repeated, _ in fields.values()}
        for number, found, value in wire(data):
            need(number in fields, f"{name} has no field {number}")
            field, kind, repeated, of = fields[number]
            if repeated and found == 2 and WIRE[kind] in (1, 5):
                out[field] += [v for v, in struct.iter_unpack("<d" if kind == 1 else "<I", value)]
                continue
            need(found == WIRE[kind], f"{name}.{field} has wire type {found}")
            value = self.value(kind, of, value)
            if repeated:
                out[field].append(value)
            else:
                out[field] = value
        return out

    @staticmethod
    def zero(kind):
        return {9: "", 12: b"", 1: 0.0}.get(kind, 0)

    def value(self, kind, of, value):
        if kind == 1:
            return struct.unpack("<d", value)[0]
        if kind == 7:
            return struct.unpack("<I", value)[0]
        return {9: lambda: value.decode(), 11: lambda: self.decode(of, value)}.get(kind, lambda: value)()
