// Trousers and shorts: a seat and two legs that melt into each other at the crotch.
#include <algorithm>
#include <cmath>

#include "engine/asset/clothing.h"

namespace oddroad::asset {

namespace {

struct Cut {
  double thigh_m, knee_m;  // looseness
  double hem_radius_m;
};

Cut cut_of(const Tailor& t) {
  switch (t.traits.outfit.lower) {
    case Lower::kSlim:
      return {t.cloth(.007), t.cloth(.009), .0285 * t.h()};
    case Lower::kShorts:
      return {t.cloth(.016), t.cloth(.030), 0};
    default:
      return {t.cloth(.012), t.cloth(.018), .0355 * t.h()};
  }
}

// Seat of the trousers: the trunk below the waist, closed between the legs.
TubeShape seat_tube(const Tailor& t) {
  const BodyShape& shape = t.traits.shape;
  const double h = t.h();
  const double loose = t.cloth(.006);
  std::vector<TubeShape::Ring> rings;
  const BodySection& first = shape.torso.front();
  for (const auto& [down, scale] : {std::pair{.026, .30}, std::pair{.016, .62}}) {
    rings.push_back({(first.at - down) * h, .5 * scale * first.depth * h,
                     .5 * scale * first.breadth * h, first.forward * h, 0});
  }
  for (const BodySection& ring : shape.torso) {
    if (ring.at > shape.crotch + .19) break;
    rings.push_back({ring.at * h, .5 * ring.depth * h + loose, .5 * ring.breadth * h + loose,
                     ring.forward * h, 0});
  }
  return TubeShape({0, 0, shape.sole_m}, {0, 0, 1}, std::move(rings), 2.3);
}

// A leg with the fall of cloth: from the knee down it hangs towards the hem.
TubeShape trouser_leg(const Tailor& t, int side, const Cut& cut) {
  const TubeShape bare = leg_tube(t, side, [](double) {
    return 0.0;
  });
  const double knee = t.skeleton.thigh_m;
  const double end = knee + t.skeleton.shank_m + t.skeleton.ankle_m;
  std::vector<TubeShape::Ring> rings;
  const TubeShape::Ring at_knee = bare.ring_at(knee);
  for (int i = 0; i <= 20; ++i) {
    const double s = end * i / 20;
    TubeShape::Ring ring = bare.ring_at(s);
    const double loose = cut.thigh_m * smooth_step(.02 * t.h(), .12 * t.h(), s) +
                         (cut.knee_m - cut.thigh_m) * smooth_step(.4 * knee, knee, s);
    ring.s = s;
    ring.half_u += loose;
    ring.half_v += loose;
    if (s > knee && cut.hem_radius_m > 0) {
      const double u = (s - knee) / (end - knee);
      const double hang_u = (1 - u) * (at_knee.half_u + cut.knee_m) + u * cut.hem_radius_m * 1.12;
      const double hang_v = (1 - u) * (at_knee.half_v + cut.knee_m) + u * cut.hem_radius_m;
      ring.half_u = std::max(hang_u, std::min(ring.half_u, hang_u + .012));
      ring.half_v = std::max(hang_v, std::min(ring.half_v, hang_v + .012));
      ring.centre_u -= .004 * t.h() * u;
    }
    rings.push_back(ring);
  }
  const Vec3d root = t.skeleton.joint[bone_of(kThigh, side)];
  return TubeShape(root, t.skeleton.joint[bone_of(kFoot, side)] - root, std::move(rings));
}

SoftShape trousers(const Tailor& t, const Cut& cut) {
  SoftShape shape;
  shape.tubes = {seat_tube(t), trouser_leg(t, 0, cut), trouser_leg(t, 1, cut)};
  shape.blobs = trunk_blobs(t, t.cloth(.006));
  for (Blob& blob : shape.blobs) {
    if (blob.centre.x > 0) blob.radii = Vec3d(1e-3);  // the chest is not ours
  }
  shape.blob_melt_m = .02 * t.h();
  const double h = t.h();
  const double crotch = t.traits.shape.crotch * h + t.traits.shape.sole_m;
  const double knee = t.skeleton.joint[bone_of(kShank, 0)].z;
  const double waist_free = crotch + .06 * h;
  shape.melt_m = [=](const Vec3d& p) {
    return .022 * h * smooth_step(crotch - .11 * h, crotch - .03 * h, p.z) *
           (1 - smooth_step(crotch, crotch + .04 * h, p.z));
  };
  const bool slim = t.traits.outfit.lower == Lower::kSlim;
  const double size = t.cloth(slim ? 1.6 : 3.0);
  shape.fold_m = [=](const Vec3d& p) {
    const double hem = 1 - smooth_step(.05 * h, .15 * h, p.z);
    const double about_knee = 1 - smooth_step(0, .07 * h, std::abs(p.z - knee));
    const double about_crotch = 1 - smooth_step(0, .06 * h, std::abs(p.z - crotch));
    const double rings = bump_noise({p.x * 9, p.y * 9 + 40, p.z * 27}, 11);
    const double long_folds = bump_noise({p.x * 13, p.y * 13 + 7, p.z * 4.5}, 12);
    const double fade = 1 - smooth_step(waist_free - .05 * h, waist_free, p.z);
    return size * fade *
           ((.0060 * hem + .0045 * about_knee + .003 * about_crotch) * rings +
            .0035 * long_folds * (1 - .5 * hem));
  };
  return shape;
}

void add_sock(const Tailor& t, int side) {
  SoftShape sock;
  sock.tubes = {leg_tube(t, side, [&](double) {
    return t.cloth(.004);
  })};
  const double ankle = t.skeleton.thigh_m + t.skeleton.shank_m;
  const double end = ankle + .6 * (t.skeleton.ankle_m - t.traits.shape.sole_m);
  SleeveOptions o;
  o.segments = 18;
  o.from = [&](double) {
    return ankle - .055 * t.h();
  };
  o.to = [=](double) {
    return end;
  };
  o.rings = 6;
  o.hem_from = true;
  o.hem_m = .003;
  o.material = o.stripe_material = t.traits.outfit.leather_shoes ? kMatTrim : kMatSole;
  t.out.add(sleeve(sock, 0, o), [&](const Vec3d& p) {
    return t.weights.leg(p, side);
  });
}

void add_bare_leg(const Tailor& t, int side, double from_s) {
  SoftShape bare;
  bare.tubes = {leg_tube(t, side, [](double) {
    return 0.0;
  })};
  const double ankle = t.skeleton.thigh_m + t.skeleton.shank_m;
  SleeveOptions o;
  o.segments = 18;
  o.from = [=](double) {
    return from_s;
  };
  o.to = [&](double) {
    return ankle - .055 * t.h() + .01;
  };
  o.rings = 16;
  o.material = o.stripe_material = kMatSkin;
  t.out.add(sleeve(bare, 0, o), [&](const Vec3d& p) {
    return t.weights.leg(p, side);
  });
  add_sock(t, side);
}

}  // namespace

SoftShape trousers_shape(const Tailor& t) {
  return trousers(t, cut_of(t));
}

void add_trousers(const Tailor& t) {
  const Cut cut = cut_of(t);
  const SoftShape shape = trousers(t, cut);
  const double h = t.h();
  const BodyShape& body = t.traits.shape;
  SleeveOptions o;
  o.material = o.stripe_material = kMatLower;
  o.segments = 28;
  o.rings = 8;
  o.from = [&](double) {
    return (body.crotch - .024) * h;
  };
  o.to = [&](double) {
    return (body.crotch + .105) * h;
  };
  t.out.add(sleeve(shape, 0, o), [&](const Vec3d& p) {
    return t.weights.trunk(p);
  });
  const bool shorts = t.traits.outfit.lower == Lower::kShorts;
  const bool slim = t.traits.outfit.lower == Lower::kSlim;
  const double knee = t.skeleton.thigh_m;
  // The hem rests on the shoe, a little lower at the heel.
  const double ground = knee + t.skeleton.shank_m + t.skeleton.ankle_m;
  const double end = shorts ? knee - .015 * h : ground - t.cloth(slim ? .088 : .030);
  o.segments = 18;
  o.rings = shorts ? 14 : 25;
  o.from = [&](double) {
    return .02 * h;
  };
  o.to = [=](double angle) {
    return end - (shorts ? 0.0 : (slim ? .004 : .026) * (.5 + .5 * std::cos(angle)));
  };
  o.hem_to = true;
  for (int side = 0; side < 2; ++side) {
    const auto weight = [&](const Vec3d& p) {
      SkinVertex v = t.weights.leg(p, side);
      // Hems hang from the shank; the foot turns inside.
      if (v.bone == bone_of(kFoot, side)) v.weight *= .25f;
      return v;
    };
    t.out.add(sleeve(shape, 1 + side, o), weight);
    if (shorts) add_bare_leg(t, side, knee - .06 * h);
    if (slim) add_sock(t, side);
  }
}

}  // namespace oddroad::asset
