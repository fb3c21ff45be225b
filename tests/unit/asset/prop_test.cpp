#include "engine/asset/prop.h"

#include <cmath>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/asset/catalog.h"
#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {
namespace {

// Every mesh: lists agree, indices in range, finite, unit normals that side with the winding.
void expect_sound(const TriangleMesh& mesh) {
  ASSERT_EQ(mesh.normals.size(), mesh.positions.size());
  ASSERT_EQ(mesh.uvs.size(), mesh.positions.size());
  ASSERT_EQ(mesh.material.size(), mesh.triangles.size());
  ASSERT_GT(mesh.triangles.size(), 0u);
  int wrong_side = 0;
  for (const auto& [a, b, c] : mesh.triangles) {
    ASSERT_LT(std::max({a, b, c}), mesh.positions.size());
    const Vec3f face =
        glm::cross(mesh.positions[b] - mesh.positions[a], mesh.positions[c] - mesh.positions[a]);
    if (glm::dot(face, mesh.normals[a] + mesh.normals[b] + mesh.normals[c]) <= 0) ++wrong_side;
  }
  EXPECT_EQ(wrong_side, 0);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    ASSERT_TRUE(std::isfinite(glm::dot(mesh.positions[i], Vec3f(1))));
    ASSERT_NEAR(glm::length(mesh.normals[i]), 1.0f, 1e-4f);
  }
}

TEST(MeshTools, VolumesOfClosedSolidsArePositiveAndRight) {
  const TriangleMesh plain = box({1, 2, 3}, {2, 1, 0.5f}, 0);
  expect_sound(plain);
  EXPECT_NEAR(signed_volume(plain), 1.0, 1e-6);
  const TriangleMesh bevelled = box({1, 2, 3}, {2, 1, 0.5f}, 0, 0.05f);
  expect_sound(bevelled);
  EXPECT_NEAR(signed_volume(bevelled), 1.0 - 0.5 * 0.0025 * 4 * 3.5, 5e-3);
  EXPECT_LT(signed_volume(bevelled), 1.0);

  const TriangleMesh rod = cylinder({0, 0, 0}, {0, 3, 4}, 0.1f, 0.1f, 64, 0);
  expect_sound(rod);
  EXPECT_NEAR(signed_volume(rod), 5 * M_PI * 0.01, 1e-3);
  const TriangleMesh cone = cylinder({0, 0, 0}, {0, 0, 1}, 0.5f, 0, 64, 0);
  expect_sound(cone);
  EXPECT_NEAR(signed_volume(cone), M_PI * 0.25 / 3, 1e-3);

  const TriangleMesh ball = ellipsoid({5, 5, 5}, {1, 2, 3}, 64, 32, 0);
  expect_sound(ball);
  EXPECT_NEAR(signed_volume(ball), 4.0 / 3 * M_PI * 6, 0.15);

  const Vec2f profile[] = {{0, 0}, {1, 0}, {1, 2}, {0, 2}};
  const TriangleMesh drum = lathe(profile, 0, {.segments = 128});
  expect_sound(drum);
  EXPECT_NEAR(signed_volume(drum), 2 * M_PI, 0.01);

  const Vec2f ell[] = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};
  const TriangleMesh prism = extrude(ell, 0, 2, 0);
  expect_sound(prism);
  EXPECT_NEAR(signed_volume(prism), 6.0, 1e-5);
  const TriangleMesh soft = extrude(ell, 0, 2, 0, 0.02f);
  expect_sound(soft);
  EXPECT_LT(signed_volume(soft), 6.0);

  const auto outer = circle(1.0f, 48);
  const auto inner = circle(0.5f, 48);
  const TriangleMesh washer = frame_prism(outer, inner, 0, 1, {}, 0);
  expect_sound(washer);
  EXPECT_NEAR(signed_volume(washer), 0.75 * M_PI, 0.01);
}

TEST(MeshTools, ClosedTubeIsATorus) {
  std::vector<Vec3f> path;
  for (const Vec2f& p : circle(1.0f, 48)) path.emplace_back(p, 0);
  path.push_back(path.front());
  const float radius[] = {0.2f};
  const TriangleMesh torus = tube(path, radius, 24, 0);
  expect_sound(torus);
  EXPECT_NEAR(signed_volume(torus), 2 * M_PI * M_PI * 0.04, 0.02);
}

