// SPDX-License-Identifier: MIT
#include "notes/layer_bindings.hpp"

#include <functional>
#include <string>
#include <tuple>
#include <utility>

#include "gradproof/layers/add.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/dense_rows.hpp"
#include "gradproof/layers/dropout.hpp"
#include "gradproof/layers/embedding.hpp"
#include "gradproof/layers/flatten.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"
#include "gradproof/layers/glu.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/max_pool2d.hpp"
#include "gradproof/layers/maxout.hpp"
#include "gradproof/layers/multi_head_attention.hpp"
#include "gradproof/layers/rms_norm.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"
#include "gradproof/layers/swiglu.hpp"
#include "notes/bound_function.hpp"

namespace gradproof::notes {
namespace {

double as_double(double x) {
    return x;
}
double as_double(const Real& x) {
    return static_cast<double>(x);
}
double as_double(const Rounded& x) {
    return x.value();
}

// A layer of the note's parameters, and its arrays of the note's symbols.
template <class F, class S>
struct LayerAt {
    F layer;
    Arrays<S> inputs;
    Arrays<S> d_outputs;
};

// Numbers of an array, in the order of NumPy; all of them if none are named.
using Places = std::vector<Eigen::Index>;

template <class S>
std::vector<S> chosen(const Array<S>& array, const Places& places) {
    std::vector<S> entries;
    for (const Eigen::Index place : places) entries.push_back(array.values()(place));
    if (places.empty()) entries.assign(array.values().begin(), array.values().end());
    return entries;
}

template <class S>
std::vector<gradproof::Shape> shapes(const Arrays<S>& arrays) {
    std::vector<gradproof::Shape> result;
    for (const Array<S>& one : arrays) result.push_back(one.shape());
    return result;
}

enum class Of { outputs, derivatives };

// What a layer gives for the values of the symbols. One function for each type of number, so that the ties below are
// compiled once and not for each layer.
template <class S>
using LayerOn = std::function<Arrays<S>(const Arguments<S>& at, Of of)>;

class Ties {
  public:
    // `setup` is generic in its scalar: <S>(const Arguments<S>&) -> LayerAt.
    template <class Setup>
    Ties(std::vector<Binding>& all, std::string name, std::vector<std::string> parameters, const Setup& setup)
        : all_(all), note_("layers/" + std::move(name)), parameters_(std::move(parameters)) {
        const auto run = [setup]<class S>(const Arguments<S>& at, Of of) -> Arrays<S> {
            const auto [layer, inputs, d_outputs] = setup(at);
            layer.require_shapes(shapes(inputs));
            return of == Of::outputs ? layer.forward(inputs) : layer.pull_back(inputs, d_outputs);
        };
        layer_ = {LayerOn<double>(run), LayerOn<Real>(run), LayerOn<Rounded>(run)};
    }

    Ties& output(const std::string& tag, std::size_t which, Places places = {}) {
        return add(tag, Of::outputs, which, std::move(places));
    }
    Ties& derivative(const std::string& tag, std::size_t which, Places places = {}) {
        return add(tag, Of::derivatives, which, std::move(places));
    }

  private:
    std::vector<Binding>& all_;
    std::string note_;
    std::vector<std::string> parameters_;
    std::tuple<LayerOn<double>, LayerOn<Real>, LayerOn<Rounded>> layer_;

