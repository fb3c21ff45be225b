#include "engine/stage/map_signals.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"
#include "engine/asset/prop.h"
#include "engine/stage/sign_model.h"

namespace oddroad::stage {
namespace {

using math::Affine3d;
using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kPost_m = 0.03;
constexpr double kMast_m = 0.07;
constexpr double kBehind_m = 0.05;     // the post's axis behind the board
constexpr double kBesideRoad_m = 0.8;  // a mast's axis from the carriageway
constexpr double kBuried_m = 0.4;
constexpr double kTooLow_m = 0.5;  // lower than any board hangs: the file counts from elsewhere
constexpr double kStack_m = 0.15;  // boards whose feet are nearer share a post

// A post, or a mast with an arm of `reach` along y whose end carries the head.
TriangleMesh support(double height, double reach, double radius) {
  const auto r = static_cast<float>(radius);
  const auto top = static_cast<float>(height);
  TriangleMesh mesh;
  mesh.append(
      asset::cylinder({0, 0, static_cast<float>(-kBuried_m)}, {0, 0, top}, r, .9f * r, 12, 0));
  if (reach != 0) {
    const auto end = static_cast<float>(reach);
    mesh.append(asset::cylinder({0, 0, top - .1f}, {0, end, top - .1f}, .7f * r, .45f * r, 10, 0));
  }
  return mesh;
}

// The outermost carriageway borders of a road at s: right (negative) and left t.
std::pair<double, double> carriageway(const road::Road& road, double s) {
  const int index = road.section_at(s);
  const road::LaneSection& section = road.sections[static_cast<std::size_t>(index)];
  double right = 0, left = 0;
  for (const road::Lane& lane : section.lanes) {
    if (lane.id == 0 || !is_carriageway(surface_of(lane))) continue;
    const double outer = road.strip(index, lane.id, s).outer_t_m;
    right = std::min(right, outer);
    left = std::max(left, outer);
  }
  return {right, left};
}

class SignalMaker {
 public:
  SignalMaker(const road::RoadMap& map, const Vec2d& centre, const StageOptions& options,
              const Terrain& terrain, ModelCache& models, Occupancy& occupied)
      : map_(map),
        centre_(centre),
        options_(options),
        terrain_(terrain),
        models_(models),
        occupied_(occupied) {}

  void add(const road::PlacedSignal& signal) {
    const Vec3d place = signal.T_map_signal.translation - options_.origin_map;
    if (glm::length(Vec2d(place) - centre_) > options_.radius_m) return;
    auto looks = looks_of(signal);
    if (!looks) return;
    const Vec2d facing(std::cos(signal.heading_rad), std::sin(signal.heading_rad));
    const Vec2d left(-facing.y, facing.x);
    const Vec2d foot = foot_of(signal, Vec2d(place) - kBehind_m * facing);
    const double ground = ground_at(signal, foot, place.z);
    double lower = place.z - ground;
    if (lower < kTooLow_m) lower = looks->lower_m;
    looks->request.numbers["lower"] = std::min(lower, road::is_light(signal.kind) ? 7.0 : 8.0);

    MapThing thing;
    thing.name = name_of(signal);
    thing.model = models_.get(looks->request);
    thing.labelled_box = true;
    const Vec2d under = Vec2d(place);
    thing.T_world_model = stand(Vec3d(under, ground), facing, left);
    if (road::is_light(signal.kind)) {
      thing.signal_id = id_of(signal);
      thing.looks = looks_for(thing.model);
    }
    const double top = thing.model->box.upper.z;
    out_.push_back(std::move(thing));
    add_support(signal, Vec3d(foot, ground), facing, left, glm::dot(under - foot, left), top);
  }

  std::vector<MapThing> take() { return std::move(out_); }

 private:
  static Affine3d stand(const Vec3d& p, const Vec2d& facing, const Vec2d& left) {
    return {glm::dmat3(Vec3d(facing, 0), Vec3d(left, 0), Vec3d(0, 0, 1)), p};
  }

