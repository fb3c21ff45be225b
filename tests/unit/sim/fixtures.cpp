#include "tests/unit/sim/fixtures.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace oddroad::sim::testing {
namespace {

std::string lane_xml(int id, const char* type, double width, double height) {
  std::string out = "<lane id=\"" + std::to_string(id) + "\" type=\"" + type +
                    "\" level=\"false\"><width sOffset=\"0\" a=\"" + std::to_string(width) +
                    "\" b=\"0\" c=\"0\" d=\"0\"/>";
  if (height > 0) {
    const std::string h = std::to_string(height);
    out += "<height sOffset=\"0\" inner=\"" + h + "\" outer=\"" + h + "\"/>";
  }
  return out + "</lane>";
}

// Strides of a fixed length (phase per metre does not depend on speed); no limb moves.
class Strides : public asset::Deformer {
 public:
  explicit Strides(std::shared_ptr<const math::TriangleMesh> mesh) : mesh_(std::move(mesh)) {}
  void deform(const asset::Articulation&, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    positions = mesh_->positions;
    normals = mesh_->normals;
  }
  [[nodiscard]] double phase_per_metre(double) const override { return 0.7; }

 private:
  std::shared_ptr<const math::TriangleMesh> mesh_;
};

std::shared_ptr<const math::TriangleMesh> box_mesh(const math::Aabb& box) {
  auto mesh = std::make_shared<math::TriangleMesh>();
  const auto corner = [&](int i) {
    return math::Vec3f((i & 1) ? box.upper.x : box.lower.x, (i & 2) ? box.upper.y : box.lower.y,
                       (i & 4) ? box.upper.z : box.lower.z);
  };
  for (const auto& f : {std::array{0, 2, 3, 1}, std::array{4, 5, 7, 6}, std::array{0, 1, 5, 4},
                        std::array{2, 6, 7, 3}, std::array{0, 4, 6, 2}, std::array{1, 3, 7, 5}}) {
    mesh->add_quad(corner(f[0]), corner(f[1]), corner(f[2]), corner(f[3]), 0);
  }
  return mesh;
}

void make_living(asset::Model& model) {
  model.parts[0].role = asset::PartRole::kSkin;
  model.deformer = std::make_shared<Strides>(model.parts[0].mesh);
}

std::shared_ptr<asset::Model> box_model(const std::string& type, const std::string& class_name,
                                        double rear, double length, double width, double height) {
  auto model = std::make_shared<asset::Model>();
  model->name = type;
  model->class_name = class_name;
  model->box.lower = {-rear, -0.5 * width, 0};
  model->box.upper = {length - rear, 0.5 * width, height};
  model->height_m = height;
  asset::Part body;
  body.mesh = box_mesh(model->box);
  model->parts.push_back(body);
  return model;
}

}  // namespace

std::string street_xml(const std::string& geometry, const std::string& elevation) {
  std::string left;
  std::string right;
  for (const int side : {1, -1}) {
    std::string lanes[3] = {lane_xml(side, "driving", 3.25, 0),
                            lane_xml(2 * side, "parking", 2.2, 0),
                            lane_xml(3 * side, "sidewalk", 2.5, 0.12)};
    if (side > 0) left = lanes[2] + lanes[1] + lanes[0];
    if (side < 0) right = lanes[0] + lanes[1] + lanes[2];
  }
  return R"(<?xml version="1.0"?><OpenDRIVE><header revMajor="1" revMinor="6" name="street"/>
<road id="1" length="800" junction="-1"><type s="0" type="town"/>
<planView><geometry s="0" x="1000.25" y="2000.5" hdg="0.3" length="800">)" +
         geometry + R"(</geometry></planView><elevationProfile>)" + elevation +
         R"(</elevationProfile><lanes><laneSection s="0"><left>)" + left +
         R"(</left><center><lane id="0" type="none"/></center><right>)" + right +
         R"(</right></laneSection></lanes></road></OpenDRIVE>)";
}

Street::Street(const std::string& xml) {
  auto parsed = road::parse_opendrive(xml, "street.xodr");
  if (!parsed) throw std::runtime_error(core::to_string(parsed.error()));
  map = std::move(*parsed);
  graph = std::make_unique<road::LaneGraph>(map);
}

