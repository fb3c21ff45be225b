#include <algorithm>
#include <cmath>

#include "engine/asset/animal_mesh.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

using math::Vec3d;
using namespace animal_bone;

namespace {

// A ring across the leg: half width fore and aft, half width sideways, and what it follows.
struct LegRing {
  Vec3d at;
  double fore_aft, sideways;
  double tilt_rad;  // of the ring against the horizontal, about y
  BoneWeight weight;
  std::uint16_t material;
};

class LegMaker {
 public:
  LegMaker(const AnimalBuilder& b, int leg) : b_(b), leg_(leg) {
    for (int k = 0; k < kSegments; ++k) {
      joint_[k] = b.rig.bones.joint[of(leg, static_cast<Segment>(k))];
    }
  }

  void make() {
    const AnimalShape& s = b_.shape;
    const double thin = .5 * s.leg_m;
    const bool fore = is_fore(leg_);
    const double muscle = (fore ? .235 : .36) * s.chest_depth_m + .5 * s.coat_m;
    const double across = (fore ? .17 : .20) * s.chest_width_m + .5 * s.coat_m;
    // The shoulder or the haunch starts inside the trunk.
    add(joint_[kUpper] + Vec3d(fore ? -.10 : -.06, 0, .20) * s.chest_depth_m, .70 * muscle,
        .5 * across, parent(), kUpper);
    add(joint_[kUpper], muscle, across, {bone(kUpper), .5f}, kUpper);
    between(kUpper, .55, fore ? .85 * muscle : .80 * muscle, across);
    const double elbow = std::max(1.55 * thin, (fore ? .50 : .52) * muscle);
    add(joint_[kLower], elbow, std::max(1.3 * thin, .72 * across), {bone(kLower), .5f}, kLower);
    between(kLower, .30, std::max(1.6 * thin, .74 * elbow), std::max(1.25 * thin, .55 * across));
    between(kLower, .70, 1.25 * thin, 1.0 * thin);
    const double knee = (fore ? 1.25 : 1.35) * thin;
    add(joint_[kCannon], knee, 1.1 * thin, {bone(kCannon), .5f}, kCannon);
    between(kCannon, .22, 1.0 * thin, .9 * thin);
    between(kCannon, .75, .9 * thin, .8 * thin);
    add(joint_[kFoot], 1.12 * thin, .95 * thin, {bone(kFoot), .5f}, kFoot);
    if (s.paws) {
      paw(thin);
    } else {
      hoof(thin);
    }
    loft_rings();
  }

 private:
  [[nodiscard]] std::uint8_t bone(Segment segment) const { return of(leg_, segment); }
  [[nodiscard]] BoneWeight parent() const { return {is_fore(leg_) ? kChest : kHips, 1}; }

  [[nodiscard]] std::uint16_t coat(Segment segment) const {
    const Segment last = b_.shape.kind == Kind::kSheep ? kUpper : kLower;
    return segment <= last ? kCoatBack : kCoatLegs;
  }

  void add(const Vec3d& at, double fore_aft, double sideways, BoneWeight w, Segment segment,
           double tilt = 0) {
    rings_.push_back({at, fore_aft, sideways, tilt, w, coat(segment)});
  }
  // A ring of one segment alone, u of the way down.
  void between(Segment segment, double u, double fore_aft, double sideways) {
    const Vec3d& a = joint_[segment];
    const Vec3d& c = joint_[segment + 1];
    const double tilt = .8 * std::atan2(c.x - a.x, a.z - c.z);
    const Segment colour = segment == kLower && u > .5 ? kCannon : segment;
    rings_.push_back(
        {glm::mix(a, c, u), fore_aft, sideways, tilt, {bone(segment), 1}, coat(colour)});
  }

  void hoof(double thin) {
    const double z = joint_[kFoot].z;
    const double forward = .7 * z;
    const Vec3d fetlock = joint_[kFoot];
    const BoneWeight w{bone(kFoot), 1};
    rings_.push_back(
        {fetlock + Vec3d(.55 * forward, 0, -.52 * z), .95 * thin, .85 * thin, .5, w, kCoatLegs});
    const double hoof_top = .38 * z;
    for (const auto& [u, grow] : {std::pair{1.0, 1.18}, {.5, 1.35}, {0.0, 1.5}}) {
      rings_.push_back({{fetlock.x + forward * (1.12 - .22 * u), fetlock.y, u * hoof_top},
                        grow * thin,
                        .92 * grow * thin,
                        0,
                        w,
                        kHoof});
    }
  }

  void paw(double thin) {
    const Vec3d wrist = joint_[kFoot];
    const BoneWeight w{bone(kFoot), 1};
    const double z = wrist.z;
    rings_.push_back(
        {{wrist.x + .5 * thin, wrist.y, .72 * z}, 1.7 * thin, 1.15 * thin, 0, w, kCoatLegs});
    rings_.push_back(
        {{wrist.x + .9 * thin, wrist.y, .32 * z}, 2.1 * thin, 1.3 * thin, 0, w, kCoatLegs});
    rings_.push_back({{wrist.x + .9 * thin, wrist.y, 0}, 1.8 * thin, 1.2 * thin, 0, w, kCoatLegs});
  }

  void loft_rings() {
    constexpr int kSides = 10;
    for (std::size_t i = 0; i + 1 < rings_.size(); ++i) {
      // Piece by piece, so that colours change at rings; shading is joined afterwards.
      Ring a;
      Ring c;
      for (int k = 0; k < kSides; ++k) {
        const double turn = 2 * M_PI * k / kSides;
        for (Ring* ring : {&a, &c}) {
          const LegRing& r = rings_[ring == &a ? i : i + 1];
          const Vec3d u(std::cos(r.tilt_rad), 0, std::sin(r.tilt_rad));
          ring->emplace_back(r.at + u * (r.fore_aft * std::cos(turn)) +
                             Vec3d(0, -r.sideways * std::sin(turn), 0));
        }
      }
      const bool first = i == 0;
      const bool last = i + 2 == rings_.size();
      const Ring pair[] = {a, c};
      TriangleMesh piece = loft(pair, rings_[i + 1].material,
                                {.cap_begin = first, .cap_end = last, .crease_rad = 1.0f});
      all_.mesh.append(piece);
      for (const Vec3f& p : piece.positions) {
        const bool upper = std::find(a.begin(), a.end(), p) != a.end();
        all_.weights.push_back(rings_[upper ? i : i + 1].weight);
      }
    }
    join_normals();
    b_.body.mesh.append(all_.mesh);
    b_.body.weights.insert(b_.body.weights.end(), all_.weights.begin(), all_.weights.end());
  }

  // One normal where two pieces share a ring.
  void join_normals() {
    auto& m = all_.mesh;
    std::vector<Vec3f> joined = m.normals;
    for (std::size_t i = 0; i < m.positions.size(); ++i) {
      Vec3f sum(0);
      for (std::size_t k = 0; k < m.positions.size(); ++k) {
        if (m.positions[k] == m.positions[i] && glm::dot(m.normals[k], m.normals[i]) > .4f) {
          sum += m.normals[k];
        }
      }
      joined[i] = glm::normalize(sum);
    }
    m.normals = std::move(joined);
  }

  const AnimalBuilder& b_;
  int leg_;
  Vec3d joint_[kSegments];
  std::vector<LegRing> rings_;
  SkinnedMesh all_;
};

}  // namespace

void add_animal_legs(const AnimalBuilder& b) {
  for (int leg = 0; leg < kLegs; ++leg) LegMaker(b, leg).make();
}

}  // namespace oddroad::asset
