#include "engine/dataset/rays_npy.h"

#include <charconv>
#include <cstring>

#include "engine/core/check.h"
#include "engine/dataset/npy.h"

namespace oddroad::dataset {
namespace {

constexpr std::size_t kRecordBytes = 2 + 2 + 4 + 1 + 1 + 4;

std::string header_for(std::size_t shots) {
  return npy_header(
      "{'descr': [('ring', '<u2'), ('column', '<u2'), ('time', '<i4'), ('end', '|u1'), "
      "('returns', '|u1'), ('range', '<f4')], 'fortran_order': False, 'shape': (" +
      std::to_string(shots) + ",), }");
}

template <typename T>
void put(char*& out, T value) {
  std::memcpy(out, &value, sizeof value);
  out += sizeof value;
}

template <typename T>
void take(const char*& in, std::vector<T>& to) {
  T value;
  std::memcpy(&value, in, sizeof value);
  in += sizeof value;
  to.push_back(value);
}

}  // namespace

std::string encode_rays(const capture::LidarRays& rays) {
  for (const std::size_t length : {rays.column.size(), rays.time_offset_ns.size(), rays.end.size(),
                                   rays.returns.size(), rays.range_m.size()}) {
    ODDROAD_CHECK_OP(length, ==, rays.size());
  }
  std::string bytes = header_for(rays.size());
  const std::size_t start = bytes.size();
  bytes.resize(start + rays.size() * kRecordBytes);
  char* out = bytes.data() + start;
  for (std::size_t i = 0; i < rays.size(); ++i) {
    put(out, rays.ring[i]);
    put(out, rays.column[i]);
    put(out, rays.time_offset_ns[i]);
    put(out, rays.end[i]);
    put(out, rays.returns[i]);
    put(out, rays.range_m[i]);
  }
  return bytes;
}

core::Result<capture::LidarRays> decode_rays(const std::string& bytes, const std::string& file) {
  const std::size_t at = bytes.substr(0, 512).find("'shape': (");
  std::size_t count = 0;
  const char* end = bytes.data() + bytes.size();
  if (at == std::string::npos ||
      std::from_chars(bytes.data() + at + 10, end, count).ec != std::errc()) {
    return core::fail_at({file}, "NPY: no shape");
  }
  // The number of shots is compared by division: a wild one must not overflow.
  const std::string header = header_for(count);
  if (bytes.compare(0, header.size(), header) != 0) {
    return core::fail_at({file}, "NPY: header is not that of this dataset format");
  }
  const std::size_t body = bytes.size() - header.size();
  if (body % kRecordBytes != 0 || body / kRecordBytes != count) {
    return core::fail_at({file}, "NPY: header says " + std::to_string(count) + " shots, found " +
                                     std::to_string(body) + " bytes of " +
                                     std::to_string(kRecordBytes) + " a shot");
  }
  capture::LidarRays rays;
  const char* in = bytes.data() + header.size();
  for (std::size_t i = 0; i < count; ++i) {
    take(in, rays.ring);
    take(in, rays.column);
    take(in, rays.time_offset_ns);
    take(in, rays.end);
    take(in, rays.returns);
    take(in, rays.range_m);
  }
  return rays;
}

}  // namespace oddroad::dataset
