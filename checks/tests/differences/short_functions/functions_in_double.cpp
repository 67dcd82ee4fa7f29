// SPDX-License-Identifier: MIT
//
// A C library that computes the functions of long double in double, as there are: in a program that is linked with
// this, these stand in the place of the real ones.
#include <cmath>

namespace {

template <class Function>
long double in_double(Function function, long double x) {
    return static_cast<long double>(function(static_cast<double>(x)));
}

}  // namespace

extern "C" {
long double expl(long double x) {
    return in_double([](double y) { return std::exp(y); }, x);
}
long double expm1l(long double x) {
    return in_double([](double y) { return std::expm1(y); }, x);
}
long double logl(long double x) {
    return in_double([](double y) { return std::log(y); }, x);
}
long double log1pl(long double x) {
    return in_double([](double y) { return std::log1p(y); }, x);
}
long double tanhl(long double x) {
    return in_double([](double y) { return std::tanh(y); }, x);
}
long double coshl(long double x) {
    return in_double([](double y) { return std::cosh(y); }, x);
}
}
