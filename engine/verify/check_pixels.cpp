#include "engine/verify/check_pixels.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

enum Kind { kIds, kClasses, kPanoptic, kDepth, kRange, kNormals, kKinds };
constexpr const char* kNames[kKinds] = {"ids", "classes", "panoptic", "depth", "range", "normals"};
constexpr const char* kSuffixes[kKinds] = {".ids.png",   ".classes.png", ".panoptic.png",
                                           ".depth.exr", ".range.exr",   ".normals.exr"};

constexpr std::int64_t kUnexplainedInRow = 8;

// How far off each kind is at one pixel, in units of its tolerance: up to 1 agrees.
struct Verdict {
  double off[kKinds] = {};
  int wrong = 0;
};

// 0 inside [low, high], else the distance to it over the tolerance; both infinite is 0.
double outside(double value, double low, double high) {
  if (value >= low && value <= high) return 0;
  const double distance = value < low ? low - value : value - high;
  const double tolerance = capture::kFloatShare * std::max(std::abs(low), std::abs(high));
  return std::isnan(distance) ? std::numeric_limits<double>::infinity() : distance / tolerance;
}

class PixelChecker {
 public:
  PixelChecker(const CameraScene& scene, const capture::Ontology& ontology,
               const FrameImages& images)
      : scene_(scene), images_(images) {
    for (const capture::OntologyClass& one : ontology.classes) {
      if (one.thing) things_.insert(one.id.value);
    }
    recorded_[kIds] = !images.ids.empty();
    recorded_[kClasses] = !images.classes.empty();
    recorded_[kPanoptic] = !images.panoptic_class.empty();
    recorded_[kDepth] = !images.depth_m.empty();
    recorded_[kRange] = !images.range_m.empty();
    recorded_[kNormals] = !images.normals.empty();
  }

  [[nodiscard]] bool recorded(int kind) const { return recorded_[kind]; }

  PixelTruth check(int x, int y, std::vector<Check>& checks) const {
    PixelTruth centre = scene_.at_centre(x, y);
    const Verdict there = judge(centre, x, y);
    if (there.wrong == 0) {
      for (int k = 0; k < kKinds; ++k) {
        if (recorded_[k]) checks[k].agree();
      }
      return centre;
    }
    // A row that is wrong is wrong: edges are looked for where few pixels disagree.
    std::int64_t unexplained = 0;
    for (const Check& c : checks) unexplained = std::max(unexplained, c.disagreements());
    const Best best = unexplained < kUnexplainedInRow ? best_near(x, y) : Best{centre, there};
    book(best, there, x, y, checks);
    return centre;
  }

 private:
  [[nodiscard]] Verdict judge(const PixelTruth& t, int x, int y) const {
    Verdict v;
    constexpr double kWrong = std::numeric_limits<double>::infinity();
    if (recorded_[kIds] && images_.ids.at(x, y) != t.id) v.off[kIds] = kWrong;
    if (recorded_[kClasses] && images_.classes.at(x, y) != t.class_id) v.off[kClasses] = kWrong;
    if (recorded_[kPanoptic]) {
      const std::uint16_t id = things_.count(t.class_id) > 0 ? t.id : 0;
      const bool same =
          images_.panoptic_class.at(x, y) == t.class_id && images_.panoptic_id.at(x, y) == id;
      if (!same) v.off[kPanoptic] = kWrong;
    }
    if (recorded_[kDepth]) {
      const double z = t.nothing ? 1 : t.camera_ray.z;
      const double a = t.range_low_m * z, b = t.range_high_m * z;
      v.off[kDepth] = outside(images_.depth_m.at(x, y), std::min(a, b), std::max(a, b));
    }
    if (recorded_[kRange]) {
      v.off[kRange] = outside(images_.range_m.at(x, y), t.range_low_m, t.range_high_m);
    }
    if (recorded_[kNormals]) {
      const math::Vec3d n(images_.normals.x.at(x, y), images_.normals.y.at(x, y),
                          images_.normals.z.at(x, y));
      v.off[kNormals] = glm::length(n - t.normal) / capture::kUnitVector;
    }
    for (const double off : v.off) v.wrong += !(off <= 1);
    return v;
  }

  struct Best {
    PixelTruth truth;
    Verdict verdict;
  };
  [[nodiscard]] Best best_near(int x, int y) const {
    std::optional<Best> best;
    for (const PixelTruth& t : scene_.near_centre(x, y)) {
      const Verdict v = judge(t, x, y);
      if (!best || v.wrong < best->verdict.wrong) best = Best{t, v};
    }
    return *best;
  }

