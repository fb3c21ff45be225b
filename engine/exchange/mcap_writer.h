// The container MCAP (https://mcap.dev/spec, version 0): messages in chunks compressed by zstd,
// with an index of each chunk and a summary. Chunks are made on any thread; the writer puts them
// into the file in order and keeps of each no more than its line of the index.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/exchange/output_tree.h"

namespace oddroad::exchange::mcap {

struct Schema {
  std::uint16_t id = 0;  // from 1
  std::string name, encoding, data;
};

struct Channel {
  std::uint16_t id = 0;
  std::uint16_t schema_id = 0;
  std::string topic, encoding;
};

struct Message {
  std::uint16_t channel_id = 0;
  std::uint32_t sequence = 0;  // counts the channel's messages
  std::int64_t time_ns = 0;    // logged and published
  std::string data;
};

// A chunk with its message indexes, as they lie in the file.
struct Chunk {
  std::shared_ptr<char[]> room;
  std::string_view bytes;  // of `room`
  std::int64_t start_ns = 0, end_ns = 0;
  std::uint64_t chunk_bytes = 0;  // the chunk's own record; indexes follow
  std::uint64_t compressed_bytes = 0, uncompressed_bytes = 0;
  std::map<std::uint16_t, std::uint64_t> index_offsets;  // by channel, from the start of `bytes`
  std::map<std::uint16_t, std::uint64_t> messages;       // counts by channel
};

// `messages` is not empty and in order of time.
Chunk make_chunk(const std::vector<Message>& messages);

class Writer {
 public:
  explicit Writer(std::unique_ptr<OutputFile> file) : file_(std::move(file)) {}

  // First. `library`: who wrote the file.
  core::Result<void> begin(const std::string& library, const std::vector<Schema>& schemas,
                           const std::vector<Channel>& channels);
  core::Result<void> add(const Chunk& chunk);
  core::Result<void> attach(const std::string& name, const std::string& media_type,
                            const std::string& data);
  // Summary and end.
  core::Result<void> close();

 private:
  core::Result<void> put(std::string_view bytes);
  [[nodiscard]] std::string statistics() const;

  std::unique_ptr<OutputFile> file_;
  std::uint32_t crc_ = 0;  // of all bytes so far
  std::string schemas_, channels_;
  std::size_t schema_count_ = 0, channel_count_ = 0;
  std::uint64_t chunk_count_ = 0, attachment_count_ = 0;
  std::string chunk_index_, attachment_index_;  // records of the summary
  std::int64_t start_ns_ = 0, end_ns_ = 0;
  std::map<std::uint16_t, std::uint64_t> messages_;
};

}  // namespace oddroad::exchange::mcap
