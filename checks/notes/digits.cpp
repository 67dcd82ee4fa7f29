// SPDX-License-Identifier: MIT
//
// \approx: how many digits are claimed is read off the digits written.
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "notes/graph/expand.hpp"

namespace gradproof::notes {
namespace {

// Half a unit of the last digit written, as an exponent of ten: 0.2500 -> 5e-5, 9.54 \cdot 10^{-7} -> 5e-10.
std::optional<int> last_digit(const Tree& tree) {
    switch (tree.kind) {
        case Kind::number: {
            const auto point = tree.text.find('.');
            return point == std::string::npos ? 0 : -static_cast<int>(tree.text.size() - point - 1);
        }
        case Kind::negate:
            return last_digit(tree.children[0]);
        case Kind::product: {
            const Tree& power = tree.children[1];
            if (power.kind != Kind::power || power.children[0].text != "10") return std::nullopt;
            const Tree& exponent = power.children[1];
            const bool negative = exponent.kind == Kind::negate;
            const Tree& digits = negative ? exponent.children[0] : exponent;
            const auto head = last_digit(tree.children[0]);
            int value = 0;
            if (digits.kind != Kind::number || !head) return std::nullopt;
            const auto [end, error] =
                std::from_chars(digits.text.data(), digits.text.data() + digits.text.size(), value);
            if (error != std::errc{} || end != digits.text.data() + digits.text.size() || value > 300)
                return std::nullopt;
            return *head + (negative ? -value : value);
        }
        default:
            return std::nullopt;
    }
}

}  // namespace

void set_margins(const Claim& claim, Question& question, const std::filesystem::path& file) {
    const bool right_is_written = claim.right.kind == Kind::matrix || last_digit(claim.right).has_value();
    const Tree& written = right_is_written ? claim.right : claim.left;
    const auto margin = [&](const Tree& tree) {
        const auto exponent = last_digit(tree);
        if (!exponent)
            throw NoteError(file, claim.where,
                            "\\approx compares with a number written in digits, such as 0.2500 or 9.54 \\cdot 10^{-7}");
        return fmt::format("5e{}", *exponent - 1);
    };
    if (written.kind != Kind::matrix) {
        const auto one = margin(written);
        for (auto& instance : question.instances) instance.margin = one;
        return;
    }
    for (std::size_t i = 0; i < question.instances.size(); ++i)
        question.instances[i].margin = margin(written.children[i % written.children.size()]);
}

}  // namespace gradproof::notes
