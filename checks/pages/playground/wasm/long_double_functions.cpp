// SPDX-License-Identifier: MIT
//
// The functions of the C library that it computes in double: these take their place when the program is linked.
#include "pages/playground/wasm/elementary_functions.hpp"

namespace functions = gradproof::playground;

extern "C" {
long double expl(long double x) {
    return functions::exp(x);
}
long double expm1l(long double x) {
    return functions::expm1(x);
}
long double logl(long double x) {
    return functions::log(x);
}
long double log1pl(long double x) {
    return functions::log1p(x);
}
long double tanhl(long double x) {
    return functions::tanh(x);
}
long double sinhl(long double x) {
    return functions::sinh(x);
}
long double coshl(long double x) {
    return functions::cosh(x);
}
long double erfl(long double x) {
    return functions::erf(x);
}
long double erfcl(long double x) {
    return functions::erfc(x);
}
}
