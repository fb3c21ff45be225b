// Every tolerance of labels and checks, with its cause. Widening one is a change of its own.
#pragma once

namespace oddroad::capture {

// A point counts as inside a 3-D box up to this far outside: points and matrices are single
// precision (some micrometres at 100 m), and a noise-free point lies exactly on the box's face.
inline constexpr double kBoxMarginM = 1e-3;

}  // namespace oddroad::capture