  void add_support(const road::PlacedSignal& signal, const Vec3d& foot, const Vec2d& facing,
                   const Vec2d& left, double reach, double top) {
    for (const Vec3d& other : posts_) {
      if (glm::length(Vec2d(other - foot)) < kStack_m) return;
    }
    posts_.push_back(foot);
    occupied_.add_disc(Vec2d(foot), .4, kCoverThing | kCoverSignal);
    const bool mast = std::abs(reach) > .3;
    const double radius = mast || road::is_light(signal.kind) ? kMast_m : kPost_m;
    MapThing post;
    post.name = name_of(signal) + ".post";
    // Heights rounded so that posts share models.
    const double height = std::round(20 * (mast ? top + .25 : top)) / 20;
    post.model = std::make_shared<const asset::Model>(
        asset::single_part_model("map.post", "pole", support(height, mast ? reach : 0, radius),
                                 {asset::materials::galvanised_steel()}));
    post.T_world_model = stand(foot, facing, left);
    out_.push_back(std::move(post));
  }

  // Below the board, or beside the carriageway over which it hangs.
  [[nodiscard]] Vec2d foot_of(const road::PlacedSignal& signal, const Vec2d& below) const {
    const road::Road& road = road_of(signal);
    const road::RoadSignal& said = road.signals[static_cast<std::size_t>(signal.signal)];
    if (said.stands_at) return below;
    const auto [right, left] = carriageway(road, said.s_m);
    const double t = said.t_m;
    if (t <= right + .1 || t >= left - .1) return below;
    const double beside = t - right < left - t ? right - kBesideRoad_m : left + kBesideRoad_m;
    const Vec3d aside = road.frame(said.s_m).left;
    return below + (beside - t) * Vec2d(aside);
  }

  // Footways count, then what is lower of the road's level and the ground.
  [[nodiscard]] double ground_at(const road::PlacedSignal& signal, const Vec2d& foot,
                                 double board_z) const {
    const road::Road& road = road_of(signal);
    const road::RoadSignal& said = road.signals[static_cast<std::size_t>(signal.signal)];
    if (said.stands_at) return std::min(terrain_.height(foot), board_z);
    const double s = std::clamp(said.s_m, 0.0, road.length_m);
    const int section = road.section_at(s);
    const road::RoadFrame frame = road.frame(s);
    const Vec2d offset = foot + Vec2d(options_.origin_map) - Vec2d(frame.position);
    const double t = glm::dot(offset, Vec2d(frame.left));
    const double level = road.surface(section, s, t).z - options_.origin_map.z;
    return road.lane_at(s, t) ? level : std::min(level, terrain_.height(foot));
  }

  const std::map<world::SignalState, std::shared_ptr<const asset::Model>>& looks_for(
      const std::shared_ptr<const asset::Model>& model) {
    auto [entry, is_new] = looks_.try_emplace(model);
    if (is_new) entry->second = lit_looks(model);
    return entry->second;
  }

  [[nodiscard]] const road::Road& road_of(const road::PlacedSignal& signal) const {
    return map_.roads[static_cast<std::size_t>(signal.road)];
  }
  [[nodiscard]] const std::string& id_of(const road::PlacedSignal& signal) const {
    return road_of(signal).signals[static_cast<std::size_t>(signal.signal)].id;
  }
  [[nodiscard]] std::string name_of(const road::PlacedSignal& signal) const {
    return (road::is_light(signal.kind) ? "light." : "sign.") + road_of(signal).id + "." +
           id_of(signal);
  }

  const road::RoadMap& map_;
  Vec2d centre_;
  const StageOptions& options_;
  const Terrain& terrain_;
  ModelCache& models_;
  Occupancy& occupied_;
  std::vector<Vec3d> posts_;
  std::map<std::shared_ptr<const asset::Model>,
           std::map<world::SignalState, std::shared_ptr<const asset::Model>>>
      looks_;  // looked up, never walked: addresses order nothing
  std::vector<MapThing> out_;
};

}  // namespace

std::vector<MapThing> make_map_signals(const road::RoadMap& map, const road::PlacedSignals& placed,
                                       const Vec2d& centre, const StageOptions& options,
                                       const Terrain& terrain, ModelCache& models,
                                       Occupancy& occupied) {
  SignalMaker maker(map, centre, options, terrain, models, occupied);
  for (const road::PlacedSignal& signal : placed.signals) maker.add(signal);
  return maker.take();
}

}  // namespace oddroad::stage
