#include "engine/stage/map_objects.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/mesh_tools.h"
#include "engine/asset/prop.h"
#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/stage/object_mesh.h"
#include "engine/stage/object_paint.h"
#include "engine/stage/object_style.h"
#include "engine/stage/sign_model.h"

namespace oddroad::stage {
namespace {

using asset::ModelRequest;
using math::Affine3d;
using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;
using Kind = road::ObjectKind;
using road::PlacedObject;

double half_metres(double value) {
  return std::round(2 * value) / 2;
}

bool in_plan(Kind kind) {
  return road::is_flat(kind) && kind != Kind::kTrafficIsland;
}

class ObjectMaker {
 public:
  ObjectMaker(const road::RoadMap& map, const Vec2d& centre, const StageOptions& options,
              ModelCache& models, Occupancy& occupied)
      : map_(map),
        centre_(centre),
        options_(options),
        models_(models),
        occupied_(occupied),
        surface_(map, options.origin_map) {}

  void add(const PlacedObject& object) {
    const Vec3d place = object.T_map_object.translation - options_.origin_map;
    if (glm::length(Vec2d(place) - centre_) > options_.radius_m) return;
    add_object_markings(out_.paint, surface_, object);
    if (object.kind == Kind::kCrosswalk) add_zebra(out_.paint, map_, surface_, object);
    if (object.kind == Kind::kStopLine || object.kind == Kind::kRoadMark) {
      add_area(out_.paint, map_, surface_, object);
    }
    if (object.kind == Kind::kWind || in_plan(object.kind)) return;
    if (const auto request = catalog_request(object)) {
      add_model(object, *request);
    } else {
      add_body(object);
    }
  }

  MapObjects take() { return std::move(out_); }

 private:
  // What the catalog has better than a plain body. Not for objects whose shape the file draws.
  [[nodiscard]] std::optional<ModelRequest> catalog_request(const PlacedObject& object) const {
    if (!object.path.empty() || !object.outlines.empty()) return std::nullopt;
    const double height = half_metres(object.height_m);
    const std::uint64_t look = core::hash64(name_of(object), options_.seed);
    switch (object.kind) {
      case Kind::kTrafficSign:
        return sign_request(object);
      case Kind::kTree:
        return ModelRequest{"tree", look % 4, {{"height", tree_height(height)}}, {}};
      case Kind::kStreetLamp:
        return ModelRequest{"street_lamp", 0, within("height", height > 0 ? height : 8, 4, 12), {}};
      case Kind::kCone:
        return ModelRequest{"traffic_cone", 0, {}, {}};
      case Kind::kVehicle:
        return ModelRequest{look % 2 ? "car.sedan" : "car.hatchback", look % 8, {}, {}};
      case Kind::kPerson:
        return ModelRequest{"pedestrian.adult", look % 8, {}, {}};
      default:
        return std::nullopt;
    }
  }
  // A sign among the objects says what it is by its name alone.
  [[nodiscard]] ModelRequest sign_request(const PlacedObject& object) const {
    road::RoadSignal named;
    named.name = object_of(object).name;
    const road::SignalMeaning meaning = road::meaning_of(named);
    road::PlacedSignal sign;
    sign.kind = meaning.kind;
    sign.speed_mps = meaning.speed_mps;
    auto looks = looks_of(sign);
    if (!looks || road::is_light(sign.kind)) return {"sign.board", 0, {}, {}};
    looks->request.numbers["post"] = 1;
    return looks->request;
  }
  static double tree_height(double said) { return said > 0 ? std::clamp(said, 4.0, 20.0) : 9; }
  static std::map<std::string, double> within(const char* name, double value, double lower,
                                              double upper) {
    return {{name, std::clamp(value, lower, upper)}};
  }

  // Heights in the file count from the road without its kerbs and footways; whoever stands on them
  // is raised by what they rise.
  [[nodiscard]] double kerb_under(const PlacedObject& object) const {
    const auto& road = map_.roads[static_cast<std::size_t>(object.road)];
    const auto& said = object_of(object);
    if (said.z_offset_m != 0 || object.s_m < 0 || object.s_m > road.length_m) return 0;
    if (!road.lane_at(object.s_m, object.t_m)) return 0;
    const double rise = road.surface(road.section_at(object.s_m), object.s_m, object.t_m).z -
                        road.position(object.s_m, object.t_m).z;
    return rise > 0 && rise < .4 ? rise : 0;
  }

  void add_model(const PlacedObject& object, const ModelRequest& request) {
    MapThing thing;
    thing.name = name_of(object);
    thing.model = models_.get(request);
    thing.T_world_model = upright(object);
    thing.T_world_model.translation.z += kerb_under(object);
    if (object.kind == Kind::kTrafficSign) thing.T_world_model.linear = facing_traffic(object);
    thing.labelled_box = object.kind != Kind::kTree && object.kind != Kind::kStreetLamp;
    const math::Aabb& box = thing.model->box;
    if (object.kind == Kind::kVehicle) {  // models of vehicles start at the rear axle
      thing.T_world_model.translation -= thing.T_world_model.vector(Vec3d(box.centre().x, 0, 0));
    }
    const double reach = object.kind == Kind::kTree ? .5 : .5 * glm::length(Vec2d(box.size()));
    occupied_.add_disc(Vec2d(thing.T_world_model.translation), reach, kCoverThing);
    out_.things.push_back(std::move(thing));
  }

