// Wheelchair and stroller: tubes, cloth, wheels.
#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"
#include "engine/asset/person_carry.h"
#include "engine/asset/two_wheeler.h"

namespace oddroad::asset {

namespace {

enum : std::uint16_t { kTube, kCloth, kTyre, kGrip, kInside };

void rod(TriangleMesh& m, const std::vector<Vec3f>& path, float radius, std::uint16_t material) {
  const float r[] = {radius};
  m.append(tube(path, r, 8, material));
}

// Tyre, rim, wire spokes about y; hand rim outside (+y) where asked for.
TriangleMesh spoked_wheel(float r, float tyre, int spokes, bool hand_rim) {
  const auto ring = [](float radius, float y, float thick, std::uint16_t material) {
    std::vector<Vec3f> path;
    for (const Vec2f& p : circle(radius, 28)) path.emplace_back(p.x, y, p.y);
    path.push_back(path.front());
    const float t[] = {thick};
    return tube(path, t, 6, material);
  };
  TriangleMesh m = ring(r - tyre, 0, tyre, kTyre);
  m.append(ring(r - 2.2f * tyre, 0, .6f * tyre, kTube));
  if (hand_rim) m.append(ring(.9f * r, .045f, .009f, kTube));
  m.append(cylinder({0, -.03f, 0}, {0, .03f, 0}, .06f * r + .008f, .06f * r + .008f, 10, kTube));
  for (int k = 0; k < spokes; ++k) {
    const float a = 2 * kPi * static_cast<float>(k) / static_cast<float>(spokes);
    const Vec3f tip((r - 2 * tyre) * std::cos(a), 0, (r - 2 * tyre) * std::sin(a));
    m.append(cylinder(.05f * tip, tip, .0016f, .0016f, 4, kTube));
  }
  return m;
}

void add_wheel(Model& model, const char* name, const TriangleMesh& mesh, const math::Vec3d& hub,
               double radius) {
  Part part;
  part.name = name;
  part.role = PartRole::kWheel;
  part.mesh = std::make_shared<const TriangleMesh>(hub.y < 0 ? mirrored_y(mesh) : mesh);
  part.T_model_part.translation = hub;
  part.wheel_radius_m = radius;
  model.parts.push_back(std::move(part));
}

Model begin(const PropNumbers& n, const char* class_name, TriangleMesh body,
            const math::Vec3f& cloth) {
  Material fabric = materials::plain("seat_cloth", cloth, .9f, .5f);
  fabric.pattern = Pattern::kFabric;
  fabric.second_color = cloth * .8f;
  Material frame = materials::painted_metal({.30f, .31f, .32f});
  frame.metallic = .5f;
  body.remove_degenerate();
  return single_part_model(n.type(), class_name, std::move(body),
                           {frame, fabric, materials::rubber(), materials::black_plastic(),
                            materials::plain("lining", cloth * .4f, .95f, .4f)});
}

void close_box(Model& model, double wheelbase) {
  model.box = rest_bounds(model, false);
  model.height_m = model.box.upper.z;
  model.wheelbase_m = wheelbase;
  model.front_overhang_m = model.box.upper.x - wheelbase;
}

ModelSize wheelchair_size(const PropNumbers&) {
  return {1.08, .70, .95, .33, .44};
}
// Origin below the rear axle; castors ahead.
Model make_wheelchair(const PropNumbers& n) {
  TriangleMesh m;
  for (const float y : {-.215f, .215f}) {
    rod(m,
        {{-.12f, y, .90f},
         {-.02f, y, .88f},
         {.0f, y, .50f},
         {.42f, y, .50f},
         {.50f, y, .46f},
         {.58f, y, .16f}},
        .012f, kTube);
    rod(m, {{0, y, .50f}, {0, y, .31f}, {.42f, y, .24f}, {.42f, y, .50f}}, .011f, kTube);
    rod(m, {{.0f, y, .72f}, {.34f, y, .72f}, {.36f, y, .50f}}, .010f, kTube);
    m.append(box({.17f, y, .735f}, {.28f, .045f, .03f}, kGrip, .008f));
    m.append(cylinder({-.16f, y, .905f}, {-.05f, y, .89f}, .018f, .018f, 8, kGrip));
    rod(m, {{.44f, y, .24f}, {.33f, y, .09f}}, .010f, kTube);
    const float inner = .4f * y;
    m.append(box({.62f, inner, .135f}, {.17f, .13f, .014f}, kGrip, .004f));
  }
  m.append(box({.21f, 0, .485f}, {.42f, .42f, .03f}, kCloth, .01f));
  m.append(box({-.015f, 0, .68f}, {.025f, .42f, .38f}, kCloth, .008f));
  m.append(cylinder({0, -.25f, .305f}, {0, .25f, .305f}, .012f, .012f, 8, kTube));
  Model model = begin(n, "wheelchair", std::move(m), {.03f, .03f, .035f});
  const TriangleMesh big = spoked_wheel(.305f, .014f, 20, true);
  const TriangleMesh small = spoked_wheel(.085f, .014f, 5, false);
  for (const double y : {.28, -.28})
    add_wheel(model, y > 0 ? "wheel left" : "wheel right", big, {0, y, .305}, .305);
  for (const double y : {.20, -.20})
    add_wheel(model, y > 0 ? "castor left" : "castor right", small, {.33, y, .085}, .085);
  close_box(model, .33);
  return model;
}

ModelSize stroller_size(const PropNumbers&) {
  return {.98, .58, 1.08, -.40, 0};
}
// Frame of who pushes: the bar lies at kPushAhead_m.
Model make_stroller(const PropNumbers& n) {
  core::RandomStream stream = n.stream("stroller");
  TriangleMesh m;
  const auto x0 = static_cast<float>(kPushAhead_m);
  const auto bar = static_cast<float>(kPushHeight_m);
  for (const float y : {-.235f, .235f}) {
    rod(m, {{x0, y, bar}, {x0 + .12f, y, .92f}, {x0 + .62f, y, .34f}, {x0 + .80f, y * .8f, .12f}},
        .012f, kTube);
    rod(m, {{x0 + .36f, y, .64f}, {x0 + .12f, y, .13f}}, .012f, kTube);
  }
  m.append(cylinder({x0, -.245f, bar}, {x0, .245f, bar}, .016f, .016f, 10, kGrip));
  // Seat tub, reclined, open on top and ahead; hood over its upper half.
  const Affine3f T = translation({x0 + .45f, 0, .66f}) * rotation({0, 1, 0}, -.35f);
  m.append(transformed(box({-.16f, 0, .12f}, {.05f, .38f, .56f}, kCloth, .02f), T));
  m.append(transformed(box({.08f, 0, -.14f}, {.44f, .38f, .05f}, kCloth, .02f), T));
  m.append(transformed(box({.30f, 0, -.26f}, {.05f, .34f, .26f}, kCloth, .02f), T));
  for (const float y : {-.19f, .19f})
    m.append(transformed(box({0, y, -.02f}, {.34f, .03f, .26f}, kCloth, .012f), T));
  std::vector<Ring> hood;
  for (int i = 0; i <= 6; ++i) {
    const float a = .35f + 1.75f * static_cast<float>(i) / 6;  // from ahead over the top to behind
    Ring ring;
    for (const float layer : {1.f, .965f}) {
      for (int j = 0; j <= 8; ++j) {
        const float b = kPi * static_cast<float>(layer > .98f ? j : 8 - j) / 8;
        const float r = .30f * layer * (.55f + .45f * std::sin(b));
        ring.emplace_back(-.05f + r * std::cos(a), .215f * layer * std::cos(b),
                          .16f + r * std::sin(a));
      }
    }
    hood.push_back(std::move(ring));
  }
  TriangleMesh canopy = loft(hood, kCloth, {.crease_rad = .8f});
  if (signed_volume(canopy) < 0) canopy = flipped(canopy);
  m.append(canopy, T);
  // Somebody small under a blanket.
  m.append(transformed(ellipsoid({-.07f, 0, .20f}, {.085f, .075f, .095f}, 12, 8, kInside), T));
  m.append(transformed(ellipsoid({.08f, 0, -.02f}, {.22f, .16f, .13f}, 14, 8, kGrip), T));
  m.append(box({x0 + .42f, 0, .26f}, {.42f, .36f, .16f}, kInside, .03f));  // basket
  const math::Vec3f colours[] = {{.04f, .05f, .09f},
                                 {.02f, .02f, .022f},
                                 {.20f, .21f, .22f},
                                 {.06f, .15f, .14f},
                                 {.30f, .05f, .06f}};
  Model model = begin(n, "stroller", std::move(m), colours[stream.below(5)]);
  model.materials[kInside].base_color = {.45f, .33f, .25f};
  const TriangleMesh rear = spoked_wheel(.13f, .016f, 8, false);
  const TriangleMesh front = spoked_wheel(.10f, .016f, 8, false);
  for (const double y : {.26, -.26})
    add_wheel(model, y > 0 ? "wheel rear left" : "wheel rear right", rear, {x0 + .12, y, .13}, .13);
  for (const double y : {.19, -.19})
    add_wheel(model, y > 0 ? "wheel front left" : "wheel front right", front, {x0 + .80, y, .10},
              .10);
  close_box(model, 0);
  model.front_overhang_m = 0;
  return model;
}

}  // namespace

std::vector<PropType> chair_types() {
  return {{"stroller", {}, stroller_size, make_stroller},
          {"wheelchair.manual", {}, wheelchair_size, make_wheelchair}};
}

}  // namespace oddroad::asset
