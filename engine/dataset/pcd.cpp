#include "engine/dataset/pcd.h"

#include <bit>
#include <charconv>
#include <cstring>

#include "engine/core/check.h"

namespace oddroad::dataset {
namespace {

static_assert(std::endian::native == std::endian::little, "records are written as they lie");
// The columns of all points, and those of kinds that a cloud may have besides.
struct Layout {
  bool compensated = false, geometry = false;

  [[nodiscard]] std::size_t record_bytes() const {
    return 5 * 4 + 2 + 2 + 1 + 4 + 2 + 1 + 1 + (compensated ? 3 * 4 : 0) +
           (geometry ? 8 * 4 + 2 : 0);
  }
  [[nodiscard]] std::string fields() const {
    std::string names = "x y z range intensity ring column echo time instance class cause";
    std::string sizes = "4 4 4 4 4 2 2 1 4 2 1 1";
    std::string types = "F F F F F U U U I U U U";
    std::string counts = "1 1 1 1 1 1 1 1 1 1 1 1";
    if (compensated) {
      names += " compensated_x compensated_y compensated_z";
      sizes += " 4 4 4";
      types += " F F F";
      counts += " 1 1 1";
    }
    if (geometry) {
      names +=
          " true_range normal_x normal_y normal_z incidence velocity_x velocity_y velocity_z "
          "material";
      sizes += " 4 4 4 4 4 4 4 4 2";
      types += " F F F F F F F F U";
      counts += " 1 1 1 1 1 1 1 1 1";
    }
    return "FIELDS " + names + "\nSIZE " + sizes + "\nTYPE " + types + "\nCOUNT " + counts + "\n";
  }
};

std::string header_for(std::size_t points, const Layout& layout) {
  const std::string count = std::to_string(points);
  return "# .PCD v0.7 - Point Cloud Data file format\n"
         "VERSION 0.7\n" +
         layout.fields() + "WIDTH " + count +
         "\n"
         "HEIGHT 1\n"
         "VIEWPOINT 0 0 0 1 0 0 0\n"
         "POINTS " +
         count +
         "\n"
         "DATA binary\n";
}

// As the names of the fields have it; another header than that layout's is refused by its caller.
Layout layout_of(const std::string& bytes) {
  const std::string head = bytes.substr(0, 1024);
  const std::string names = head.substr(0, head.find("SIZE"));
  const auto has = [&](const char* name) {
    return names.find(name) != std::string::npos;
  };
  return {has(" compensated_x"), has(" true_range")};
}

template <typename T>
void put(char*& out, T value) {
  std::memcpy(out, &value, sizeof value);
  out += sizeof value;
}

template <typename T>
T take(const char*& in) {
  T value;
  std::memcpy(&value, in, sizeof value);
  in += sizeof value;
  return value;
}

// The number after "WIDTH "; the rest of the header is then compared whole.
core::Result<std::size_t> point_count(const std::string& bytes, const std::string& file) {
  const std::size_t at = bytes.substr(0, 1024).find("\nWIDTH ");
  std::size_t count = 0;
  if (at == std::string::npos) return core::fail_at({file}, "not a PCD file: no WIDTH");
  const char* first = bytes.data() + at + 7;
  const auto parsed = std::from_chars(first, bytes.data() + bytes.size(), count);
  if (parsed.ec != std::errc()) return core::fail_at({file}, "PCD: WIDTH is not a number");
  return count;
}

void check_geometry(const capture::PointCloud& cloud) {
  for (const std::size_t length :
       {cloud.true_range_m.size(), cloud.normal.size(), cloud.incidence_rad.size(),
        cloud.velocity_mps.size(), cloud.material.size()}) {
    ODDROAD_CHECK_OP(length, ==, cloud.size());
  }
}

void put_geometry(char*& out, const capture::PointCloud& cloud, std::size_t i) {
  put(out, cloud.true_range_m[i]);
  put(out, cloud.normal[i]);
  put(out, cloud.incidence_rad[i]);
  put(out, cloud.velocity_mps[i]);
  put(out, cloud.material[i]);
}

void take_geometry(const char* in, capture::PointCloud& cloud, std::size_t i) {
  cloud.true_range_m[i] = take<float>(in);
  cloud.normal[i] = take<math::Vec3f>(in);
  cloud.incidence_rad[i] = take<float>(in);
  cloud.velocity_mps[i] = take<math::Vec3f>(in);
  cloud.material[i] = take<std::uint16_t>(in);
}

// Columns of `n` points to be filled by index: checks of their room in turn cost more than reading.
void resize(capture::PointCloud& cloud, std::size_t n, const Layout& layout) {
  for (auto* floats : {&cloud.x_m, &cloud.y_m, &cloud.z_m, &cloud.range_m, &cloud.intensity}) {
    floats->resize(n);
  }
  cloud.ring.resize(n);
  cloud.column.resize(n);
  cloud.echo.resize(n);
  cloud.time_offset_ns.resize(n);
  cloud.instance.resize(n);
  cloud.class_id.resize(n);
  cloud.cause.resize(n);
  if (layout.compensated) cloud.compensated_m.resize(n);
  if (!layout.geometry) return;
  cloud.true_range_m.resize(n);
  cloud.normal.resize(n);
  cloud.incidence_rad.resize(n);
  cloud.velocity_mps.resize(n);
  cloud.material.resize(n);
}

}  // namespace

std::string encode_pcd(const capture::PointCloud& cloud) {
  const std::size_t n = cloud.size();
  for (const std::size_t length :
       {cloud.y_m.size(), cloud.z_m.size(), cloud.range_m.size(), cloud.intensity.size(),
        cloud.ring.size(), cloud.column.size(), cloud.echo.size(), cloud.time_offset_ns.size(),
        cloud.instance.size(), cloud.class_id.size(), cloud.cause.size()}) {
    ODDROAD_CHECK_OP(length, ==, n);
  }
  const Layout layout{!cloud.compensated_m.empty(), !cloud.normal.empty()};
  if (layout.compensated) ODDROAD_CHECK_OP(cloud.compensated_m.size(), ==, n);
  if (layout.geometry) check_geometry(cloud);
  std::string bytes = header_for(n, layout);
  const std::size_t start = bytes.size();
  bytes.resize(start + n * layout.record_bytes());
  char* out = bytes.data() + start;
  for (std::size_t i = 0; i < n; ++i) {
    put(out, cloud.x_m[i]);
    put(out, cloud.y_m[i]);
    put(out, cloud.z_m[i]);
    put(out, cloud.range_m[i]);
    put(out, cloud.intensity[i]);
    put(out, cloud.ring[i]);
    put(out, cloud.column[i]);
    put(out, cloud.echo[i]);
    put(out, cloud.time_offset_ns[i]);
    put(out, cloud.instance[i]);
    put(out, cloud.class_id[i]);
    put(out, cloud.cause[i]);
    if (layout.compensated) put(out, cloud.compensated_m[i]);
    if (layout.geometry) put_geometry(out, cloud, i);
  }
  return bytes;
}

core::Result<capture::PointCloud> decode_pcd(const std::string& bytes, const std::string& file) {
  const auto count = point_count(bytes, file);
  if (!count) return core::forward_error(count);
  const Layout layout = layout_of(bytes);
  const std::string header = header_for(*count, layout);
  if (bytes.compare(0, header.size(), header) != 0) {
    return core::fail_at({file}, "PCD: header is not that of this dataset format");
  }
  const std::size_t body = bytes.size() - header.size();
  const std::size_t each = layout.record_bytes();
  if (body % each != 0 || body / each != *count) {
    return core::fail_at({file}, "PCD: header says " + std::to_string(*count) + " points, found " +
                                     std::to_string(body) + " bytes of " + std::to_string(each) +
                                     " a point");
  }
  capture::PointCloud cloud;
  resize(cloud, *count, layout);
  for (std::size_t i = 0; i < *count; ++i) {
    const char* in = bytes.data() + header.size() + i * each;
    cloud.x_m[i] = take<float>(in);
    cloud.y_m[i] = take<float>(in);
    cloud.z_m[i] = take<float>(in);
    cloud.range_m[i] = take<float>(in);
    cloud.intensity[i] = take<float>(in);
    cloud.ring[i] = take<std::uint16_t>(in);
    cloud.column[i] = take<std::uint16_t>(in);
    cloud.echo[i] = take<std::uint8_t>(in);
    cloud.time_offset_ns[i] = take<std::int32_t>(in);
    cloud.instance[i] = take<std::uint16_t>(in);
    cloud.class_id[i] = take<std::uint8_t>(in);
    cloud.cause[i] = take<std::uint8_t>(in);
    if (layout.compensated) cloud.compensated_m[i] = take<math::Vec3f>(in);
    if (layout.geometry) take_geometry(in, cloud, i);
  }
  return cloud;
}

}  // namespace oddroad::dataset
