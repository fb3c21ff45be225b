#include "engine/road/placed_objects.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "engine/road/object_frame.h"
#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

using math::Vec3d;

constexpr double kContinuous_m = 0.01;
constexpr int kMostCopies = 20000;
constexpr std::size_t kMostPoints = 2000000;
// A body along the road needs no finer cross sections than this.
constexpr StationOptions kPathStations = {.max_step_m = 10, .min_step_m = 0.2};

CopySpec own_spec(const RoadObject& o) {
  return {o.s_m, o.t_m, o.z_offset_m, o.length_m, o.width_m, o.height_m, o.radius_m};
}

CopySpec spec_at(const RoadObject& object, const ObjectRepeat& repeat, double fraction) {
  CopySpec out = own_spec(object);
  out.s_m = repeat.s_m + fraction * repeat.length_m;
  out.t_m = repeat.t_m.at(fraction);
  out.z_offset_m = repeat.z_offset_m.at(fraction);
  if (repeat.length_of_m) out.length_m = repeat.length_of_m->at(fraction);
  if (repeat.width_m) out.width_m = repeat.width_m->at(fraction);
  if (repeat.height_m) out.height_m = repeat.height_m->at(fraction);
  if (repeat.radius_m) out.radius_m = repeat.radius_m->at(fraction);
  return out;
}

class Placer {
 public:
  explicit Placer(const RoadMap& map) : map_(map) {}