    Ties& add(const std::string& tag, Of of, std::size_t which, Places places) {
        Binding binding = bound(note_, tag, [=, layer = layer_]<class S>(const Arguments<S>& at) {
            return chosen(std::get<LayerOn<S>>(layer)(at, of)[which], places);
        });
        binding.parameters = parameters_;
        all_.push_back(std::move(binding));
        return *this;
    }
};

template <class S>
Eigen::Index size(const Arguments<S>& at, const std::string& name) {
    return static_cast<Eigen::Index>(argument(at, name).entries.size());
}
template <class S>
gradproof::Shape shape(const Arguments<S>& at, const std::string& name) {
    return {argument(at, name).rows, argument(at, name).columns};
}

// One feature, which is a column.
void add_batch_norm(std::vector<Binding>& all) {
    Ties(all, "batch_norm", {"\\varepsilon"},
         []<class S>(const Arguments<S>& at) {
             const gradproof::Shape column{size(at, "x"), 1};
             return LayerAt<BatchNorm, S>{
                 {.eps = as_double(number(at, "\\varepsilon")), .ddof = as_double(number(at, "d"))},
                 {array(at, "x", column), array(at, "\\gamma", {1}), array(at, "\\beta", {1})},
                 {array(at, "u", column)}};
         })
        .output("y", 0)
        .derivative("dx", 0)
        .derivative("dgamma", 1)
        .derivative("dbeta", 2);
}

// One example, which is a row.
void add_layer_norm(std::vector<Binding>& all) {
    Ties(all, "layer_norm", {"\\varepsilon"},
         []<class S>(const Arguments<S>& at) {
             const Eigen::Index D = size(at, "x");
             return LayerAt<LayerNorm, S>{{.eps = as_double(number(at, "\\varepsilon"))},
                                          {array(at, "x", {1, D}), array(at, "\\gamma", {D}), array(at, "\\beta", {D})},
                                          {array(at, "u", {1, D})}};
         })
        .output("y", 0)
        .derivative("dx", 0)
        .derivative("dgamma", 1)
        .derivative("dbeta", 2);
}

void add_rms_norm(std::vector<Binding>& all) {
    Ties(all, "rms_norm", {"\\varepsilon"},
         []<class S>(const Arguments<S>& at) {
             const Eigen::Index D = size(at, "x");
             return LayerAt<RmsNorm, S>{{.eps = as_double(number(at, "\\varepsilon"))},
                                        {array(at, "x", {1, D}), array(at, "\\gamma", {D})},
                                        {array(at, "u", {1, D})}};
         })
        .output("y", 0)
        .derivative("dx", 0)
        .derivative("dgamma", 1);
}

void add_dropout(std::vector<Binding>& all) {
    Ties(all, "dropout", {"p"},
         []<class S>(const Arguments<S>& at) {
             const gradproof::Shape column = shape(at, "x");
             return LayerAt<Dropout, S>{{.keep = as_double(number(at, "p"))},
                                        {array(at, "x", column), array(at, "M", column)},
                                        {array(at, "u", column)}};
         })
        .output("y", 0)
        .derivative("dx", 0);
}

void add_rnn_cell(std::vector<Binding>& all) {
    Ties(all, "rnn_cell", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs;
             for (const auto* name : {"x", "p", "W", "V", "b"}) inputs.push_back(array(at, name, shape(at, name)));
             return LayerAt<RnnCell, S>{{}, std::move(inputs), {array(at, "u", shape(at, "u"))}};
         })
        .output("a_next", 0)
        .derivative("dxt", 0)
        .derivative("da_prev", 1)
        .derivative("dwax", 2)
        .derivative("dwaa", 3)
        .derivative("dba", 4);
}

// The weights and biases of one unit with one input: the weight of the state first, as in [a_prev; xt].
template <class S>
void add_gates(Arrays<S>& inputs, const Arguments<S>& at) {
    for (const auto& [gate, bias] : {std::pair("F", "b_{f}"), {"I", "b_{i}"}, {"G", "b_{c}"}, {"O", "b_{o}"}}) {
        Array<S> weights({1, 2});
        weights(0, 0) = number(at, std::string(gate) + "_{a}");
        weights(0, 1) = number(at, std::string(gate) + "_{x}");
        inputs.push_back(std::move(weights));
        inputs.push_back(array(at, bias, {1, 1}));
    }
}

void add_lstm_cell(std::vector<Binding>& all) {
    Ties(all, "lstm_cell", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs;
             for (const auto* name : {"x", "p", "q"}) inputs.push_back(array(at, name, {1, 1}));
             add_gates(inputs, at);
             return LayerAt<LstmCell, S>{{}, std::move(inputs), {array(at, "u", {1, 1}), array(at, "w", {1, 1})}};
         })
        .output("a_next", 0)
        .output("c_next", 1)
        .derivative("dxt", 0)
        .derivative("da_prev", 1)
        .derivative("dc_prev", 2)
        .derivative("dwf", 3, {0})
        .derivative("dbf", 4);
}

// One query.
void add_attention(std::vector<Binding>& all) {
    Ties(all, "attention", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<Attention, S>{
                 {},
                 {array(at, "q", {1, size(at, "q")}), array(at, "K", shape(at, "K")), array(at, "V", shape(at, "V"))},
                 {array(at, "u", {1, size(at, "u")})}};
         })
        .output("y", 0)
        .derivative("dq", 0)
        .derivative("dk", 1)
        .derivative("dv", 2);
}

void add_dense_rows(std::vector<Binding>& all) {
    Ties(all, "dense_rows", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<DenseRows, S>{
                 {},
                 {array(at, "x", shape(at, "x")), array(at, "W", shape(at, "W")), array(at, "b", {size(at, "b")})},
                 {array(at, "u", shape(at, "u"))}};
         })
        .output("y", 0)
        .derivative("dx", 0)
        .derivative("dw", 1)
        .derivative("db", 2);
}