TEST(MeshTools, MirrorKeepsTheWindingAndFlipTurnsIt) {
  const TriangleMesh solid = cylinder({0, 1, 0}, {0, 1, 1}, 0.5f, 0.2f, 12, 3);
  const TriangleMesh mirror = mirrored_y(solid);
  expect_sound(mirror);
  EXPECT_NEAR(signed_volume(mirror), signed_volume(solid), 1e-6);
  EXPECT_NEAR(signed_volume(flipped(solid)), -signed_volume(solid), 1e-6);
}

TEST(MeshTools, TriangulationCoversNonConvexPolygons) {
  const Vec2f comb[] = {{0, 0}, {5, 0}, {5, 3}, {4, 3}, {4, 1}, {3, 1},
                        {3, 3}, {2, 3}, {2, 1}, {1, 1}, {1, 3}, {0, 3}};
  const auto triangles = triangulate(comb);
  EXPECT_EQ(triangles.size(), 10u);
  double area = 0;
  for (const auto& [a, b, c] : triangles) {
    const Vec2f u = comb[b] - comb[a];
    const Vec2f v = comb[c] - comb[a];
    const double twice = u.x * v.y - u.y * v.x;
    EXPECT_GE(twice, 0);
    area += 0.5 * twice;
  }
  EXPECT_NEAR(area, 11.0, 1e-6);
}

TEST(MeshTools, GridFacesItsFrontAndMeasuresMetres) {
  const TriangleMesh sheet = grid(
      4, 2,
      [](float u, float v) {
        return Vec3f(4 * u, 3 * v, 0);
      },
      7);
  expect_sound(sheet);
  EXPECT_EQ(sheet.triangle_count(), 16u);
  EXPECT_GT(sheet.normals[0].z, 0.99f);
  EXPECT_NEAR(sheet.uvs.back().x, 4, 1e-5);
  EXPECT_NEAR(sheet.uvs.back().y, 3, 1e-5);
}

TEST(MeshTools, SplinePassesThroughItsPointsAndKeepsCorners) {
  const Vec2f points[] = {{0, 0}, {1, 1}, {2, 0}, {3, 0}};
  const char corner[] = {0, 0, 1, 0};
  const auto curve = spline(points, corner, 0.1f);
  for (const Vec2f& p : points) EXPECT_THAT(curve, testing::Contains(p));
  for (const Vec2f& p : curve) {
    if (p.x >= 2) {
      EXPECT_NEAR(p.y, 0, 1e-5);  // straight after the corner
    }
  }
}

// --- props --------------------------------------------------------------------------------------

std::shared_ptr<const Model> made(const ModelRequest& request) {
  const auto model = make_model(request);
  EXPECT_TRUE(model.has_value()) << core::to_string(model.error());
  return *model;
}

std::size_t triangles(const Model& model) {
  std::size_t count = 0;
  for (const Part& part : model.parts) count += part.mesh->triangle_count();
  return count;
}

TEST(Props, EverySeedIsSoundStandsOnTheGroundAndFitsItsSize) {
  for (const PropType& type : prop_types()) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      const ModelRequest request{type.name, seed, {}};
      const auto model = made(request);
      const auto size = model_size(request);
      ASSERT_TRUE(size.has_value());
      SCOPED_TRACE(type.name + " " + std::to_string(seed));
      for (const Part& part : model->parts) {
        expect_sound(*part.mesh);
        for (const std::uint16_t m : part.mesh->material) ASSERT_LT(m, model->materials.size());
      }
      // Foundations and roots go below the ground so that slopes do not show under them.
      EXPECT_GT(model->box.lower.z, -1.05);
      EXPECT_LT(model->box.lower.z, .07);
      EXPECT_NEAR(model->box.upper.z, size->height_m, .12 * size->height_m + .05);
      EXPECT_LT(model->length_m(), 1.35 * size->length_m + .3);
      EXPECT_LT(model->width_m(), 1.35 * size->width_m + .3);
    }
  }
}

TEST(Props, EqualRequestsGiveEqualBytesAndSeedsDiffer) {
  for (const char* type : {"tree", "house", "cardboard_box", "hedge"}) {
    const auto a = made({type, 5, {}});
    const auto b = made({type, 5, {}});
    const auto c = made({type, 6, {}});
    EXPECT_TRUE(*a->parts[0].mesh == *b->parts[0].mesh) << type;
    EXPECT_TRUE(a->materials == b->materials) << type;
    EXPECT_FALSE(*a->parts[0].mesh == *c->parts[0].mesh) << type;
  }
}

