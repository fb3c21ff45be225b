// How the contrast of a picture is spread over scales.
#pragma once

#include <complex>
#include <optional>
#include <vector>

#include "engine/validate/plane.h"

namespace oddroad::validate {

// In place, without scaling: X[k] = sum x[n] exp(-2 pi i k n / N). The size is a power of two
// (Cooley & Tukey 1965).
void fourier(std::vector<std::complex<double>>& values);

// Slope of log amplitude over log frequency; natural pictures have about -1 (Field 1987). The power
// spectrum is the mean over square Hann windows of up to 512 pixels that overlap by half (Welch
// 1967), averaged over all directions in steps of 1/8 octave from 4 cycles a window, below which
// the window's own shape shows, to 0.35 cycles a pixel, beyond which demosaicking and JPEG show;
// the line through its root is one of least squares. Nothing for a picture of less than 64 pixels
// in height or width, or without contrast.
std::optional<double> amplitude_slope(const Plane& plane);

}  // namespace oddroad::validate
