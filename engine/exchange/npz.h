// NumPy's .npz of one array: a zip archive, stored without compression and without a date, around
// one .npy (format 1.0).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oddroad::exchange {

// np.load(file)[name] is the array, uint16.
std::string encode_npz(const std::string& name, const std::vector<std::uint16_t>& values);

}  // namespace oddroad::exchange
