#include "engine/exchange/mcap_writer.h"

#include <bit>
#include <cstring>

#include <libdeflate.h>
#include <zstd.h>

#include "engine/core/check.h"

namespace oddroad::exchange::mcap {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

constexpr std::string_view kMagic("\x89MCAP0\r\n", 8);
// Pictures are compressed already, and points hardly shrink: by 12 % at this level, and an export
// keeps up with a copy. Level -3 would take 35 % off points for two and a half times the time
// (which is then most of an export's), level 1 41 % for four times.
constexpr int kZstdLevel = -20;

enum class Op : std::uint8_t {
  kHeader = 0x01,
  kFooter = 0x02,
  kSchema = 0x03,
  kChannel = 0x04,
  kMessage = 0x05,
  kChunk = 0x06,
  kMessageIndex = 0x07,
  kChunkIndex = 0x08,
  kAttachment = 0x09,
  kAttachmentIndex = 0x0a,
  kStatistics = 0x0b,
  kSummaryOffset = 0x0e,
  kDataEnd = 0x0f,
};

std::uint32_t crc_of(std::string_view bytes, std::uint32_t before = 0) {
  return ::libdeflate_crc32(before, bytes.data(), bytes.size());
}

// The content of a record as it grows.
class Content {
 public:
  template <typename T>
  Content& put(T value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.append(raw, sizeof value);
    return *this;
  }
  Content& text(std::string_view value) { return size32(value.size()).raw(value); }
  Content& raw(std::string_view value) {
    bytes_ += value;
    return *this;
  }
  // A map's size counts bytes.
  Content& counts(const std::map<std::uint16_t, std::uint64_t>& map) {
    size32(map.size() * 10);
    for (const auto& [key, value] : map) put(key).put(value);
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  Content& size32(std::size_t value) { return put(static_cast<std::uint32_t>(value)); }
  std::string bytes_;
};

void append_record(std::string& out, Op op, std::initializer_list<std::string_view> parts) {
  std::uint64_t size = 0;
  for (const auto part : parts) size += part.size();
  Content head;
  head.put(op).put(size);
  out += head.bytes();
  for (const auto part : parts) out += part;
}

std::string record(Op op, const Content& content) {
  std::string out;
  append_record(out, op, {content.bytes()});
  return out;
}

// The chunk's own record, compressed where it is to lie between its head and the indexes.
void put_compressed(const std::string& content, const std::string& indexes, Chunk& chunk) {
  constexpr std::size_t kHeadBytes = 9 + 8 + 8 + 8 + 4 + (4 + 4) + 8;
  const std::size_t bound = ZSTD_compressBound(content.size());
  chunk.room = std::make_shared_for_overwrite<char[]>(kHeadBytes + bound + indexes.size());
  char* const out = chunk.room.get();
  chunk.compressed_bytes =
      ZSTD_compress(out + kHeadBytes, bound, content.data(), content.size(), kZstdLevel);
  ODDROAD_CHECK(!ZSTD_isError(chunk.compressed_bytes));
  chunk.uncompressed_bytes = content.size();
  chunk.chunk_bytes = kHeadBytes + chunk.compressed_bytes;
  Content head;
  head.put(Op::kChunk).put(chunk.chunk_bytes - 9);
  head.put(chunk.start_ns).put(chunk.end_ns).put(chunk.uncompressed_bytes).put(crc_of(content));
  head.text("zstd").put(chunk.compressed_bytes);
  ODDROAD_CHECK_OP(head.bytes().size(), ==, kHeadBytes);
  std::memcpy(out, head.bytes().data(), kHeadBytes);
  std::memcpy(out + chunk.chunk_bytes, indexes.data(), indexes.size());
  chunk.bytes = {out, chunk.chunk_bytes + indexes.size()};
}

}  // namespace

Chunk make_chunk(const std::vector<Message>& messages) {
  ODDROAD_CHECK(!messages.empty());
  Chunk chunk;
  chunk.start_ns = messages.front().time_ns;
  chunk.end_ns = messages.back().time_ns;
  std::string content;
  std::size_t expected = 0;
  for (const Message& one : messages) expected += one.data.size() + 64;
  content.reserve(expected);
  std::map<std::uint16_t, Content> indexes;
  for (const Message& one : messages) {
    indexes[one.channel_id].put(one.time_ns).put(static_cast<std::uint64_t>(content.size()));
    ++chunk.messages[one.channel_id];
    Content head;
    head.put(one.channel_id).put(one.sequence).put(one.time_ns).put(one.time_ns);
    append_record(content, Op::kMessage, {head.bytes(), one.data});
  }
  std::string records;
  for (const auto& [channel, entries] : indexes) {
    chunk.index_offsets[channel] = records.size();
    Content index;
    index.put(channel).text(entries.bytes());
    records += record(Op::kMessageIndex, index);
  }
  put_compressed(content, records, chunk);
  for (auto& [channel, offset] : chunk.index_offsets) offset += chunk.chunk_bytes;
  return chunk;
}

core::Result<void> Writer::put(std::string_view bytes) {
  crc_ = crc_of(bytes, crc_);
  return file_->append(bytes);
}

core::Result<void> Writer::begin(const std::string& library, const std::vector<Schema>& schemas,
                                 const std::vector<Channel>& channels) {
  for (const Schema& one : schemas) {
    schemas_ +=
        record(Op::kSchema, Content().put(one.id).text(one.name).text(one.encoding).text(one.data));
  }
  for (const Channel& one : channels) {
    Content content;
    content.put(one.id).put(one.schema_id).text(one.topic).text(one.encoding).text("");
    channels_ += record(Op::kChannel, content);
  }
  schema_count_ = schemas.size();
  channel_count_ = channels.size();
  std::string head(kMagic);
  head += record(Op::kHeader, Content().text("").text(library));
  return put(head + schemas_ + channels_);
}

core::Result<void> Writer::add(const Chunk& chunk) {
  const std::uint64_t at = file_->size();
  std::map<std::uint16_t, std::uint64_t> offsets;
  for (const auto& [channel, offset] : chunk.index_offsets) offsets[channel] = at + offset;
  Content line;
  line.put(chunk.start_ns).put(chunk.end_ns).put(at).put(chunk.chunk_bytes).counts(offsets);
  line.put(static_cast<std::uint64_t>(chunk.bytes.size() - chunk.chunk_bytes)).text("zstd");
  line.put(chunk.compressed_bytes).put(chunk.uncompressed_bytes);
  chunk_index_ += record(Op::kChunkIndex, line);
  start_ns_ = chunk_count_ == 0 ? chunk.start_ns : std::min(start_ns_, chunk.start_ns);
  end_ns_ = chunk_count_ == 0 ? chunk.end_ns : std::max(end_ns_, chunk.end_ns);
  ++chunk_count_;
  for (const auto& [channel, n] : chunk.messages) messages_[channel] += n;
  return put(chunk.bytes);
}

core::Result<void> Writer::attach(const std::string& name, const std::string& media_type,
                                  const std::string& data) {
  const std::uint64_t at = file_->size(), time_ns = static_cast<std::uint64_t>(start_ns_);
  Content content;
  content.put(time_ns).put(time_ns).text(name).text(media_type);
  content.put(static_cast<std::uint64_t>(data.size())).raw(data);
  const std::uint32_t crc = crc_of(content.bytes());
  const std::string bytes = record(Op::kAttachment, content.put(crc));
  Content line;
  line.put(at).put(static_cast<std::uint64_t>(bytes.size())).put(time_ns).put(time_ns);
  line.put(static_cast<std::uint64_t>(data.size())).text(name).text(media_type);
  attachment_index_ += record(Op::kAttachmentIndex, line);
  ++attachment_count_;
  return put(bytes);
}

std::string Writer::statistics() const {
  std::uint64_t all = 0;
  for (const auto& [channel, n] : messages_) all += n;
  Content content;
  content.put(all).put(static_cast<std::uint16_t>(schema_count_));
  content.put(static_cast<std::uint32_t>(channel_count_));
  content.put(static_cast<std::uint32_t>(attachment_count_)).put(std::uint32_t{0});
  content.put(static_cast<std::uint32_t>(chunk_count_));
  content.put(start_ns_).put(end_ns_).counts(messages_);
  return record(Op::kStatistics, content);
}

core::Result<void> Writer::close() {
  const std::uint32_t data_crc = crc_;
  if (auto done = put(record(Op::kDataEnd, Content().put(data_crc))); !done) return done;
  const std::uint64_t summary_at = file_->size();
  std::string summary, offsets;
  const std::pair<Op, std::string> groups[] = {{Op::kSchema, schemas_},
                                               {Op::kChannel, channels_},
                                               {Op::kStatistics, statistics()},
                                               {Op::kChunkIndex, chunk_index_},
                                               {Op::kAttachmentIndex, attachment_index_}};
  for (const auto& [op, records] : groups) {
    if (records.empty()) continue;
    Content line;
    line.put(op).put(summary_at + summary.size());
    offsets += record(Op::kSummaryOffset, line.put(static_cast<std::uint64_t>(records.size())));
    summary += records;
  }
  // The footer's checksum covers the footer up to itself.
  Content footer;
  footer.put(Op::kFooter).put(std::uint64_t{20});
  footer.put(summary_at).put(summary_at + summary.size());
  summary += offsets + footer.bytes();
  footer = Content().put(crc_of(summary));
  auto done = file_->append(summary + footer.bytes() + std::string(kMagic));
  return done ? file_->close() : done;
}

}  // namespace oddroad::exchange::mcap
