// The bell that local contrast makes: mean-subtracted, contrast-normalised coefficients.
#pragma once

#include <optional>
#include <vector>

#include "engine/validate/plane.h"

namespace oddroad::validate {

// (I - mu) / (sigma + 1) with mean and deviation under a 7 x 7 Gaussian of deviation 7/6 (Mittal,
// Moorthy & Bovik, "No-reference image quality assessment in the spatial domain", TIP 2012), at
// every pixel whose window lies inside. Empty for pictures smaller than the window.
std::vector<double> mscn(const Plane& plane);

// Shape of the generalised Gaussian exp(-|x/a|^shape) that has the values' ratio of variance to
// squared mean magnitude (Sharifi & Leon-Garcia 1995); the mean is taken as zero. 2: Gaussian, 1:
// Laplacian. Between 0.2 and 10; nothing where all values are zero.
std::optional<double> gaussian_shape(const std::vector<double>& values);

}  // namespace oddroad::validate
