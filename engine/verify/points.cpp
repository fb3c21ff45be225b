#include "engine/verify/points.h"

#include "engine/verify/files.h"

namespace oddroad::verify {
namespace {

// Moves columns out of a PCD; remembers the first that is not there.
class Columns {
 public:
  explicit Columns(Pcd& pcd) : pcd_(pcd) {}

  std::vector<double> numbers(const std::string& name) {
    const auto it = pcd_.columns.find(name);
    if (it != pcd_.columns.end()) return std::move(it->second);
    if (missing_.empty()) missing_ = name;
    return std::vector<double>(pcd_.points);
  }
  template <typename Integer>
  std::vector<Integer> integers(const std::string& name) {
    std::vector<Integer> out;
    for (const double v : numbers(name)) out.push_back(static_cast<Integer>(v));
    return out;
  }
  std::vector<math::Vec3d> vectors(const std::string& x, const std::string& y,
                                   const std::string& z) {
    const auto a = numbers(x), b = numbers(y), c = numbers(z);
    std::vector<math::Vec3d> out(pcd_.points);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = {a[i], b[i], c[i]};
    return out;
  }
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  Pcd& pcd_;
  std::string missing_;
};

}  // namespace

core::Result<Points> read_points(const std::filesystem::path& path, bool with_compensated,
                                 bool with_geometry) {
  auto pcd = read_pcd(path);
  if (!pcd) return core::forward_error(pcd);
  Columns columns(*pcd);
  Points out;
  out.position_m = columns.vectors("x", "y", "z");
  out.range_m = columns.numbers("range");
  out.intensity = columns.numbers("intensity");
  out.ring = columns.integers<int>("ring");
  out.column = columns.integers<int>("column");
  out.echo = columns.integers<int>("echo");
  out.time_ns = columns.integers<std::int64_t>("time");
  out.instance = columns.integers<std::uint16_t>("instance");
  out.class_id = columns.integers<int>("class");
  out.cause = columns.integers<int>("cause");
  const bool any = pcd->points > 0;  // a sweep without points has the plain fields
  if (with_compensated && any) {
    out.compensated_m = columns.vectors("compensated_x", "compensated_y", "compensated_z");
  }
  if (with_geometry && any) {
    PointGeometry g;
    g.true_range_m = columns.numbers("true_range");
    g.normal = columns.vectors("normal_x", "normal_y", "normal_z");
    g.incidence_rad = columns.numbers("incidence");
    g.velocity_mps = columns.vectors("velocity_x", "velocity_y", "velocity_z");
    g.material = columns.integers<int>("material");
    out.geometry = std::move(g);
  }
  if (!columns.missing().empty()) {
    return core::fail_at({path.string()}, "PCD: there is no field '" + columns.missing() + "'");
  }
  return out;
}

}  // namespace oddroad::verify
