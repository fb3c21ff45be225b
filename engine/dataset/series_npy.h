// Series of motion sensors: NumPy structured arrays, one record a sample, as timeline.npy. The
// first field is `stamp` (int64, ns); whole numbers are int64, all others float64; a vector v is
// v_x, v_y, v_z. Fields in the order of the structs in engine/capture/ins.h; scenarios/labels.md
// lists them.
#pragma once

#include <string>

#include "engine/capture/ins.h"
#include "engine/core/result.h"

namespace oddroad::dataset {

// "<sensor>.imu.npy", "<sensor>.gnss.npy", "<sensor>.satellites.npy", ...
std::string imu_file(const std::string& sensor);
std::string gnss_file(const std::string& sensor);
std::string satellites_file(const std::string& sensor);
std::string navigation_file(const std::string& sensor);
std::string odometry_file(const std::string& sensor);

std::string encode_series(const std::vector<capture::ImuSample>& samples);
std::string encode_series(const std::vector<capture::GnssFix>& samples);
std::string encode_series(const std::vector<capture::NavigationSample>& samples);
std::string encode_series(const std::vector<capture::OdometrySample>& samples);
// float64 (n, 3): unit directions.
std::string encode_satellites(const std::vector<capture::Satellite>& satellites);

// Errors: another array than this, truncated.
core::Result<std::vector<capture::ImuSample>> decode_imu(const std::string& bytes,
                                                         const std::string& file);
core::Result<std::vector<capture::GnssFix>> decode_gnss(const std::string& bytes,
                                                        const std::string& file);
core::Result<std::vector<capture::NavigationSample>> decode_navigation(const std::string& bytes,
                                                                       const std::string& file);
core::Result<std::vector<capture::OdometrySample>> decode_odometry(const std::string& bytes,
                                                                   const std::string& file);
core::Result<std::vector<capture::Satellite>> decode_satellites(const std::string& bytes,
                                                                const std::string& file);

}  // namespace oddroad::dataset
