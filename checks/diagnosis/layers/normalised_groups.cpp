// SPDX-License-Identifier: MIT
#include "diagnosis/layers/normalised_groups.hpp"

#include <cmath>
#include <map>
#include <vector>

#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/rms_norm.hpp"

namespace gradproof::diagnosis {

namespace {

// Which group each number of x is in.
std::function<Eigen::Index(Eigen::Index)> group_of(const checks::LayerPoint& point) {
    const Array<double>& x = point.inputs[0];
    const Eigen::Index C = x.shape().back();
    if (point.layer.is<BatchNorm>()) return [C](Eigen::Index n) { return n % C; };
    const Eigen::Index of_example = x.size() / x.dim(0);
    const Eigen::Index groups = point.layer.is<GroupNorm>() ? groups_of(point.layer) : 1;
    return [=](Eigen::Index n) { return n / of_example * groups + n % C / (C / groups); };
}

}  // namespace

Eigen::Index groups_of(const AnyLayer& layer) {
    return static_cast<Eigen::Index>(layer.facts().parameter("groups"));
}

double NormalisedGroup::scale() const {
    return 1 / std::sqrt(variance + eps);
}

Arrays<double> with_dx_of_groups(const checks::LayerPoint& point,
                                 const std::function<Vector<double>(const NormalisedGroup&)>& dx_of) {
    const bool is_centred = !point.layer.is<RmsNorm>();
    const double ddof = point.layer.is<BatchNorm>() ? point.layer.facts().parameter("ddof") : 0;
    const Vector<double>& x = point.inputs[0].values();
    const Vector<double>& gamma = point.inputs[1].values();
    const auto group = group_of(point);
    std::map<Eigen::Index, std::vector<Eigen::Index>> groups;
    for (Eigen::Index n = 0; n < x.size(); ++n) groups[group(n)].push_back(n);
    Arrays<double> derivatives = point.pulled_back();
    for (const auto& [number, members] : groups) {
        std::vector<Eigen::Index> channels;
        for (const Eigen::Index n : members) channels.push_back(n % gamma.size());
        const Vector<double> numbers = x(members);
        const Vector<double> centred = numbers.array() - (is_centred ? numbers.mean() : 0);
        NormalisedGroup of{.x_hat = centred,
                           .dy = point.d_outputs[0].values()(members),
                           .gamma = gamma(channels),
                           .variance = 0,
                           .eps = point.layer.facts().parameter("eps"),
                           .degrees = static_cast<double>(members.size()) - ddof,
                           .is_centred = is_centred};
        of.variance = centred.squaredNorm() / of.degrees;
        of.x_hat *= of.scale();
        derivatives[0].values()(members) = dx_of(of);
    }
    return derivatives;
}

}  // namespace gradproof::diagnosis