  PlacedObjects run() {
    for (std::size_t road = 0; road < map_.roads.size() && !full_; ++road) {
      stations_.clear();
      road_ = static_cast<int>(road);
      const auto& objects = at().objects;
      for (std::size_t i = 0; i < objects.size() && !full_; ++i) {
        place(static_cast<int>(i), objects[i]);
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Road& at() const { return map_.roads[static_cast<std::size_t>(road_)]; }

  // False, and told once, when no more points may be made.
  bool spend(const RoadObject& object, std::size_t points) {
    spent_ += points;
    if (spent_ <= kMostPoints) return true;
    if (!full_) {
      out_.warnings.warning(object.where, "object \"" + object.id + "\" of road \"" + at().id +
                                              "\" and all after it are left out: the map's objects "
                                              "have more than 2,000,000 points");
    }
    full_ = true;
    return false;
  }

  void place(int index, const RoadObject& object) {
    copy_ = 0;
    if (object.repeats.empty()) {
      const CopySpec spec = own_spec(object);
      add(index, object, spec, ObjectFrame(at(), object, spec));
    }
    for (const ObjectRepeat& repeat : object.repeats) {
      if (full_) return;
      if (repeat.distance_m < kContinuous_m && repeat.length_m > 0) {
        add_body(index, object, repeat);
      } else {
        add_copies(index, object, repeat);
      }
    }
  }

  [[nodiscard]] Vec3d anchor(const CopySpec& spec) const {
    return at().position(spec.s_m, spec.t_m, spec.z_offset_m);
  }

  void add_copies(int index, const RoadObject& object, const ObjectRepeat& repeat) {
    double count = 1;
    if (repeat.length_m > 0) count += std::floor(repeat.length_m / repeat.distance_m + 1e-9);
    if (count > kMostCopies) {
      out_.warnings.warning(object.where, "a repeat of object \"" + object.id + "\" of road \"" +
                                              at().id + "\" makes more than " +
                                              std::to_string(kMostCopies) +
                                              " copies; the rest is left out");
      count = kMostCopies;
    }
    const Vec3d start = anchor(spec_at(object, repeat, 0));
    const Vec3d end = anchor(spec_at(object, repeat, 1));
    const double heading = std::atan2(end.y - start.y, end.x - start.x);
    for (int k = 0; k < static_cast<int>(count) && !full_; ++k) {
      const double u =
          repeat.length_m > 0 ? std::min(1.0, k * repeat.distance_m / repeat.length_m) : 0;
      const CopySpec spec = spec_at(object, repeat, u);
      if (repeat.detached) {
        add(index, object, spec,
            ObjectFrame(at(), object, spec, start + u * (end - start), heading));
      } else {
        add(index, object, spec, ObjectFrame(at(), object, spec));
      }
    }
  }

  PlacedObject begin(int index, const RoadObject& object, const CopySpec& spec,
                     const ObjectFrame& frame) {
    PlacedObject out;
    out.road = road_;
    out.object = index;
    out.copy = copy_++;
    out.kind = object.kind;
    out.s_m = spec.s_m;
    out.t_m = spec.t_m;
    out.length_m = spec.length_m;
    out.width_m = spec.width_m;
    out.height_m = spec.height_m;
    out.radius_m = spec.radius_m;
    frame.set_pose(out);
    return out;
  }

  void add(int index, const RoadObject& object, const CopySpec& spec, const ObjectFrame& frame) {
    std::size_t points = 1;
    for (const ObjectOutline& outline : object.outlines) points += outline.corners.size();
    for (const ObjectMarking& marking : object.markings) points += 2 + marking.corner_ids.size();
    if (!spend(object, points)) return;
    PlacedObject out = begin(index, object, spec, frame);
    for (const ObjectOutline& outline : object.outlines) {
      PlacedOutline placed{outline.closed, outline.outer, outline.fill_type, {}};
      for (const OutlineCorner& corner : outline.corners) {
        placed.points.push_back(frame.corner(corner));
      }
      out.outlines.push_back(std::move(placed));
    }
    const double length = spec.length_m > 0 ? spec.length_m : 2 * spec.radius_m;
    const double width = spec.width_m > 0 ? spec.width_m : 2 * spec.radius_m;
    if (out.outlines.empty() && is_flat(object.kind) && length > 0 && width > 0) {
      PlacedOutline box;
      for (const auto& [u, v] : {std::pair(-0.5, -0.5), {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}) {
        const Vec3d p = frame.local(u * length, v * width, 0);
        box.points.push_back({p, p});
      }
      out.outlines.push_back(std::move(box));
    }
    for (const ObjectMarking& marking : object.markings) {
      add_marking(object, marking, {0.5 * length, 0.5 * width}, frame, out);
    }
    out_.objects.push_back(std::move(out));
  }

  void add_marking(const RoadObject& object, const ObjectMarking& marking, const math::Vec2d& half,
                   const ObjectFrame& frame, PlacedObject& out) const {
    PlacedMarking placed{{},
                         marking.width_m,
                         marking.color,
                         marking.line_m,
                         marking.space_m,
                         marking.start_offset_m,
                         marking.stop_offset_m};
    const double z = marking.z_offset_m;
    const auto side = [&](double u0, double v0, double u1, double v1) {
      placed.line = {frame.local(u0 * half.x, v0 * half.y, z),
                     frame.local(u1 * half.x, v1 * half.y, z)};
    };
    switch (marking.side) {
      case ObjectMarking::Side::kFront:
        side(1, 1, 1, -1);
        break;
      case ObjectMarking::Side::kRear:
        side(-1, 1, -1, -1);
        break;
      case ObjectMarking::Side::kLeft:
        side(-1, 1, 1, 1);
        break;
      case ObjectMarking::Side::kRight:
        side(-1, -1, 1, -1);
        break;
      case ObjectMarking::Side::kNone:
        placed.line = along_corners(object, marking, out);
        break;
    }
    if (placed.line.size() >= 2) out.markings.push_back(std::move(placed));
  }

  static std::vector<Vec3d> along_corners(const RoadObject& object, const ObjectMarking& marking,
                                          const PlacedObject& placed) {
    std::map<int, Vec3d> corners;
    for (std::size_t i = 0; i < object.outlines.size(); ++i) {
      for (std::size_t k = 0; k < object.outlines[i].corners.size(); ++k) {
        corners.emplace(object.outlines[i].corners[k].id, placed.outlines[i].points[k].base);
      }
    }
    std::vector<Vec3d> out;
    for (const int id : marking.corner_ids) {
      const auto found = corners.find(id);
      if (found == corners.end()) continue;
      out.push_back(found->second + marking.z_offset_m * placed.T_map_object.linear[2]);
    }
    return out;
  }

  // Stations of the whole road, made once and only if some object runs along it.
  const std::vector<double>& stations() {
    if (stations_.empty()) stations_ = adaptive_stations(at(), 0, at().length_m, kPathStations);
    return stations_;
  }

  void add_body(int index, const RoadObject& object, const ObjectRepeat& repeat) {
    std::vector<double> fractions = {0};
    if (!repeat.detached) {
      const auto& all = stations();
      for (auto s = std::upper_bound(all.begin(), all.end(), repeat.s_m);
           s != all.end() && *s < repeat.s_m + repeat.length_m; ++s) {
        const double u = (*s - repeat.s_m) / repeat.length_m;
        if (u - fractions.back() > 1e-9) fractions.push_back(u);
      }
    }
    if (fractions.size() > 1 && 1 - fractions.back() < 1e-9) fractions.pop_back();
    fractions.push_back(1);
    if (!spend(object, fractions.size())) return;
    const CopySpec first = spec_at(object, repeat, 0);
    PlacedObject out = begin(index, object, first, ObjectFrame(at(), object, first));
    for (const double u : fractions) {
      const CopySpec spec = spec_at(object, repeat, u);
      const RoadFrame f = at().reference_frame(spec.s_m);
      PathPoint p{anchor(spec),  {-std::sin(f.heading_rad), std::cos(f.heading_rad), 0},
                  {0, 0, 1},     spec.width_m,
                  spec.height_m, spec.radius_m};
      if (object.square_to_road) {
        const RoadFrame tilted = at().frame(spec.s_m, spec.t_m);
        p.left = tilted.left;
        p.up = tilted.up;
      }
      out.path.push_back(p);
    }
    if (repeat.detached) {
      const Vec3d along = out.path.back().base - out.path.front().base;
      const double length = std::hypot(along.x, along.y);
      for (PathPoint& p : out.path) {
        if (length > 0) p.left = Vec3d(-along.y, along.x, 0) / length;
      }
    }
    out_.objects.push_back(std::move(out));
  }

  const RoadMap& map_;
  PlacedObjects out_;
  int road_ = 0;
  int copy_ = 0;
  std::vector<double> stations_;
  std::size_t spent_ = 0;
  bool full_ = false;
};

}  // namespace

PlacedObjects place_objects(const RoadMap& map) {
  return Placer(map).run();
}

}  // namespace oddroad::road