// Two look-ups, as the row numbers of the 1 in f and in s.
void add_embedding(std::vector<Binding>& all) {
    Ties(all, "embedding", {},
         []<class S>(const Arguments<S>& at) {
             Array<S> index({2});
             for (Eigen::Index row = 0; row < size(at, "f"); ++row) {
                 const S number_of_row = S(static_cast<double>(row));
                 index(0) = index(0) + array(at, "f", {size(at, "f")})(row) * number_of_row;
                 index(1) = index(1) + array(at, "s", {size(at, "s")})(row) * number_of_row;
             }
             const Eigen::Index D = size(at, "u");
             Array<S> dy({2, D});
             for (Eigen::Index d = 0; d < D; ++d) {
                 dy(0, d) = array(at, "u", {D})(d);
                 dy(1, d) = array(at, "w", {D})(d);
             }
             return LayerAt<Embedding, S>{{}, {array(at, "T", shape(at, "T")), index}, {dy}};
         })
        .output("y", 0, {0, 1})
        .derivative("dc", 0);
}

// A row of pixels is an image with padding above and below, where the window's other rows meet zeros only.
void add_conv2d(std::vector<Binding>& all) {
    Ties(all, "conv2d", {},
         []<class S>(const Arguments<S>& at) {
             Array<S> W({3, 3, 1, 1}, S(1));
             for (Eigen::Index q = 0; q < 3; ++q) W(1, q, 0, 0) = array(at, "w", {3})(q);
             return LayerAt<Conv2d, S>{{.stride = 2, .padding = 1},
                                       {array(at, "a", {1, 1, 5, 1}), W, array(at, "b", {1})},
                                       {array(at, "u", {1, 1, 3, 1})}};
         })
        .output("z", 0, {1})
        .derivative("da_prev", 0, {1})
        .derivative("dw", 1, {4})
        .derivative("db", 2);
}

// Below the row of pixels lies another that has none of the largest.
void add_max_pool2d(std::vector<Binding>& all) {
    Ties(all, "max_pool2d", {},
         []<class S>(const Arguments<S>& at) {
             Array<S> image({1, 2, 3, 1}, S(-1e6));
             for (Eigen::Index w = 0; w < 3; ++w) image(0, 0, w, 0) = array(at, "x", {3})(w);
             return LayerAt<MaxPool2d, S>{{.size = 2, .stride = 1}, {image}, {array(at, "u", {1, 1, 2, 1})}};
         })
        .output("a", 0, {0})
        .derivative("da_prev", 0, {1});
}

void add_average_pool2d(std::vector<Binding>& all) {
    Ties(all, "average_pool2d", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<AveragePool2d, S>{
                 {.size = 2, .stride = 1}, {array(at, "x", {1, 2, 3, 1})}, {array(at, "u", {1, 1, 2, 1})}};
         })
        .output("a", 0, {0})
        .derivative("da_prev", 0, {1, 4});
}

// One unit, one input, one example: a step is a number.
void add_rnn(std::vector<Binding>& all) {
    Ties(all, "rnn", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs{array(at, "x", {1, 1, 3})};
             for (const auto* name : {"q", "w", "v", "b"}) inputs.push_back(array(at, name, {1, 1}));
             return LayerAt<Rnn, S>{{}, std::move(inputs), {array(at, "u", {1, 1, 3})}};
         })
        .output("a", 0, {2})
        .derivative("dx", 0, {0})
        .derivative("da0", 1)
        .derivative("dwax", 2)
        .derivative("dwaa", 3)
        .derivative("dba", 4);
}

void add_lstm(std::vector<Binding>& all) {
    Ties(all, "lstm", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs{array(at, "x", {1, 1, 2}), array(at, "q", {1, 1})};
             add_gates(inputs, at);
             return LayerAt<Lstm, S>{{}, std::move(inputs), {array(at, "u", {1, 1, 2})}};
         })
        .output("a", 0, {1})
        .derivative("dwf", 2, {0})
        .derivative("dwi", 4, {0})
        .derivative("dbi", 5);
}

// The note's group of channels and another one beside it, whose numbers must not come in.
struct BesideAnotherGroup {
    GroupNorm layer;