  void add_body(const PlacedObject& object) {
    const ObjectStyle style = style_of(object.kind);
    const bool own_frame = object.path.empty() && object.outlines.empty();
    TriangleMesh mesh = own_frame ? plain_body(object, style) : drawn_body(object, style.footing_m);
    if (mesh.triangles.empty()) return;
    math::smooth_normals(mesh, .6f);
    MapThing thing;
    thing.name = name_of(object);
    if (own_frame) {
      thing.T_world_model = object.T_map_object;
      thing.T_world_model.translation -= options_.origin_map;
      thing.T_world_model.translation.z += kerb_under(object);
    }
    thing.labelled_box = style.labelled_box;
    occupy(mesh, thing.T_world_model);
    thing.model = std::make_shared<const asset::Model>(
        asset::single_part_model("map." + std::string(to_string(object.kind)), style.class_name,
                                 std::move(mesh), {style.material}));
    out_.things.push_back(std::move(thing));
  }

  // Outlines and paths lie in the world frame.
  [[nodiscard]] TriangleMesh drawn_body(const PlacedObject& object, double footing_m) const {
    const Vec3d& origin = options_.origin_map;
    if (object.kind == Kind::kRailing) return path_railing(object.path, origin, 2, 3);
    if (object.kind == Kind::kFence) return path_railing(object.path, origin, 2.5, 2);
    if (!object.path.empty()) return path_body(object.path, origin, footing_m);
    TriangleMesh mesh;
    for (const road::PlacedOutline& outline : object.outlines) {
      if (outline.outer) mesh.append(outline_body(outline, origin, footing_m));
    }
    return mesh;
  }

  // A box or an upright cylinder in the object's frame.
  static TriangleMesh plain_body(const PlacedObject& object, const ObjectStyle& style) {
    const auto said = [](double value, double otherwise) {
      return value > 0 ? value : otherwise;
    };
    const auto height = static_cast<float>(said(object.height_m, style.height_m));
    const bool stated_box = object.length_m > 0 && object.width_m > 0;
    const double radius = said(object.radius_m, stated_box ? 0 : style.radius_m);
    if (radius > 0) {
      const auto r = static_cast<float>(radius);
      return asset::cylinder({0, 0, 0}, {0, 0, height}, r, r, 16, 0);
    }
    const auto footing = static_cast<float>(style.footing_m);
    const Vec3f size(said(object.length_m, style.length_m), said(object.width_m, style.width_m),
                     height + footing);
    return asset::box({0, 0, .5f * (height - footing)}, size, 0);
  }

  void occupy(const TriangleMesh& mesh, const Affine3d& T) {
    for (const auto& t : mesh.triangles) {
      const Vec3d middle = (Vec3d(mesh.positions[t[0]]) + Vec3d(mesh.positions[t[1]]) +
                            Vec3d(mesh.positions[t[2]])) /
                           3.0;
      const double reach = glm::length(Vec2d(mesh.positions[t[0]]) - Vec2d(middle));
      occupied_.add_disc(Vec2d(T.point(middle)), std::min(reach, 6.0) + .3, kCoverThing);
    }
  }

  // Towards those who drive on its side of the road.
  [[nodiscard]] glm::dmat3 facing_traffic(const PlacedObject& object) const {
    const auto& road = map_.roads[static_cast<std::size_t>(object.road)];
    const bool right_hand = road.rule == road::TrafficRule::kRightHand;
    const double with_s = (object.t_m < 0) == right_hand ? M_PI : 0;
    const double heading = road.frame(object.s_m).heading_rad + with_s;
    const Vec3d x(std::cos(heading), std::sin(heading), 0);
    return {x, Vec3d(-x.y, x.x, 0), Vec3d(0, 0, 1)};
  }

  [[nodiscard]] Affine3d upright(const PlacedObject& object) const {
    const double c = std::cos(object.heading_rad);
    const double s = std::sin(object.heading_rad);
    return {glm::dmat3(Vec3d(c, s, 0), Vec3d(-s, c, 0), Vec3d(0, 0, 1)),
            object.T_map_object.translation - options_.origin_map};
  }

  [[nodiscard]] const road::RoadObject& object_of(const PlacedObject& object) const {
    return map_.roads[static_cast<std::size_t>(object.road)]
        .objects[static_cast<std::size_t>(object.object)];
  }
  [[nodiscard]] std::string name_of(const PlacedObject& object) const {
    const std::string& road = map_.roads[static_cast<std::size_t>(object.road)].id;
    const std::string copy = object.copy > 0 ? "." + std::to_string(object.copy) : "";
    return "object." + road + "." + object_of(object).id + copy;
  }

  const road::RoadMap& map_;
  Vec2d centre_;
  const StageOptions& options_;
  ModelCache& models_;
  Occupancy& occupied_;
  PaintSurface surface_;
  MapObjects out_;
};

}  // namespace

MapObjects make_map_objects(const road::RoadMap& map, const road::PlacedObjects& placed,
                            const Vec2d& centre, const StageOptions& options, ModelCache& models,
                            Occupancy& occupied) {
  ObjectMaker maker(map, centre, options, models, occupied);
  for (const PlacedObject& object : placed.objects) maker.add(object);
  return maker.take();
}

}  // namespace oddroad::stage
