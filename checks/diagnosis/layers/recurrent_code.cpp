// SPDX-License-Identifier: MIT
#include "diagnosis/layers/recurrent_code.hpp"

#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"
#include "gradproof/time_steps.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::LayerPoint;
using M = Matrix<double>;

AnyLayer cell_of(const AnyLayer& layer) {
    if (is_lstm(layer)) return LstmCell{};
    if (is_gru(layer)) return GruCell{};
    return RnnCell{};
}

// What the cell takes at each step: xt, the state before, of a long short-term memory the memory before, the weights.
std::vector<Arrays<double>> inputs_of_steps(const LayerPoint& point) {
    const AnyLayer cell = cell_of(point.layer);
    Arrays<double> of_step = point.inputs;
    if (is_lstm(point.layer)) of_step.insert(of_step.begin() + 2, Array<double>(point.inputs[1].shape()));
    std::vector<Arrays<double>> steps;
    for (Eigen::Index t = 0; t < point.inputs[0].dim(2); ++t) {
        of_step[0] = step_of(point.inputs[0], t);
        steps.push_back(of_step);
        const Arrays<double> next = cell.forward(of_step);
        for (std::size_t n = 0; n < next.size(); ++n) of_step[1 + n] = next[n];
    }
    return steps;
}

Arrays<double> back(const LayerPoint& point, const StepsBack& how, const CellBack& cell) {
    const std::vector<Arrays<double>> steps = inputs_of_steps(point);
    const Array<double>& da = point.d_outputs[0];
    const Eigen::Index T = point.inputs[0].dim(2);
    const std::size_t states = is_lstm(point.layer) ? 2 : 1;
    const Array<double> zero(point.inputs[1].shape());
    Arrays<double> derivatives = zeros_like(point.inputs);
    Arrays<double> carried(states, zero);
    Arrays<double> d_step;
    for (Eigen::Index t = T - 1; t >= 0; --t) {
        if (how.upstream == Upstream::of_each_step || (how.upstream == Upstream::of_last_step && t == T - 1))
            carried[0] = sum_of(carried[0], step_of(da, t));
        d_step = cell(steps[static_cast<std::size_t>(t)], carried);
        set_step(derivatives[0], t, d_step[0]);
        carried[0] = how.is_state_carried ? d_step[1] : zero;
        if (states == 2) carried[1] = how.is_memory_carried ? d_step[2] : zero;
        for (std::size_t n = 2; n < derivatives.size(); ++n) {
            const Array<double>& of_step = d_step[n + states - 1];
            derivatives[n] = how.are_weights_summed ? sum_of(derivatives[n], of_step) : of_step;
        }
    }
    derivatives[1] = d_step[1];
    return derivatives;
}

M each(double (*function)(double), const M& of) {
    return of.unaryExpr(function);
}

// W [a_prev; xt] + b
M gate(const Arrays<double>& in, std::size_t W, const M& both) {
    return (as_matrix(in[W]) * both).colwise() + in[W + 1].values();
}

// Where the gates' weights of the input begin among the inputs of a gated recurrent unit, those of the state, and the
// biases of both.
constexpr std::size_t Wx = 2;
constexpr std::size_t Wh = 5;
constexpr std::size_t bx = 8;
constexpr std::size_t bh = 11;

double sigmoid(double z) {
    return 1 / (1 + std::exp(-z));
}

}  // namespace

bool is_lstm(const AnyLayer& layer) {
    return layer.is<Lstm>() || layer.is<LstmCell>();
}

bool is_gru(const AnyLayer& layer) {
    return layer.is<Gru>() || layer.is<GruCell>();
}

Arrays<double> back_through_time(const LayerPoint& point, const StepsBack& how) {
    const AnyLayer cell = cell_of(point.layer);
    return back(point, how, [&cell](const Arrays<double>& inputs, const Arrays<double>& d_outputs) {
        return cell.pull_back(inputs, d_outputs);
    });
}

Arrays<double> with_cell(const LayerPoint& point, const CellBack& cell) {
    const bool is_cell = point.layer.is<RnnCell>() || point.layer.is<LstmCell>() || point.layer.is<GruCell>();
    return is_cell ? cell(point.inputs, point.d_outputs) : back(point, {}, cell);
}

CellBack rnn_cell_back(double (*slope)(double z, double a_prev)) {
    return [slope](const Arrays<double>& in, const Arrays<double>& d_out) -> Arrays<double> {
        const M xt = as_matrix(in[0]);
        const M a_prev = as_matrix(in[1]);
        const M Wax = as_matrix(in[2]);
        const M Waa = as_matrix(in[3]);
        const M z = (Wax * xt + Waa * a_prev).colwise() + in[4].values();
        const M dz = as_matrix(d_out[0]).cwiseProduct(z.binaryExpr(a_prev, slope));
        return {as_array(M(Wax.transpose() * dz), in[0].shape()), as_array(M(Waa.transpose() * dz), in[1].shape()),
                as_array(M(dz * xt.transpose()), in[2].shape()), as_array(M(dz * a_prev.transpose()), in[3].shape()),
                as_array(M(dz.rowwise().sum()), in[4].shape())};
    };
}

