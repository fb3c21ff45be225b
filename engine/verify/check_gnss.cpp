#include "engine/verify/check_gnss.h"

#include <array>
#include <bit>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/verify/series.h"
#include "engine/verify/smooth_motion.h"
#include "engine/verify/text.h"
#include "engine/verify/tracer.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

constexpr double kPlace = 1e-5, kSpeed = 1e-3;
constexpr double kBesideM = 0.02;  // so far beside a ray an edge makes either answer right

// Q of (x, y, z, clock) by elimination with pivots; nothing where the geometry is singular.
std::optional<std::array<double, 3>> cofactors(const std::vector<Vec3d>& directions,
                                               const std::vector<double>& weights) {
  double a[4][8] = {};
  for (std::size_t k = 0; k < directions.size(); ++k) {
    const double row[4] = {-directions[k].x, -directions[k].y, -directions[k].z, 1};
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < 4; ++j) a[i][j] += weights[k] * row[i] * row[j];
    }
  }
  for (int i = 0; i < 4; ++i) a[i][4 + i] = 1;
  for (int column = 0; column < 4; ++column) {
    int best = column;
    for (int r = column; r < 4; ++r) {
      if (std::abs(a[r][column]) > std::abs(a[best][column])) best = r;
    }
    if (!(std::abs(a[best][column]) > 1e-9)) return std::nullopt;
    std::swap(a[best], a[column]);
    for (int r = 0; r < 4; ++r) {
      const double share =
          r == column ? 1 - 1 / a[column][column] : a[r][column] / a[column][column];
      for (int j = 0; j < 8; ++j) a[r][j] -= share * a[column][j];
    }
  }
  return std::array<double, 3>{a[0][4], a[1][5], a[2][6]};
}

class GnssChecker {
 public:
  GnssChecker(const ClipContext& context, const capture::GnssCalibration& c, MeshTrees& trees,
              Report& report)
      : context_(context), c_(c), trees_(trees), report_(report), motion_(context.ego()) {
    if (const auto* found = context.ontology.find(std::string("vegetation"))) foliage_ = found->id;
  }

  void run() {
    const auto satellites = read_npy(context_.folder / (c_.name + ".satellites.npy"));
    const bool fits = satellites && satellites->shape.size() == 2 && satellites->shape[1] == 3;
    report_["files"].compare(fits ? 0 : 1, 0, [&] {
      return Disagreement{c_.name + ".satellites.npy", "", "unreadable or of another shape",
                          "n x 3"};
    });
    if (!fits) return;
    for (std::size_t k = 0; k < satellites->shape[0]; ++k) {
      const double* v = &satellites->values[3 * k];
      satellites_.push_back({v[0], v[1], v[2]});
    }
    const Series s(context_, c_.name + ".gnss.npy", c_.period_ns,
                   joined({{"arrival", "quality", "satellites", "in_sight", "reflected", "hdop",
                            "vdop", "sigma_h", "sigma_v"},
                           xyz("position"),
                           xyz("velocity"),
                           {"latitude", "longitude", "height"},
                           xyz("true_position"),
                           xyz("true_velocity")}),
                   report_);
    for (std::size_t i = 0; i < s.size(); ++i) sample(s, i);
  }

 private:
  void book(const char* check, const Series& s, std::size_t i, const std::string& what, double off,
            double tolerance, const std::string& found, const std::string& expected) {
    report_[check].compare(off, tolerance, [&] {
      return Disagreement{s.file(), what + " of fix " + std::to_string(i), found, expected};
    });
  }

  void sample(const Series& s, std::size_t i) {
    const double t = s.time_s(i);
    const math::Pose antenna = motion_.pose(t, c_.T_ego_antenna);
    const auto vector = [&](const char* field, const Vec3d& expected, double tolerance) {
      const Vec3d found = s.vector(field, i);
      book("gnss", s, i, field, glm::length(found - expected), tolerance, to_text(found),
           to_text(expected));
    };
    vector("true_position", antenna.translation, kPlace);
    vector("true_velocity", motion_.velocity(t, c_.T_ego_antenna), kSpeed);
    const double late = s.number("arrival", i) - static_cast<double>(s.stamp_ns(i));
    book("gnss", s, i, "arrival", std::abs(late - double(c_.latency_ns)), 0, to_text(late),
         to_text(double(c_.latency_ns)));
    const auto in_sight = static_cast<std::uint64_t>(s.number("in_sight", i));
    const auto reflected = static_cast<std::uint64_t>(s.number("reflected", i));
    sky(s, i, antenna.translation, in_sight, reflected);
    const int quality = static_cast<int>(s.number("quality", i));
    const bool none = std::isnan(s.number("position_x", i));
    book("gnss", s, i, "quality", (quality == 0) == none ? 0 : 1, 0, std::to_string(quality),
         none ? "0, there is no position" : "a fix");
    if (none || quality == 0) return;
    dilution(s, i, quality, in_sight, reflected);
    const auto& e = context_.rebuilt.timeline.environment;
    vector("position",
           local_of(s.number("latitude", i), s.number("longitude", i), s.number("height", i),
                    e.latitude_rad, e.longitude_rad),
           kPlace);
    // Reflections may pull a solution further off than the receiver believes.
    if (std::popcount(reflected) > 0 && quality < 4) return;
    const double sigma = std::hypot(s.number("sigma_h", i), s.number("sigma_v", i));
    vector("position", antenna.translation,
           kPlace + (c_.noise ? capture::kNoiseSigmas * sigma : 0));
  }

