// Signs, signals and barriers.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"
#include "engine/asset/sign_paint.h"

namespace oddroad::asset {
namespace {

std::shared_ptr<const Model> make(const std::string& type, std::map<std::string, double> n = {}) {
  const auto model = make_model({type, 1, std::move(n), {}});
  EXPECT_TRUE(model.has_value()) << (model ? "" : core::to_string(model.error()));
  return *model;
}

TEST(Signal, EveryLensHasAPartOfItsOwnAndALitTwin) {
  for (const auto& [type, count] : {std::pair{"signal.vehicle3", 3u},
                                    {"signal.vehicle2", 2u},
                                    {"signal.arrow", 3u},
                                    {"signal.pedestrian", 2u}}) {
    SCOPED_TRACE(type);
    const auto model = make(type);
    ASSERT_EQ(model->lamps.size(), count);
    EXPECT_EQ(model->class_name, "traffic_light");
    double above = 100;
    for (const Lamp& lamp : model->lamps) {
      const auto part = std::find_if(model->parts.begin(), model->parts.end(), [&](const Part& p) {
        return p.name == "lens." + lamp.name;
      });
      ASSERT_NE(part, model->parts.end());
      for (const auto m : part->mesh->material) EXPECT_EQ(m, lamp.off);
      const Material& off = model->materials[lamp.off];
      const Material& on = model->materials[lamp.on];
      EXPECT_EQ(off.emission_cd_m2, math::Vec3f(0));
      EXPECT_GT(on.emission_cd_m2.x + on.emission_cd_m2.y, 1000);
      EXPECT_LT(on.emission_cd_m2.x, 15000);
      // Red on top, green at the bottom; lenses look to +x in front of the housing.
      const math::Aabb box = part->mesh->bounds();
      EXPECT_LT(box.centre().z, above);
      above = box.centre().z;
      EXPECT_GT(box.upper.x, 0);
    }
  }
  EXPECT_EQ(make("signal.vehicle3")->lamps[0].name, "red");
  EXPECT_EQ(make("signal.vehicle3")->lamps[2].name, "green");
}

TEST(Signal, HeadHangsWhereTheArmEnds) {
  const auto model = make("signal.vehicle3", {{"arm", -6}, {"lower", 5}, {"lens", .3}});
  const math::Aabb lens = model->parts[1].mesh->bounds();
  EXPECT_NEAR(lens.centre().y, -6, .01);
  EXPECT_NEAR(lens.size().y, .3, .01);
  EXPECT_GT(lens.lower.z, 5);
  EXPECT_NEAR(model->parts[0].mesh->bounds().lower.z, 0, 1e-6);  // the mast stands
}

TEST(Sign, FacesLookForwardAndReturn) {
  for (const std::string& type : catalog_types()) {
    if (type.rfind("sign.", 0) != 0) continue;
    SCOPED_TRACE(type);
    const auto model = make(type);
    EXPECT_EQ(model->class_name, "traffic_sign");
    const math::TriangleMesh& mesh = *model->parts[0].mesh;
    ASSERT_EQ(model->textures.size(), 1u);
    double area = 0;
    for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
      if (model->materials[mesh.material[t]].texture < 0) continue;
      const auto& [a, b, c] = mesh.triangles[t];
      const math::Vec3f n =
          glm::cross(mesh.positions[b] - mesh.positions[a], mesh.positions[c] - mesh.positions[a]);
      EXPECT_GT(n.x, .999f * glm::length(n));
      area += .5 * glm::length(n);
      for (const auto v : {a, b, c}) {
        EXPECT_GE(mesh.uvs[v].x, -1e-4);
        EXPECT_LE(mesh.uvs[v].y, 1 + 1e-4);
      }
    }
    EXPECT_GT(area, .2);
    EXPECT_EQ(model->materials[0].retro_905nm > 100, type != "sign.board");
  }
}

// The texel at a place of the face, (0, 0) its middle.
std::array<int, 3> texel(const Model& model, double x, double y) {
  const Texture& t = model.textures[0];
  const auto column = static_cast<std::size_t>((x + .5) * t.width_px);
  const auto row = static_cast<std::size_t>((.5 - y) * t.height_px);
  const std::uint8_t* p = &t.rgba[4 * (row * t.width_px + column)];
  return {p[0], p[1], p[2]};
}

TEST(Sign, PaintIsWhereItBelongs) {
  const auto stop = make("sign.stop");
  EXPECT_GT(texel(*stop, 0, .4)[0], 150);
  EXPECT_LT(texel(*stop, 0, .4)[1], 60);
  const auto limit = make("sign.speed_limit", {{"value", 100}});
  EXPECT_GT(texel(*limit, .46, 0)[0], 150);  // ring
  EXPECT_LT(texel(*limit, .46, 0)[1], 60);
  EXPECT_GT(texel(*limit, 0, .35)[1], 200);  // white ground
  EXPECT_FALSE(make("sign.speed_limit", {{"value", 30}})->textures[0] == limit->textures[0]);
  // One way points to the viewer's right (+y), or left when turned.
  const auto right = make("sign.one_way");
  const auto left = make("sign.one_way", {{"turned", 1}});
  EXPECT_GT(texel(*right, .30, .15)[0], 200);
  EXPECT_LT(texel(*right, -.30, .15)[0], 100);
  EXPECT_GT(texel(*left, -.30, .15)[0], 200);
}

TEST(Sign, BoardsAreAsLargeAsAsked) {
  const auto board = make("sign.board", {{"width", 3}, {"height", 2}, {"lower", 5.5}, {"post", 0}});
  EXPECT_NEAR(board->width_m(), 3, .01);
  EXPECT_NEAR(board->box.lower.z, 5.5, .01);
  EXPECT_NEAR(board->box.upper.z, 7.5, .01);
}

TEST(Obstacle, IsExactlyItsSize) {
  const auto box = make("obstacle", {{"length", 3}, {"width", .4}, {"height", 2}});
  EXPECT_NEAR(box->length_m(), 3, 1e-6);
  EXPECT_NEAR(box->width_m(), .4, 1e-6);
  EXPECT_NEAR(box->box.lower.z, 0, 1e-6);
  const auto drum = make("obstacle.cylinder", {{"radius", 2}, {"height", .5}});
  EXPECT_NEAR(drum->box.size().z, .5, 1e-6);
  EXPECT_NEAR(drum->length_m(), 4, .01);
}

TEST(Barrier, LengthIsWhatIsAsked) {
  for (const char* type : {"barrier.concrete", "barrier.wood", "railing", "barrier.board"}) {
    const auto model = make(type, {{"length", 5}});
    EXPECT_NEAR(model->width_m(), 5, .03) << type;
  }
}

}  // namespace
}  // namespace oddroad::asset