CellBack lstm_cell_back(const LstmBack& how) {
    return [how](const Arrays<double>& in, const Arrays<double>& d_out) {
        const Eigen::Index n_x = in[0].dim(0);
        const Eigen::Index n_a = in[1].dim(0);
        M both(n_a + n_x, in[0].dim(1));
        both << as_matrix(in[1]), as_matrix(in[0]);
        const M c_prev = as_matrix(in[2]);
        const M f = each(sigmoid, gate(in, 3, both));
        const M i = each(sigmoid, gate(in, 5, both));
        const M candidate = each([](double z) { return std::tanh(z); }, gate(in, 7, both));
        const M o = each(sigmoid, gate(in, 9, both));
        const M c_next = f.cwiseProduct(c_prev) + i.cwiseProduct(candidate);
        const M da = as_matrix(d_out[0]);
        M dc = da.cwiseProduct(o).cwiseProduct(each(how.memory_slope, c_next));
        if (how.has_dc_next) dc += as_matrix(d_out[1]);
        const M dz[]{dc.cwiseProduct(c_prev).cwiseProduct(each(how.forget_slope, f)),
                     dc.cwiseProduct(candidate).cwiseProduct(each(how.gate_slope, i)),
                     dc.cwiseProduct(i).cwiseProduct(each(how.candidate_slope, candidate)),
                     da.cwiseProduct(each(how.memory_value, c_next)).cwiseProduct(each(how.gate_slope, o))};
        M d_both = M::Zero(both.rows(), both.cols());
        Arrays<double> d_in(in.size());
        for (std::size_t n = 0; n < 4; ++n) {
            d_both += as_matrix(in[3 + 2 * n]).transpose() * dz[n];
            d_in[3 + 2 * n] = as_array(M(dz[n] * both.transpose()), in[3 + 2 * n].shape());
            d_in[4 + 2 * n] = as_array(M(dz[n].rowwise().sum()), in[4 + 2 * n].shape());
        }
        const M dxt = how.is_input_first ? d_both.topRows(n_x) : d_both.bottomRows(n_x);
        const M da_prev = how.is_input_first ? d_both.bottomRows(n_a) : d_both.topRows(n_a);
        d_in[0] = as_array(dxt, in[0].shape());
        d_in[1] = as_array(da_prev, in[1].shape());
        d_in[2] = as_array(M(dc.cwiseProduct(f)), in[2].shape());
        return d_in;
    };
}

CellBack gru_cell_back(const GruBack& how) {
    return [how](const Arrays<double>& in, const Arrays<double>& d_out) {
        const M xt = as_matrix(in[0]);
        const M h_prev = as_matrix(in[1]);
        const M dh = as_matrix(d_out[0]);
        const auto sums_of_gate = [&](std::size_t gate) -> M {
            return (as_matrix(in[Wx + gate]) * xt + as_matrix(in[Wh + gate]) * h_prev).colwise() +
                   (in[bx + gate].values() + in[bh + gate].values());
        };
        const M r = each(sigmoid, sums_of_gate(0));
        const M z = each(sigmoid, sums_of_gate(1));
        const M of_state = as_matrix(in[Wh + 2]) * h_prev;
        const M with_bias = of_state.colwise() + in[bh + 2].values();
        const M of_input = (as_matrix(in[Wx + 2]) * xt).colwise() + in[bx + 2].values();
        const M n = each([](double sum) { return std::tanh(sum); }, of_input + r.cwiseProduct(with_bias));
        const M kept = how.is_state_kept_by_update ? z : M(1 - z.array());
        const M dz = dh.cwiseProduct(how.is_state_kept_by_update ? M(h_prev - n) : M(n - h_prev));
        const M d_n = (dh - dh.cwiseProduct(kept)).cwiseProduct(each(how.candidate_slope, n));
        const M dr = d_n.cwiseProduct(how.is_bias_inside_reset ? with_bias : of_state);
        const M d_of_state = d_n.cwiseProduct(r);
        const M d_input_sums[]{dr.cwiseProduct(each(how.gate_slope, r)), dz.cwiseProduct(each(how.gate_slope, z)), d_n};
        const M d_state_sums[]{d_input_sums[0], d_input_sums[1], d_of_state};
        M dxt = M::Zero(xt.rows(), xt.cols());
        M dh_prev = how.has_direct_path ? M(dh.cwiseProduct(kept)) : M(M::Zero(h_prev.rows(), h_prev.cols()));
        Arrays<double> d_in(in.size());
        const auto bias = [](const M& d_sum) {
            return as_array(M(d_sum.rowwise().sum()), {d_sum.rows(), Eigen::Index{1}});
        };
        for (std::size_t gate = 0; gate < 3; ++gate) {
            dxt += as_matrix(in[Wx + gate]).transpose() * d_input_sums[gate];
            dh_prev += as_matrix(in[Wh + gate]).transpose() * d_state_sums[gate];
            d_in[Wx + gate] = as_array(M(d_input_sums[gate] * xt.transpose()), in[Wx + gate].shape());
            d_in[Wh + gate] = as_array(M(d_state_sums[gate] * h_prev.transpose()), in[Wh + gate].shape());
            d_in[bx + gate] = bias(d_input_sums[gate]);
            d_in[bh + gate] = bias(d_state_sums[gate]);
        }
        if (!how.is_bias_inside_reset) d_in[bh + 2] = bias(d_n);
        d_in[0] = as_array(dxt, in[0].shape());
        d_in[1] = as_array(dh_prev, in[1].shape());
        return d_in;
    };
}

}  // namespace gradproof::diagnosis
