// Reads MCAP files by the npm package @mcap/core: node read_mcap.js FILES
// Every message through the index and again as a stream, every schema decoded by protobufjs, every
// frame found in the tree of transforms.
import { open } from "node:fs/promises";
import { createReadStream } from "node:fs";

import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { FileHandleReadable } from "@mcap/nodejs";
import { loadDecompressHandlers } from "@mcap/support";
import protobuf from "protobufjs";
import "protobufjs/ext/descriptor/index.js";

function need(good, what) {
  if (!good) throw new Error(what);
}

function decoder(schema) {
  need(schema.encoding === "protobuf", `schema ${schema.name} is ${schema.encoding}`);
  const root = protobuf.Root.fromDescriptor(protobuf.descriptor.FileDescriptorSet.decode(schema.data));
  root.resolveAll();
  const type = root.lookupType(schema.name);
  return (data) => type.toObject(type.decode(data), { defaults: true, longs: BigInt });
}

const nanoseconds = (time) => BigInt(time.seconds) * 1000000000n + BigInt(time.nanos);

// Parents of frames, and stamps against the times of the log.
function checkMessage(name, message, logTime, parents) {
  if (message.timestamp) need(nanoseconds(message.timestamp) === logTime, `stamp of ${name}`);
  if (message.header) {
    const { sec, nsec } = message.header.stamp;
    need(BigInt(sec) * 1000000000n + BigInt(nsec) === logTime, `stamp of ${name}`);
  }
  for (const one of message.transforms ?? []) parents.set(one.childFrameId, one.parentFrameId);
  for (const one of [message, message.header ?? {}, ...(message.entities ?? [])]) {
    if (one.frameId === undefined) continue;
    let frame = one.frameId;
    while (parents.has(frame)) frame = parents.get(frame);
    need(frame === "map", `${name}: frame ${one.frameId} hangs on ${frame}`);
  }
}

async function checkIndexed(path, decompressHandlers) {
  const file = await open(path);
  const reader = await McapIndexedReader.Initialize({
    readable: new FileHandleReadable(file), decompressHandlers });
  need(reader.statistics && reader.chunkIndexes.length > 0, "no index");
  const decoders = new Map([...reader.schemasById].map(([id, schema]) => [id, decoder(schema)]));
  const parents = new Map();
  let messages = 0n, last = 0n;
  for await (const one of reader.readMessages()) {
    const channel = reader.channelsById.get(one.channelId);
    need(one.logTime >= last, "out of order");
    last = one.logTime;
    checkMessage(channel.topic, decoders.get(channel.schemaId)(one.data), one.logTime, parents);
    ++messages;
  }
  need(messages === reader.statistics.messageCount, `${messages} messages`);
  for await (const one of reader.readAttachments()) need(one.data.length > 0, one.name);
  await file.close();
  return messages;
}

async function checkStream(path, decompressHandlers) {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  let messages = 0n;
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
    reader.append(part);
    for (let record; (record = reader.nextRecord());) messages += record.type === "Message" ? 1n : 0n;
  }
  need(reader.done(), "not at the end");
  return messages;
}

const handlers = await loadDecompressHandlers();
let total = 0n;
for (const path of process.argv.slice(2)) {
  const indexed = await checkIndexed(path, handlers);
  need(indexed === await checkStream(path, handlers), "stream and index differ");
  total += indexed;
}
need(total > 0n, "no messages");
console.log(`@mcap/core reads ${total} messages of ${process.argv.length - 2} files`);
