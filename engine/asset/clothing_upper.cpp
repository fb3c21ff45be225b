// Shirts, sweaters, hoodies, jackets, parkas: a trunk and two sleeves with collar and hems.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/asset/clothing.h"

namespace oddroad::asset {

namespace {

constexpr double kTurn = 2 * std::numbers::pi;

struct Cut {
  double chest_m, sleeve_m, cuff_m;  // looseness
  double hem;                        // height, fraction of stature
  double drape;                      // 0 follows the waist, 1 hangs from the chest
  double sleeve_end;                 // fraction of the arm
  double neck_drop;                  // of the front neckline, fraction of stature
  double folds;
};

Cut cut_of(const Tailor& t) {
  switch (t.traits.outfit.upper) {
    case Upper::kTShirt:
      return {t.cloth(.007), t.cloth(.012), t.cloth(.016), .500, .35, .40, .024, .8};
    case Upper::kSweater:
      return {t.cloth(.012), t.cloth(.010), t.cloth(.007), .492, .45, .985, .012, 1.0};
    case Upper::kHoodie:
      return {t.cloth(.018), t.cloth(.015), t.cloth(.009), .488, .60, .985, .012, 1.3};
    case Upper::kJacket:
      return {t.cloth(.021), t.cloth(.016), t.cloth(.014), .472, .55, 1.0, .004, 1.2};
    default:
      return {t.cloth(.034), t.cloth(.027), t.cloth(.020), .435, .75, 1.0, .002, 1.5};
  }
}

TubeShape coat_trunk(const Tailor& t, const Cut& cut) {
  const double h = t.h();
  const double sole = t.traits.shape.sole_m;
  const TubeShape body = trunk_tube(t, [](double) {
    return 0.0;
  });
  const double hip_z = (t.traits.shape.crotch + .052) * h;
  const double top = body.rings().back().s;
  const TubeShape::Ring chest = body.ring_at(hip_z + .62 * (top - hip_z));
  std::vector<TubeShape::Ring> rings;
  constexpr int kRings = 26;
  for (int i = 0; i <= kRings; ++i) {
    const double z = cut.hem * h - .01 + (top - cut.hem * h + .01) * i / kRings;
    TubeShape::Ring ring = body.ring_at(std::max(z, hip_z));  // below the hips cloth hangs
    ring.s = z;
    const double loose = cut.chest_m * (1 - .45 * smooth_step(.80 * top, top, z));
    ring.half_u += loose;
    ring.half_v += loose;
    if (z < chest.s) {
      const double fall = cut.drape * smooth_step(chest.s, chest.s - .06 * h, z);
      const double u = chest.half_u + loose - .004 * h;
      const double v = chest.half_v + loose - .008 * h;
      if (u > ring.half_u) ring.half_u += fall * (u - ring.half_u);
      if (v > ring.half_v) ring.half_v += fall * (v - ring.half_v);
      const double flare = (chest.s - z) / (chest.s - cut.hem * h);
      ring.half_u += .006 * flare;
      ring.half_v += .004 * flare;
    }
    rings.push_back(ring);
  }
  return TubeShape({0, 0, sole}, {0, 0, 1}, std::move(rings), 2.4);
}

SoftShape coat(const Tailor& t, const Cut& cut) {
  SoftShape shape;
  const auto loose = [&](double u) {
    return cut.sleeve_m + (cut.cuff_m - cut.sleeve_m) * u;
  };
  shape.tubes = {coat_trunk(t, cut), arm_tube(t, 0, loose), arm_tube(t, 1, loose)};
  shape.blobs = trunk_blobs(t, cut.chest_m * .9);
  shape.blob_melt_m = .035 * t.h();
  const double h = t.h();
  const double shoulder_z = t.skeleton.joint[bone_of(kUpperArm, 0)].z;
  shape.melt_m = [=](const Vec3d& p) {
    return .045 * h * smooth_step(shoulder_z - .10 * h, shoulder_z - .03 * h, p.z);
  };
  const Vec3d elbow[2] = {t.skeleton.joint[bone_of(kForearm, 0)],
                          t.skeleton.joint[bone_of(kForearm, 1)]};
  const double half = t.skeleton.joint[bone_of(kUpperArm, 0)].y;
  const double size = t.cloth(1.8 * cut.folds);
  const bool quilted = t.traits.outfit.upper == Upper::kParka;
  shape.fold_m = [=](const Vec3d& p) {
    const double y = std::abs(p.y);
    if (y > half + .02 * h) {  // sleeve
      const double near_elbow =
          1 - smooth_step(.01 * h, .09 * h, glm::distance(p, elbow[p.y > 0 ? 0 : 1]));
      const double cross = bump_noise({p.x * 10, p.y * 16, p.z * 24}, 21);
      return size * ((.0022 + .0040 * near_elbow) * cross);
    }
    const double low = 1 - smooth_step(.56 * h, .74 * h, p.z);
    const double hanging = bump_noise({p.x * 15, p.y * 13, p.z * 4.0}, 22);
    const double waist = bump_noise({p.x * 8, p.y * 8, p.z * 22}, 23);
    const double fade = 1 - smooth_step(.78 * h, .82 * h, p.z);
    double fold = size * fade * ((.0015 + .0045 * low) * hanging + .0028 * low * waist);
    if (quilted) fold += .006 * (std::abs(std::sin(p.z * std::numbers::pi / .075)) - .6) * fade;
    return fold;
  };
  const SoftShape below = trousers_shape(t);
  const double waist = (t.traits.shape.crotch + .13) * h + t.traits.shape.sole_m;
  const double gap = .016;
  shape.clear_m = [=](const Vec3d& p) {
    if (p.z > waist) return 0.0;
    double d = 1;
    for (const TubeShape& tube : below.tubes) d = std::min(d, tube.distance(p, gap));
    for (const Blob& blob : below.blobs) {
      if (blob.is_beyond(p, gap)) continue;
      d = std::min(d, ellipsoid_distance(p, blob.centre, blob.radii));
    }
    return std::clamp(gap - d, 0.0, .03);
  };
  return shape;
}

void add_bare_skin(const Tailor& t, const Cut& cut) {
  SoftShape chest;
  chest.tubes = {trunk_tube(t, [](double) {
    return -.006;
  })};
  const double top = chest.tubes[0].rings().back().s;
  SleeveOptions o;
  o.material = o.stripe_material = kMatSkin;
  o.segments = 20;
  o.rings = 5;
  o.from = [&](double) {
    return top - .055 * t.h();
  };
  o.to = [&](double) {
    return top;
  };
  t.out.add(sleeve(chest, 0, o), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
  if (cut.sleeve_end > .9) return;
  for (int side = 0; side < 2; ++side) {
    SoftShape arm;
    arm.tubes = {arm_tube(t, side, [](double) {
      return 0.0;
    })};
    const double length = t.skeleton.upper_arm_m + t.skeleton.forearm_m;
    o.segments = 16;
    o.rings = 15;
    o.from = [&](double) {
      return (cut.sleeve_end - .12) * length;
    };
    o.to = [&](double) {
      return length + .004;
    };
    t.out.add(sleeve(arm, 0, o), [&](const Vec3d& p) {
      return t.weights.arm(p, side);
    });
  }
}

// A band of cloth around the neck, standing up; flare leans it outwards.
void add_collar(const Tailor& t, double thickness_m, double below_m, double above_m, double flare_m,
                std::uint16_t material) {
  const TubeShape neck = neck_tube(t, 0);
  const double base = t.traits.shape.torso.back().at * t.h();
  std::vector<Ring> rings;
  const auto add = [&](double u, double out) {
    Ring ring;
    constexpr int kSegments = 24;
    for (int j = 0; j < kSegments; ++j) {
      const double a = kTurn * j / kSegments;
      // Higher at the nape than at the throat.
      const double z = base - below_m + u * (below_m + above_m) - (.007 + .006 * u) * std::cos(a);
      ring.push_back(Vec3f(neck.point(z, TubeShape::Spoke(a), -out - flare_m * u)));
    }
    rings.push_back(std::move(ring));
  };
  add(0, thickness_m);
  add(.5, 1.1 * thickness_m);
  add(1, thickness_m);
  add(1.03, .5 * thickness_m);
  add(.4, .15 * thickness_m);
  LoftOptions options;
  options.cap_begin = options.cap_end = false;
  t.out.add(loft(rings, material, options), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
}

void add_hood(const Tailor& t) {
  const double h = t.h();
  const double base = t.traits.shape.torso.back().at * h + t.traits.shape.sole_m;
  std::vector<Vec3f> path;
  std::vector<float> radii;
  for (int i = 0; i <= 14; ++i) {
    const double a = kTurn * (.10 + .80 * i / 14);  // from front left round the back
    const double back = .5 - .5 * std::cos(a);
    path.push_back(
        Vec3f(Vec3d(-.012 * h + (.046 + .012 * back) * h * std::cos(a),
                    (.046 + .010 * back) * h * std::sin(a), base - .014 * h + .010 * h * back)));
    radii.push_back(static_cast<float>((.008 + .020 * back * back) * h));
  }
  t.out.add(tube(path, radii, 10, kMatUpper, true), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
}

// Along the front edge, from hem to throat.
void add_zip(const Tailor& t, const SoftShape& shape, double from, double to) {
  std::vector<Vec3f> path;
  const TubeShape::Spoke front(0);
  for (int i = 0; i <= 18; ++i) {
    path.push_back(
        Vec3f(shape.surface(0, from + (to - from) * i / 18, front) + Vec3d(.0005, 0, 0)));
  }
  const std::vector<float> radii{.0055f};
  t.out.add(tube(path, radii, 6, kMatTrim, true), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
}

}  // namespace

void add_upper(const Tailor& t) {
  const Cut cut = cut_of(t);
  const SoftShape shape = coat(t, cut);
  const double h = t.h();
  const double top = shape.tubes[0].rings().back().s;
  const bool stripes = t.traits.outfit.stripes;
  SleeveOptions o;
  o.material = kMatUpper;
  o.stripe_material = stripes ? kMatUpperAccent : kMatUpper;
  o.segments = 30;
  o.rings = 21;
  o.hem_from = true;
  o.hem_to = cut.neck_drop > .01;
  o.from = [&](double a) {
    return cut.hem * h - .006 * std::cos(a);
  };
  o.to = [&](double a) {
    const double front = .5 + .5 * std::cos(a);
    return top - .002 - cut.neck_drop * h * front * front;
  };
  t.out.add(sleeve(shape, 0, o), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
  const double length = t.skeleton.upper_arm_m + t.skeleton.forearm_m;
  o.segments = 18;
  o.rings = cut.sleeve_end < .9 ? 10 : 20;
  o.hem_from = false;
  o.hem_to = true;
  o.hem_m = .005;
  o.from = [&](double) {
    return shape.tubes[1].rings().front().s;
  };
  o.to = [&](double) {
    return cut.sleeve_end * length;
  };
  for (int side = 0; side < 2; ++side) {
    t.out.add(sleeve(shape, 1 + side, o), [&](const Vec3d& p) {
      return t.weights.arm(p, side);
    });
  }
  add_bare_skin(t, cut);
  switch (t.traits.outfit.upper) {
    case Upper::kTShirt:
      break;
    case Upper::kSweater:
      add_collar(t, t.cloth(.010), .016 * h, .010 * h, .001, kMatUpper);
      break;
    case Upper::kHoodie:
      add_collar(t, t.cloth(.012), .018 * h, .004 * h, .002, kMatUpper);
      add_hood(t);
      break;
    default:
      add_collar(t, t.cloth(.016), .014 * h, .020 * h, .006, kMatUpper);
      add_zip(t, shape, cut.hem * h, top - .004);
      if (t.traits.outfit.upper == Upper::kParka) add_hood(t);
  }
}

}  // namespace oddroad::asset