TEST(Props, TreesHaveLeavesAsGeometryWithinTheirBudget) {
  for (int species = 0; species < 8; ++species) {
    const auto full = made({"tree", 3, {{"species", double(species)}}});
    EXPECT_GT(triangles(*full), 6'000u);
    EXPECT_LT(triangles(*full), 60'000u);
    const auto far = made({"tree", 3, {{"species", double(species)}, {"detail", .25}}});
    EXPECT_LT(triangles(*far), 15'000u);
    // Vertical beams through the crown: some pass, most do not.
    std::size_t leaves = 0;
    for (const std::uint16_t m : full->parts[0].mesh->material) leaves += m >= 2;
    EXPECT_GT(leaves, 5'000u);
  }
}

TEST(Props, HousesHavePanesSetBackInTheWall) {
  const auto house = made({"house", 1, {{"width", 10}, {"depth", 10}, {"storeys", 2}}});
  const math::TriangleMesh& mesh = *house->parts[0].mesh;
  int front_panes = 0;
  for (std::size_t t = 0; t < mesh.triangle_count(); ++t) {
    if (house->materials[mesh.material[t]].glass < 1) continue;
    const Vec3f& p = mesh.positions[mesh.triangles[t][0]];
    EXPECT_TRUE(std::abs(p.x) < 4.95f || std::abs(p.y) < 4.95f);
    front_panes += p.x > 4.6f && p.x < 4.95f;
  }
  EXPECT_GT(front_panes, 6);
}

TEST(Props, ConesReturnAndBoxesAreHollow) {
  const auto cone = made({"traffic_cone", 0, {}});
  float retro = 0;
  for (const Material& m : cone->materials) retro = std::max(retro, m.retro_905nm);
  EXPECT_GT(retro, 200);
  EXPECT_EQ(cone->class_name, "traffic_cone");
  const auto carton = made({"cardboard_box", 0, {{"open", 1}, {"crush", 0}}});
  // The boards' volume is far less than the box's.
  EXPECT_LT(signed_volume(*carton->parts[0].mesh), .25 * .6 * .4 * .4);
  EXPECT_GT(signed_volume(*carton->parts[0].mesh), 0);
}

TEST(Catalog, UnknownTypesAndWrongNumbersAreExplained) {
  const auto typo = make_model({"hosue", 0, {}});
  ASSERT_FALSE(typo.has_value());
  EXPECT_THAT(core::to_string(typo.error()), testing::HasSubstr("house"));
  const auto wrong = make_model({"house", 0, {{"width", 500}, {"storey", 2}}});
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().items().size(), 2u);
  EXPECT_THAT(core::to_string(wrong.error()), testing::HasSubstr("storeys"));
  EXPECT_FALSE(model_size({"house", 0, {{"width", std::nan("")}}}).has_value());
  EXPECT_FALSE(make_model({"bicycle.cyclist", 0, {}}).has_value());
  EXPECT_TRUE(model_size({"bicycle.cyclist", 0, {}}).has_value());
}

TEST(Catalog, EveryTypeIsDescribedWithLicenceAndScale) {
  std::ifstream file(std::string(ODDROAD_SOURCE_DIR) + "/assets/catalog.yaml");
  ASSERT_TRUE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_THAT(text.str(), testing::HasSubstr("licence: Apache-2.0"));
  for (const std::string& type : catalog_types()) {
    EXPECT_THAT(text.str(), testing::HasSubstr("\n  " + type + ":"));
    EXPECT_TRUE(catalog_has(type));
  }
  EXPECT_THAT(catalog_types(),
              testing::IsSupersetOf({"bicycle.cyclist", "car.hatchback", "car.sedan", "house",
                                     "pedestrian.adult", "pedestrian.child", "street_lamp",
                                     "traffic_cone", "tree", "van.panel", "cardboard_box"}));
}

TEST(Materials, StayWithinPhysicalBounds) {
  namespace m = materials;
  for (const Material& one :
       {m::asphalt(), m::pavers(), m::kerb_granite(), m::grass(), m::road_paint_white(),
        m::plaster({.72f, .71f, .67f}), m::brick({.26f, .095f, .06f}), m::galvanised_steel(),
        m::rubber(), m::cardboard(), m::retro_white(), m::window_glass()}) {
    for (int c = 0; c < 3; ++c) {
      EXPECT_GE(one.base_color[c], .01f) << one.name;
      EXPECT_LE(one.base_color[c], .9f) << one.name;
    }
    EXPECT_GT(one.reflectance_905nm, 0) << one.name;
    EXPECT_LE(one.reflectance_905nm, .95f) << one.name;
  }
  // The measured values.
  EXPECT_FLOAT_EQ(m::asphalt().reflectance_905nm, .106f);
  EXPECT_FLOAT_EQ(m::grass().reflectance_905nm, .705f);
}

}  // namespace
}  // namespace oddroad::asset
