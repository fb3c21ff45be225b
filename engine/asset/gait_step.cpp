#include "engine/asset/gait_step.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/gait_curves.h"

namespace oddroad::asset {

namespace {

constexpr double kDeg = 3.14159265358979323846 / 180;

double lerp(double a, double b, double u) {
  return a + u * (b - a);
}
double smooth(double a, double b, double x) {
  const double u = std::clamp((x - a) / (b - a), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}
double wrap(double phase) {
  return phase - std::floor(phase);
}

struct LegAngles {
  double thigh, knee, ankle;
};
LegAngles angles_at(const LegPlan& plan, double phase) {
  using namespace curves;
  const auto swing = [](const Curve& c, double gain, double p) {
    return c.mean + gain * (c(p) - c.mean);
  };
  const LegAngles walk{swing(kWalkThigh, plan.thigh_gain, phase), plan.knee_gain * kWalkKnee(phase),
                       plan.lift * kWalkAnkle(phase)};
  const LegAngles run{swing(kRunThigh, plan.thigh_gain, phase), plan.knee_gain * kRunKnee(phase),
                      kRunAnkle(phase)};
  return {kDeg * lerp(walk.thigh * plan.lift, run.thigh, plan.run),
          kDeg * lerp(walk.knee, run.knee, plan.run), kDeg * lerp(walk.ankle, run.ankle, plan.run)};
}

// Free-running foot: ankle from the hip, z up.
FootState free_foot(const Skeleton& s, const LegPlan& plan, double phase) {
  const LegAngles a = angles_at(plan, phase);
  return {s.thigh_m * std::sin(a.thigh) + s.shank_m * std::sin(a.thigh - a.knee),
          -s.thigh_m * std::cos(a.thigh) - s.shank_m * std::cos(a.thigh - a.knee),
          a.thigh - a.knee + a.ankle, 0};
}

// Foot pitch while the foot bears, from the pitch at contact over flat to the pitch at toe-off.
double stance_pitch(const LegPlan& plan, double phase) {
  if (phase < plan.heel_end) {
    const LegAngles a = angles_at(plan, 0);
    const double at_contact = std::clamp(a.thigh - a.knee + a.ankle, 0.0, 25 * kDeg);
    const double u = 1 - phase / plan.heel_end;
    return at_contact * u * u;
  }
  if (phase > plan.flat_end) {
    const LegAngles a = angles_at(plan, plan.stance);
    const double at_off = std::clamp(a.thigh - a.knee + a.ankle, -70 * kDeg, 0.0);
    const double u = (phase - plan.flat_end) / (plan.stance - plan.flat_end);
    return at_off * u * u;
  }
  return 0;
}

// Height of the toe joint.
double toe_joint_m(const Skeleton& s, const FootState& foot) {
  return foot.z_m + s.ball_m * std::sin(foot.pitch) -
         (s.ankle_m - s.ball_height_m) * std::cos(foot.pitch);
}

// The ankle when the sole's bearing point lies on its spot. x is measured from the hip.
FootState bearing_foot(const Skeleton& s, const LegPlan& plan, double phase) {
  FootState out;
  out.pitch = stance_pitch(plan, phase);
  const double flat_x = plan.middle_x_m - (phase - plan.stance / 2) * plan.stride_m;
  const bool heel = phase < plan.heel_end;
  const double pivot = heel ? -s.heel_m : s.ball_m;
  const double pivot_z = heel ? 0 : s.ball_height_m;  // the toe joint lies inside the sole
  // Ankle from the pivot, turned by the pitch (toes up turns z towards -x).
  const double c = std::cos(out.pitch);
  const double n = std::sin(out.pitch);
  out.roll_m = pivot - pivot * c - (s.ankle_m - pivot_z) * n;
  out.x_m = flat_x + out.roll_m;
  out.z_m = pivot_z + (s.ankle_m - pivot_z) * c - pivot * n;
  return out;
}

double hermite(double a, double slope_a, double b, double slope_b, double u) {
  const double u2 = u * u;
  const double u3 = u2 * u;
  return (2 * u3 - 3 * u2 + 1) * a + (u3 - 2 * u2 + u) * slope_a + (-2 * u3 + 3 * u2) * b +
         (u3 - u2) * slope_b;
}

FootState above_ground(const FootState& foot, const LegPlan& plan, const Skeleton& s,
                       double phase) {
  FootState out = foot;
  out.z_m += plan.hip_height_m + bob_m(s, plan, phase);
  return out;
}

// Swing: the free curve, corrected so that position and speed meet the ground contact at both ends.
FootState swinging_foot(const Skeleton& s, const LegPlan& plan, double phase) {
  const double span = 1 - plan.stance;
  const double u = (phase - plan.stance) / span;
  constexpr double kStep = 0.004;
  const auto gap = [&](double p) {
    const FootState f = above_ground(free_foot(s, plan, p), plan, s, p);
    const FootState b = bearing_foot(s, plan, p);
    return FootState{b.x_m - f.x_m, b.z_m - f.z_m, b.pitch - f.pitch, 0};
  };
  const FootState off = gap(plan.stance);
  const FootState before = gap(plan.stance - kStep);
  const FootState on = gap(0);
  const FootState after = gap(kStep);
  FootState out = above_ground(free_foot(s, plan, phase), plan, s, phase);
  const auto meet = [&](double FootState::*v) {
    const double slope_off = (off.*v - before.*v) / kStep * span;
    const double slope_on = (after.*v - on.*v) / kStep * span;
    out.*v += hermite(off.*v, 0.5 * slope_off, on.*v, 0.5 * slope_on, u);
  };
  meet(&FootState::x_m);
  meet(&FootState::z_m);
  meet(&FootState::pitch);
  out.roll_m = lerp(bearing_foot(s, plan, plan.stance).roll_m, bearing_foot(s, plan, 0).roll_m,
                    smooth(0, 1, u));
  // Keep heel and ball clear of the ground.
  const double heel = out.z_m - s.heel_m * std::sin(out.pitch) - s.ankle_m * std::cos(out.pitch);
  const double ball = toe_joint_m(s, out) - s.ball_height_m;
  const double clearance = 0.014 * plan.lift * std::min({1.0, 30 * u, 30 * (1 - u)});
  const double low = std::min(heel, ball) - clearance;
  if (low < 0) out.z_m -= low;
  return out;
}

}  // namespace

double bob_m(const Skeleton& s, const LegPlan& plan, double phase) {
  const double size = s.stature_m / 1.75;
  return 0.001 * size * plan.bob_gain *
         lerp(curves::kWalkPelvisHeight(phase), curves::kRunPelvisHeight(phase), plan.run);
}

LegPlan plan_leg(const Skeleton& s, const GaitStyle& style, double speed_mps, double run) {
  LegPlan plan;
  plan.run = run;
  plan.stride_m = stride_m(s.stature_m, style, speed_mps);
  const double adult_speed = speed_mps * std::sqrt(1.75 / s.stature_m);
  const double step = 0.5 * plan.stride_m / (0.41 * s.stature_m);
  plan.lift = lerp(smooth(0, 0.6, step), 1, run);
  const double walk_stance = std::clamp(0.62 - 0.07 * (adult_speed - 1.3), 0.54, 0.68);
  const double run_stance = std::clamp(0.40 - 0.04 * (adult_speed - 2.5), 0.28, 0.42);
  plan.stance = lerp(walk_stance, run_stance, run);
  plan.heel_end = plan.stance * lerp(.13, .18, run);
  plan.flat_end = plan.stance * lerp(.64, .50, run);
  const double run_thigh = lerp(.75, 1, std::clamp((adult_speed - 2.5) / 1.5, -.4, 1.2));
  const double run_knee = lerp(.85, 1, std::clamp((adult_speed - 2.5) / 1.5, -.4, 1.1));
  plan.thigh_gain = style.amplitude * lerp(std::min(step, 1.35), run_thigh, run);
  const double knee_peak = std::max(45.0, 60 + 10 * (adult_speed - 1.2)) / 60;
  plan.knee_gain = lerp(plan.lift * std::min(knee_peak, 1.15), run_knee, run);
  plan.bob_gain = lerp(std::min(1.6, step * step), 1, run);

  // Placement and hip height that fit the free curves best while the foot bears ...
  constexpr int kSamples = 16;
  double sum_x = 0;
  double sum_z = 0;
  for (int i = 0; i < kSamples; ++i) {
    const double p = plan.stance * (i + .5) / kSamples;
    const FootState free = free_foot(s, plan, p);
    const FootState bearing = bearing_foot(s, plan, p);
    sum_x += free.x_m - bearing.x_m;
    sum_z += bearing.z_m - free.z_m - bob_m(s, plan, p);
  }
  plan.middle_x_m += sum_x / kSamples;
  plan.hip_height_m = sum_z / kSamples + s.stature_m * lerp(.006, .009, run);
  // ... lowered to what the leg can reach.
  const double reach = .9985 * (s.thigh_m + s.shank_m);
  for (int i = 0; i <= 2 * kSamples; ++i) {
    const double p = plan.stance * i / (2 * kSamples);
    const FootState foot = bearing_foot(s, plan, p);
    const double square = reach * reach - foot.x_m * foot.x_m;
    const double height = foot.z_m + std::sqrt(std::max(0.0, square)) - bob_m(s, plan, p);
    plan.hip_height_m = std::min(plan.hip_height_m, height);
  }
  return plan;
}

FootState foot_at(const Skeleton& s, const LegPlan& plan, double phase) {
  const double p = wrap(phase);
  FootState out = p <= plan.stance ? bearing_foot(s, plan, p) : swinging_foot(s, plan, p);
  // Toes: flat while the ball bears, then in line with the foot as far as the ground lets them.
  const double length = s.toe_m - s.ball_m;
  const double swing = p > plan.stance ? std::min(1.0, 60 * (p - plan.stance)) : 0;
  const double room = toe_joint_m(s, out) - s.ball_height_m - .006 * swing;
  out.toe_pitch = std::max(out.pitch, -std::asin(std::clamp(room / length, -1.0, 1.0)));
  return out;
}

}  // namespace oddroad::asset