  void dilution(const Series& s, std::size_t i, int quality, std::uint64_t in_sight,
                std::uint64_t reflected) {
    std::vector<Vec3d> used;
    std::vector<double> weights;
    for (std::size_t k = 0; k < satellites_.size(); ++k) {
      const bool direct = in_sight >> k & 1;
      if (!direct && (quality >= 4 || !(reflected >> k & 1))) continue;
      used.push_back(satellites_[k]);
      weights.push_back(direct ? 1 : 0.1);
    }
    book("gnss", s, i, "satellites",
         std::abs(s.number("satellites", i) - static_cast<double>(used.size())), 0,
         to_text(s.number("satellites", i)), std::to_string(used.size()));
    const auto q = cofactors(used, weights);
    const double hdop = q ? std::sqrt((*q)[0] + (*q)[1]) : 1e9, vdop = q ? std::sqrt((*q)[2]) : 1e9;
    book("gnss", s, i, "hdop", std::abs(s.number("hdop", i) - hdop), 1e-6 * hdop,
         to_text(s.number("hdop", i)), to_text(hdop));
    book("gnss", s, i, "vdop", std::abs(s.number("vdop", i) - vdop), 1e-6 * vdop,
         to_text(s.number("vdop", i)), to_text(vdop));
  }

  [[nodiscard]] bool blocked(const Tracer& tracer, const Ray& ray) const {
    for (const Hit& hit : tracer.all(ray, 1e4)) {
      if (tracer.window().drawables[hit.drawable].class_id != foliage_) return true;
    }
    return false;
  }

  void sky(const Series& s, std::size_t i, const Vec3d& antenna, std::uint64_t in_sight,
           std::uint64_t reflected) {
    std::optional<world::SceneWindow> window;
    std::optional<Tracer> tracer;
    if (c_.sky) {
      const world::SceneBuilder builder(context_.rebuilt.timeline, context_.rebuilt.stage);
      window = builder.window(s.stamp_ns(i), s.stamp_ns(i), s.stamp_ns(i));
      trees_.prepare(*window);
      tracer.emplace(*window, trees_);
    }
    Check& check = report_["gnss_sky"];
    for (std::size_t k = 0; k < satellites_.size(); ++k) {
      const bool seen = in_sight >> k & 1, by_wall = reflected >> k & 1;
      const Ray ray{antenna, satellites_[k], s.stamp_ns(i)};
      const bool free = !tracer || !blocked(*tracer, ray);
      if (seen == free && !(seen && by_wall)) {
        check.agree();
        continue;
      }
      if (tracer && !(seen && by_wall) && beside(*tracer, ray, seen)) {
        check.agree_on_edge();
        continue;
      }
      check.disagree(1, [&] {
        return Disagreement{s.file(),
                            "satellite " + std::to_string(k) + " of fix " + std::to_string(i),
                            seen ? "in sight" : "hidden", free ? "in sight" : "hidden"};
      });
    }
  }

  // Does a ray close by give the recorded answer?
  [[nodiscard]] bool beside(const Tracer& tracer, const Ray& ray, bool seen) const {
    const Vec3d side = glm::normalize(glm::cross(ray.direction, Vec3d(0.3, 0.2, 1)));
    const Vec3d up = glm::cross(ray.direction, side);
    for (int k = 0; k < 16; ++k) {
      Ray other = ray;
      const double a = k * glm::pi<double>() / 4, r = kBesideM * (k < 8 ? 1 : 0.1);
      other.origin += r * (std::cos(a) * side + std::sin(a) * up);
      if (blocked(tracer, other) != seen) return true;
    }
    return false;
  }

  const ClipContext& context_;
  const capture::GnssCalibration& c_;
  MeshTrees& trees_;
  Report& report_;
  SmoothMotion motion_;
  core::ClassId foliage_;
  std::vector<Vec3d> satellites_;
};

}  // namespace

void check_gnss(const ClipContext& context, MeshTrees& trees, Report& report) {
  if (!context.clip.has("gnss") || context.ego().states.size() < 3) return;
  for (const auto& c : context.calibration.motion.gnss) {
    GnssChecker(context, c, trees, report).run();
  }
}

}  // namespace oddroad::verify
