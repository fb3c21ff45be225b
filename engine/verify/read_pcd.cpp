#include <cstring>
#include <sstream>

#include "engine/verify/files.h"

namespace oddroad::verify {
namespace {

struct Field {
  std::string name;
  int bytes = 0;
  char type = 'F';
};

struct Header {
  std::vector<Field> fields;
  std::size_t points = 0;
  std::size_t body = 0;  // where the records begin
};

template <typename T>
double as(const char* in) {
  T value;
  std::memcpy(&value, in, sizeof value);
  return static_cast<double>(value);
}

using Take = double (*)(const char*);

Take taker(const Field& f) {
  if (f.type == 'F') return f.bytes == 4 ? as<float> : f.bytes == 8 ? as<double> : nullptr;
  if (f.type == 'U') {
    return f.bytes == 1   ? as<std::uint8_t>
           : f.bytes == 2 ? as<std::uint16_t>
           : f.bytes == 4 ? as<std::uint32_t>
                          : nullptr;
  }
  if (f.type != 'I') return nullptr;
  return f.bytes == 1   ? as<std::int8_t>
         : f.bytes == 2 ? as<std::int16_t>
         : f.bytes == 4 ? as<std::int32_t>
                        : nullptr;
}

bool read_line(const std::string& line, Header& header) {
  std::istringstream in(line);
  std::string key, word;
  in >> key;
  if (key == "FIELDS") {
    while (in >> word) header.fields.push_back({word});
  } else if (key == "SIZE") {
    for (Field& f : header.fields) in >> f.bytes;
  } else if (key == "TYPE") {
    for (Field& f : header.fields) in >> f.type;
  } else if (key == "COUNT") {
    for (int count = 0; in >> count;) {
      if (count != 1) return false;
    }
  } else if (key == "POINTS") {
    in >> header.points;
    return !in.fail();
  } else if (key == "DATA") {
    in >> word;
    return word == "binary";
  }
  return true;
}

core::Result<Header> read_header(const std::string& bytes, const std::string& file) {
  Header header;
  std::size_t at = 0;
  for (int lines = 0; lines < 32; ++lines) {
    const std::size_t end = bytes.find('\n', at);
    if (end == std::string::npos) break;
    const std::string line = bytes.substr(at, end - at);
    at = end + 1;
    if (!read_line(line, header)) return core::fail_at({file}, "PCD: cannot read '" + line + "'");
    if (line.rfind("DATA", 0) != 0) continue;
    header.body = at;
    return header;
  }
  return core::fail_at({file}, "is not a PCD: no DATA line");
}

}  // namespace

core::Result<Pcd> read_pcd(const std::filesystem::path& path) {
  const auto bytes = read_bytes(path);
  if (!bytes) return core::forward_error(bytes);
  const auto header = read_header(*bytes, path.string());
  if (!header) return core::forward_error(header);
  std::size_t record = 0;
  for (const Field& f : header->fields) {
    if (taker(f) == nullptr) {
      return core::fail_at({path.string()}, "PCD: field '" + f.name + "' has an unknown type");
    }
    record += static_cast<std::size_t>(f.bytes);
  }
  const std::size_t body = bytes->size() - header->body;
  if (record == 0 || body % record != 0 || body / record != header->points) {
    return core::fail_at({path.string()}, "PCD: length does not fit the number of points");
  }
  Pcd out;
  out.points = header->points;
  std::size_t offset = header->body;
  for (const Field& f : header->fields) {
    auto& column = out.columns[f.name];
    column.resize(out.points);
    const Take take = taker(f);
    for (std::size_t i = 0; i < out.points; ++i) column[i] = take(&(*bytes)[offset + i * record]);
    offset += static_cast<std::size_t>(f.bytes);
  }
  return out;
}

}  // namespace oddroad::verify
