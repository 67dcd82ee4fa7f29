// SPDX-License-Identifier: MIT
//
// The networks that mistakes are planted into to measure the check.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnosis/submission.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/network_differences.hpp"

namespace gradproof::diagnosis {

struct PowerSetting {
    std::string_view hidden;
    std::string_view output;
    std::string_view loss;
    double scale;  ///< of the weights
    double lambda;
    int seed;
};

/// The outputs with their losses, two of them not canonical.
const std::array<std::pair<std::string_view, std::string_view>, 6>& output_pairs();

/// Labels that fit an output of so many rows, for m examples.
Tensor labels_for(const Network<double>& network, Eigen::Index rows, Eigen::Index m, checks::CourseRandom& random);

/// Four hidden activations, six outputs (two of them not canonical), three sizes of weights, with L2 and without, for
/// each of the seeds.
std::vector<PowerSetting> power_settings(int seeds);

/// A network with its examples, and all that is computed once for it.
struct PowerPoint {
    Submission submission;  ///< without gradients
    checks::NetworkEstimates estimates;
    Gradients<double> right;
    Gradients<double> roundings;
    std::vector<Eigen::VectorXd> rule_numbers;  ///< what each fixed rule compares with
    std::string name;
    std::string scale;
};

/// Drawn from the setting's seed and `number`, which also chooses among shapes: all sizes different, sizes in which a
/// transpose or another layer's weights fit, and m equal to the widths.
PowerPoint power_point(const PowerSetting& setting, std::size_t number);

}  // namespace gradproof::diagnosis