    void require_shapes(std::vector<gradproof::Shape> shapes) const {
        for (gradproof::Shape& shape : shapes) shape.back() *= 2;
        layer.require_shapes(shapes);
    }
    template <class S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return first_groups(layer.forward(with_others(in)));
    }
    template <class S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        return first_groups(layer.pull_back(with_others(in), with_others(d_out)));
    }

  private:
    template <class S>
    static Arrays<S> with_others(const Arrays<S>& groups) {
        Arrays<S> result;
        for (const Array<S>& group : groups) {
            gradproof::Shape shape = group.shape();
            const Eigen::Index channels = shape.back();
            shape.back() *= 2;
            Array<S> both(shape);
            for (Eigen::Index n = 0; n < both.size(); ++n)
                both.values()(n) = n / channels % 2 == 0 ? group.values()(n / (2 * channels) * channels + n % channels)
                                                         : S(static_cast<double>(n % 3) - 0.5);
            result.push_back(std::move(both));
        }
        return result;
    }
    template <class S>
    static Arrays<S> first_groups(const Arrays<S>& both) {
        Arrays<S> result;
        for (const Array<S>& one : both) {
            gradproof::Shape shape = one.shape();
            shape.back() /= 2;
            const Eigen::Index channels = shape.back();
            Array<S> group(shape);
            for (Eigen::Index n = 0; n < group.size(); ++n)
                group.values()(n) = one.values()(n / channels * 2 * channels + n % channels);
            result.push_back(std::move(group));
        }
        return result;
    }
};

// One example.
void add_group_norm(std::vector<Binding>& all) {
    Ties(all, "group_norm", {"\\varepsilon"},
         []<class S>(const Arguments<S>& at) {
             const Eigen::Index P = argument(at, "x").rows;
             const Eigen::Index C = argument(at, "x").columns;
             return LayerAt<BesideAnotherGroup, S>{
                 {{.groups = 2, .eps = as_double(number(at, "\\varepsilon"))}},
                 {array(at, "x", {1, P, C}), array(at, "\\gamma", {C}), array(at, "\\beta", {C})},
                 {array(at, "u", {1, P, C})}};
         })
        .output("y", 0)
        .derivative("dx", 0)
        .derivative("dgamma", 1)
        .derivative("dbeta", 2);
}

// One unit, one input, one example: as in the inputs of the layer, the gates' weights of the input first.
template <class S>
void add_gated_sums(Arrays<S>& inputs, const Arguments<S>& at) {
    for (const auto* name :
         {"R_{x}", "Z_{x}", "N_{x}", "R_{h}", "Z_{h}", "N_{h}", "b_{r}", "b_{z}", "b_{n}", "c_{r}", "c_{z}", "c_{n}"})
        inputs.push_back(array(at, name, {1, 1}));
}

void add_gru_cell(std::vector<Binding>& all) {
    Ties(all, "gru_cell", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs{array(at, "x", {1, 1}), array(at, "p", {1, 1})};
             add_gated_sums(inputs, at);
             return LayerAt<GruCell, S>{{}, std::move(inputs), {array(at, "u", {1, 1})}};
         })
        .output("h_next", 0)
        .derivative("dxt", 0)
        .derivative("dh_prev", 1)
        .derivative("dwrx", 2)
        .derivative("dwnx", 4)
        .derivative("dwzh", 6)
        .derivative("dwnh", 7)
        .derivative("dbnx", 10)
        .derivative("dbnh", 13);
}

void add_gru(std::vector<Binding>& all) {
    Ties(all, "gru", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs{array(at, "x", {1, 1, 2}), array(at, "p", {1, 1})};
             add_gated_sums(inputs, at);
             return LayerAt<Gru, S>{{}, std::move(inputs), {array(at, "u", {1, 1, 2})}};
         })
        .output("h", 0, {1})
        .derivative("dh0", 1)
        .derivative("dwrx", 2)
        .derivative("dwnh", 7)
        .derivative("dbnh", 13);
}

// The mask, two heads with a column each.
void add_multi_head_attention(std::vector<Binding>& all) {
    Ties(all, "multi_head_attention", {},
         []<class S>(const Arguments<S>& at) {
             Arrays<S> inputs{array(at, "x", {2, 1})};
             for (const auto* name : {"F", "G", "B"}) inputs.push_back(array(at, name, {1, 2}));
             inputs.push_back(array(at, "w", {2, 1}));
             return LayerAt<MultiHeadAttention, S>{
                 {.heads = 2, .causal = 1}, std::move(inputs), {array(at, "u", {2, 1})}};
         })
        .output("y", 0, {1})
        .derivative("dx", 0, {1})
        .derivative("dwq", 1)
        .derivative("dwk", 2)
        .derivative("dwv", 3)
        .derivative("dwo", 4);
}

void add_conv1d(std::vector<Binding>& all) {
    Ties(all, "conv1d", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<Conv1d, S>{{.dilation = 2},
                                       {array(at, "A", {1, 5, 2}), array(at, "W", {2, 2, 1}), array(at, "b", {1})},
                                       {array(at, "u", {1, 3, 1})}};
         })
        .output("z", 0, {0})
        .derivative("da_prev", 0, {4, 5})
        .derivative("dw", 1, {0, 1})
        .derivative("db", 2);
}