  void book(const Best& best, const Verdict& centre_verdict, int x, int y,
            std::vector<Check>& checks) const {
    for (int k = 0; k < kKinds; ++k) {
      if (!recorded_[k]) continue;
      if (!(best.verdict.off[k] <= 1)) {
        checks[k].disagree(size(best, k, x, y), [&] {
          return Disagreement{images_.prefix + kSuffixes[k],
                              "pixel " + std::to_string(x) + ", " + std::to_string(y),
                              found(k, x, y), expected(k, best.truth)};
        });
      } else if (!(centre_verdict.off[k] <= 1)) {
        checks[k].agree_on_edge();
      } else {
        checks[k].agree();
      }
    }
  }

  // Ranks disagreements of one kind: metres for distances.
  [[nodiscard]] double size(const Best& best, int kind, int x, int y) const {
    if (kind != kDepth && kind != kRange) return std::min(best.verdict.off[kind], 1e9);
    const double scale = kind == kDepth ? best.truth.camera_ray.z : 1;
    const double value = kind == kDepth ? images_.depth_m.at(x, y) : images_.range_m.at(x, y);
    const double off = std::abs(value - best.truth.range_low_m * scale);
    return std::isfinite(off) ? off : 1e9;
  }

  [[nodiscard]] std::string found(int kind, int x, int y) const {
    switch (kind) {
      case kIds:
        return scene_.name_of(images_.ids.at(x, y));
      case kClasses:
        return "class " + std::to_string(images_.classes.at(x, y));
      case kPanoptic:
        return "class " + std::to_string(images_.panoptic_class.at(x, y)) + " id " +
               std::to_string(images_.panoptic_id.at(x, y));
      case kDepth:
        return to_text(images_.depth_m.at(x, y)) + " m";
      case kRange:
        return to_text(images_.range_m.at(x, y)) + " m";
      default:
        return to_text(math::Vec3d(images_.normals.x.at(x, y), images_.normals.y.at(x, y),
                                   images_.normals.z.at(x, y)));
    }
  }

  [[nodiscard]] std::string expected(int kind, const PixelTruth& t) const {
    switch (kind) {
      case kIds:
        return scene_.name_of(t.id);
      case kClasses:
        return "class " + std::to_string(t.class_id) + " of " + scene_.name_of(t.id);
      case kPanoptic:
        return "class " + std::to_string(t.class_id) + " of " + scene_.name_of(t.id);
      case kDepth:
        return to_text(t.range_low_m * (t.nothing ? 1 : t.camera_ray.z)) + " m (" +
               scene_.name_of(t.id) + ")";
      case kRange:
        return to_text(t.range_low_m) + " m (" + scene_.name_of(t.id) + ")";
      default:
        return to_text(t.normal) + " (" + scene_.name_of(t.id) + ")";
    }
  }

  const CameraScene& scene_;
  const FrameImages& images_;
  std::set<std::uint8_t> things_;
  bool recorded_[kKinds] = {};
};

// An id has few classes, whatever the pixel: those of its drawables.
void check_class_of_id(const CameraScene& scene, const FrameImages& images, Check& check) {
  std::set<std::pair<int, int>> fine{{0, 0}};
  for (const world::Drawable& d : scene.window().drawables) {
    fine.emplace(d.instance.value, d.class_id.value);
  }
  for (int y = 0; y < images.ids.height_px; ++y) {
    for (int x = 0; x < images.ids.width_px; ++x) {
      const int id = images.ids.at(x, y), class_id = images.classes.at(x, y);
      if (fine.count({id, class_id}) > 0) {
        check.agree();
        continue;
      }
      check.disagree(1, [&] {
        return Disagreement{images.prefix + ".classes.png",
                            "pixel " + std::to_string(x) + ", " + std::to_string(y),
                            "class " + std::to_string(class_id),
                            "a class of " + scene.name_of(images.ids.at(x, y))};
      });
    }
  }
}

}  // namespace

SeenImage check_pixels(const CameraScene& scene, const capture::Ontology& ontology,
                       const FrameImages& images, Report& report) {
  const PixelChecker checker(scene, ontology, images);
  const int width = scene.view().camera().width_px;
  const int height = scene.view().camera().height_px;
  SeenImage seen(static_cast<std::size_t>(width) * height);
  std::vector<std::vector<Check>> rows(height);
  core::parallel_for(height, [&](int y) {
    for (const char* name : kNames) rows[y].emplace_back(name);
    for (int x = 0; x < width; ++x) {
      const PixelTruth t = checker.check(x, y, rows[y]);
      seen[static_cast<std::size_t>(y) * width + x] = {t.id, t.nothing ? 0 : t.hit.drawable + 1,
                                                       t.hit.triangle, t.range_low_m};
    }
  });
  for (int k = 0; k < kKinds; ++k) {
    if (!checker.recorded(k)) continue;
    for (const auto& row : rows) report[kNames[k]].merge(row[k]);
  }
  if (!images.ids.empty() && !images.classes.empty()) {
    check_class_of_id(scene, images, report["class_of_id"]);
  }
  return seen;
}

}  // namespace oddroad::verify
