// SPDX-License-Identifier: MIT
//
// A recurrent network of three steps: the same weights at each, so that their derivative is a sum.
#include <string>

#include "pages/pictures/drawing.hpp"
#include "pages/pictures/pictures.hpp"

namespace gradproof::pictures {

std::string three_steps_through_time() {
    constexpr double box = 64;
    constexpr double between = 60;
    Drawing drawing{
        .title =
            "A recurrent network of three steps. Forward each state goes on to the next; on the way back a state "
            "gets derivatives from above and from the next step, and the derivatives of the weights are "
            "sums over the steps.",
        .width = 460,
        .height = 272};
    constexpr double top = 100;
    constexpr double middle = top + box / 2;
    double x = 62;
    add_text(drawing, {20, middle - 14}, "a0", Align::middle, "m0");
    add_arrow(drawing, {14, middle - 7}, {x - 3, middle - 7}, "c0");
    add_arrow(drawing, {x - 2, middle + 8}, {14, middle + 8}, "c1", true);
    add_text(drawing, {22, middle + 26}, "da0", Align::middle, "m1");
    for (int t = 1; t <= 3; ++t) {
        const std::string step = std::to_string(t);
        const double centre = x + box / 2;
        add_box(drawing, {x, top}, box, box, "w, v, b");
        add_arrow(drawing, {centre - 7, top - 2}, {centre - 7, top - 40}, "c0");
        add_arrow(drawing, {centre + 7, top - 40}, {centre + 7, top - 3}, "c1", true);
        add_text(drawing, {centre - 12, top - 50}, "a" + step, Align::right, "m0");
        add_text(drawing, {centre + 6, top - 50}, "u" + step, Align::left, "m1");
        add_arrow(drawing, {centre - 7, top + box + 40}, {centre - 7, top + box + 3}, "c0");
        add_arrow(drawing, {centre + 7, top + box + 2}, {centre + 7, top + box + 39}, "c1", true);
        add_text(drawing, {centre - 12, top + box + 56}, "x" + step, Align::right, "m0");
        add_text(drawing, {centre + 6, top + box + 56}, "dx" + step, Align::left, "m1");
        if (t < 3) {
            const double end = x + box + between;
            add_arrow(drawing, {x + box + 2, middle - 7}, {end - 3, middle - 7}, "c0");
            add_arrow(drawing, {end - 2, middle + 8}, {x + box + 3, middle + 8}, "c1", true);
            add_text(drawing, {x + box + between / 2, middle - 14}, "a" + step, Align::middle, "m0");
        }
        x += box + between;
    }
    add_text(drawing, {62, 24}, "forward →", Align::left, "m0");
    add_text(drawing, {190, 24}, "← backward", Align::left, "m1");
    add_text(drawing, {20, 258}, "dw, dv, db: the sums of what the three steps give", Align::left, "m2");
    return svg_file(drawing);
}

}  // namespace gradproof::pictures