// As in conv2d the window's other rows meet the padding only.
void add_conv_transpose2d(std::vector<Binding>& all) {
    Ties(all, "conv_transpose2d", {},
         []<class S>(const Arguments<S>& at) {
             Array<S> W({3, 3, 1, 1}, S(1));
             for (Eigen::Index q = 0; q < 3; ++q) W(1, q, 0, 0) = array(at, "w", {3})(q);
             return LayerAt<ConvTranspose2d, S>{{.stride = 2, .padding = 1},
                                                {array(at, "a", {1, 1, 3, 1}), W, array(at, "b", {1})},
                                                {array(at, "u", {1, 1, 5, 1})}};
         })
        .output("z", 0, {1})
        .derivative("da_prev", 0, {1})
        .derivative("dw", 1, {3})
        .derivative("db", 2);
}

void add_flatten(std::vector<Binding>& all) {
    Ties(all, "flatten", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<Flatten, S>{{}, {array(at, "X", {1, 2, 3})}, {array(at, "u", {1, 6})}};
         })
        .output("a", 0, {3})
        .derivative("da_prev", 0, {3});
}

// A row of two units, its first half and then its second.
void add_glu(std::vector<Binding>& all) {
    Ties(all, "glu", {},
         []<class S>(const Arguments<S>& at) {
             const Eigen::Index n = size(at, "a");
             Array<S> x({1, 2 * n});
             x.values() << array(at, "a", {n}).values(), array(at, "b", {n}).values();
             return LayerAt<Glu, S>{{}, {x}, {array(at, "u", {1, n})}};
         })
        .output("y", 0)
        .derivative("da", 0, {0, 1, 2})
        .derivative("db", 0, {3, 4, 5});
}

void add_swiglu(std::vector<Binding>& all) {
    Ties(all, "swiglu", {},
         []<class S>(const Arguments<S>& at) {
             const gradproof::Shape units{size(at, "u")};
             return LayerAt<Swiglu, S>{{}, {array(at, "s", units), array(at, "v", units)}, {array(at, "u", units)}};
         })
        .output("y", 0)
        .derivative("dgate", 0)
        .derivative("dup", 1);
}

void add_maxout(std::vector<Binding>& all) {
    Ties(all, "maxout", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<Maxout, S>{{}, {array(at, "x", {1, 4})}, {array(at, "u", {1, 2})}};
         })
        .output("y", 0, {0})
        .derivative("dx", 0, {3});
}

// One label; the note makes its variance of its logarithm.
void add_gaussian_negative_log_likelihood(std::vector<Binding>& all) {
    Ties(all, "gaussian_negative_log_likelihood", {},
         []<class S>(const Arguments<S>& at) {
             const Array<S> variance({1}, S(exp(number(at, "s"))));
             return LayerAt<GaussianNegativeLogLikelihood, S>{
                 {}, {array(at, "\\mu", {1}), variance, array(at, "y", {1})}, {array(at, "u", {1})}};
         })
        .output("loss", 0)
        .derivative("dmean", 0)
        .derivative("dvariance", 1)
        .derivative("dy", 2);
}

void add_residual_connection(std::vector<Binding>& all) {
    Ties(all, "add", {},
         []<class S>(const Arguments<S>& at) {
             return LayerAt<Add, S>{{},
                                    {array(at, "x", {size(at, "x")}), array(at, "f", {size(at, "f")})},
                                    {array(at, "u", {size(at, "u")})}};
         })
        .output("y", 0)
        .derivative("dx", 0)
        .derivative("df", 1);
}

}  // namespace

std::vector<Binding> layer_bindings() {
    std::vector<Binding> all;
    add_batch_norm(all);
    add_layer_norm(all);
    add_rms_norm(all);
    add_dropout(all);
    add_rnn_cell(all);
    add_lstm_cell(all);
    add_attention(all);
    add_dense_rows(all);
    add_embedding(all);
    add_conv2d(all);
    add_max_pool2d(all);
    add_average_pool2d(all);
    add_rnn(all);
    add_lstm(all);
    add_group_norm(all);
    add_gru_cell(all);
    add_gru(all);
    add_multi_head_attention(all);
    add_conv1d(all);
    add_conv_transpose2d(all);
    add_flatten(all);
    add_maxout(all);
    add_glu(all);
    add_swiglu(all);
    add_gaussian_negative_log_likelihood(all);
    add_residual_connection(all);
    return all;
}

}  // namespace gradproof::notes