core::Result<std::shared_ptr<const asset::Model>> BoxModels::model(
    const asset::ModelRequest& request) {
  const std::string& type = request.type;
  std::shared_ptr<asset::Model> model;
  if (type.starts_with("car.")) {
    model = box_model(type, "car", 0.8, 4.2, 1.8, 1.5);
    model->wheelbase_m = 2.6;
    model->max_steer_rad = 0.6;
  } else if (type.starts_with("van.")) {
    model = box_model(type, "van", 1.0, 5.5, 2.0, 2.4);
    model->wheelbase_m = 3.4;
  } else if (type == "bicycle.city") {
    model = box_model(type, "bicycle", 0.35, 1.8, 0.6, 1.1);
    model->wheelbase_m = 1.1;
  } else if (type == "bicycle.rider") {
    model = box_model(type, "rider", 0.1, 1.0, 0.5, 1.8);
    make_living(*model);
  } else if (type == "pedestrian.child" || type == "pedestrian.adult") {
    const bool child = type == "pedestrian.child";
    model = box_model(type, "pedestrian", 0.15, 0.3, child ? 0.4 : 0.5, child ? 1.2 : 1.75);
    make_living(*model);
  } else if (type == "cardboard_box") {
    model = box_model(type, "debris", 0.3, 0.6, 0.4, 0.4);
  } else if (type.starts_with("animal.")) {
    model = box_model(type, "animal", 0.6, 1.2, 0.3, 0.9);
    make_living(*model);
  } else {
    return core::fail("unknown model type '" + type + "'");
  }
  return std::shared_ptr<const asset::Model>(std::move(model));
}

capture::Ontology small_ontology() {
  capture::Ontology out;
  std::uint8_t id = 1;
  for (const char* name :
       {"unknown", "car", "van", "pedestrian", "bicycle", "rider", "debris", "animal"}) {
    capture::OntologyClass c;
    c.id = core::ClassId(id++);
    c.name = name;
    out.classes.push_back(c);
  }
  return out;
}

scenario::VariantActor actor(const std::string& name, const std::string& type,
                             const scenario::Placement& at) {
  scenario::VariantActor out;
  out.name = name;
  out.model.type = type;
  out.at = at;
  return out;
}

scenario::Placement at_site(double offset_m) {
  scenario::Placement out;
  out.offset_m = offset_m;
  return out;
}

scenario::Placement ahead_of(const std::string& other, double by_m, const std::string& lane) {
  scenario::Placement out;
  out.kind = scenario::PlacementKind::kAheadOf;
  out.other = other;
  out.by_m = by_m;
  out.lane = lane;
  return out;
}

scenario::Placement beside(const std::string& other, const std::string& end, double gap_m) {
  scenario::Placement out;
  out.kind = scenario::PlacementKind::kBeside;
  out.other = other;
  out.end = end;
  out.gap_m = gap_m;
  out.facing = "road";
  return out;
}

scenario::Condition compare(const std::string& a, const std::string& b, const std::string& quantity,
                            const std::string& op, double value) {
  scenario::Condition out;
  out.kind = scenario::Condition::Kind::kCompare;
  out.a = a;
  out.b = b;
  out.quantity = quantity;
  out.op = op;
  out.value = value;
  return out;
}

scenario::Condition event(const std::string& a, const std::string& b, const std::string& quantity) {
  scenario::Condition out;
  out.kind = scenario::Condition::Kind::kEvent;
  out.a = a;
  out.b = b;
  out.quantity = quantity;
  return out;
}

scenario::Variant ego_only(double speed_mps, const std::string& model, bool react) {
  scenario::Variant v;
  v.scenario = "test";
  v.site = {"1", 100, -1, 600};
  v.actors.push_back(actor("ego", "car.hatchback", at_site()));
  v.actors[0].drive = scenario::Drive{model, speed_mps, react};
  v.max_duration_s = 10;
  return v;
}

scenario::Variant child_behind_van(double ego_mps, double child_mps, double ttc_s, double aim) {
  scenario::Variant v = ego_only(ego_mps);
  v.actors.push_back(actor("van", "van.panel", ahead_of("ego", 60, "parking")));
  v.actors.back().at.side_gap_m = 0.8;
  v.actors.push_back(actor("child", "pedestrian.child", beside("van", "front", 0.5)));
  scenario::Action run;
  run.verb = "run";
  run.across = "ego";
  run.speed_mps = child_mps;
  run.accel_mps2 = 3;
  run.aim = aim;
  run.when = compare("ego", "child", "path_ttc", "<=", ttc_s);
  v.actors.back().actions.push_back(run);
  v.max_duration_s = 15;
  return v;
}

world::Timeline run(const scenario::Variant& variant) {
  const Street street;
  Setting setting;
  auto t = simulate(variant, *street.graph, setting.context);
  if (!t) throw std::runtime_error(core::to_string(t.error()));
  return *t;
}

}  // namespace oddroad::sim::testing
