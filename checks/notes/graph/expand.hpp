// SPDX-License-Identifier: MIT
//
// From trees to scalars: a claim at given sizes becomes a question on a graph.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "notes/graph/extent.hpp"
#include "notes/graph/graph.hpp"
#include "notes/reader/document.hpp"
#include "notes/reader/sizes.hpp"

namespace gradproof::notes {

/// The entries of a matrix, row by row.
struct Entries {
    int rows = 1;
    int columns = 1;
    std::vector<NodeId> nodes;
};

/// Expands trees into one graph, at one choice of sizes. Definitions and calls are expanded once and remembered.
class Expander {
  public:
    Expander(const std::vector<Symbol>& symbols, Graph& graph, Sizes sizes)
        : symbols_(symbols), graph_(graph), extents_(graph), sizes_(std::move(sizes)) {}

    /// What a claim asks. Throws NoteError where an index leaves its range, something is differentiated by what it does
    /// not depend on, or a formula is too large to expand (bounds.hpp).
    Question question(const Claim& claim, const std::filesystem::path& file);

    /// The entries of a tree, with values for its free indices.
    Entries entries(const Tree& tree, const std::map<std::string, int>& indices = {});

    /// Forgets definitions and calls, so that changed definitions are expanded anew.
    void forget();

    /// Forgets what concerns graph nodes from `size` on.
    void shrink(std::size_t size);

  private:
    struct Frame {  // what is bound where a body is expanded
        std::map<std::string, int> indices;
        std::map<int, Entries> parameters;
    };

    const std::vector<Symbol>& symbols_;
    Graph& graph_;
    Extents extents_;
    Sizes sizes_;
    std::filesystem::path file_;
    bool zero_is_claimed_ = false;  // "= 0" is written, so that a derivative may vanish for want of dependence
    int depth_ = 0;
    long steps_ = 0;
    std::size_t size_before_ = 0;  // of the graph, when the claim came
    const Tree* at_ = nullptr;     // what is being expanded
    std::map<int, Entries> definitions_;
    std::map<std::pair<int, std::vector<NodeId>>, Entries> calls_;

    const Symbol& symbol(const Tree& tree) const { return symbols_[static_cast<std::size_t>(tree.symbol)]; }
    [[noreturn]] void fail(const Tree& at, const std::string& message) const;
    [[noreturn]] void too_large(const Tree& at, const std::string& why) const;
    void require_power_in_bounds(const GraphNode& node);
    NodeId add(GraphNode node);
    int size_of(const Dimension& dimension, const Tree& at) const;
    int index_value(const Tree& tree, const Frame& frame) const;
    bool indices_meet(const std::vector<Tree>& conditions, const std::map<std::string, int>& indices) const;
    void add_instances(const Claim& claim, const std::map<std::string, int>& indices, Question& question);
    void add_condition(const Tree& condition, Question& question);
    bool narrow(const Tree& condition, Question& question) const;
    NodeId compare(Relation relation, NodeId left, NodeId right);
    NodeId membership(const Tree& tree, const Frame& frame);

    Entries expand(const Tree& tree, const Frame& frame);
    Entries expand_node(const Tree& tree, const Frame& frame);
    Entries symbol_entries(const Tree& tree, const Frame& frame);
    Entries definition(const Tree& tree);
    Entries call(const Tree& tree, const Frame& frame);
    Entries call_with(const Tree& tree, const Symbol& function, std::vector<Entries> arguments);
    NodeId opaque(const Tree& tree, std::vector<NodeId> arguments);
    Entries entry(const Tree& tree, const Frame& frame);
    Entries over(const Tree& tree, const Frame& frame);
    Entries derivative(const Tree& tree, const Frame& frame);
    NodeId derivative_of(NodeId top, NodeId by);
    Entries entrywise(Operation operation, const Tree& tree, const Frame& frame);
    Entries matrix_product(const Entries& left, const Entries& right, const Tree& tree);
    NodeId determinant(const Entries& matrix, const Tree& tree);
    NodeId combine(Operation operation, std::vector<NodeId> children, std::string text = {});
    NodeId sum(std::vector<NodeId> terms);
    NodeId alias(int symbol, int row, int column, NodeId child);
    std::string why_independent(const Tree& top, const Tree& by, const std::vector<NodeId>& tops,
                                const std::vector<NodeId>& bys) const;
};

/// Sets the margins of an \approx claim from the digits written. Throws NoteError (with an empty file) if there are
/// none.
void set_margins(const Claim& claim, Question& question, const std::filesystem::path& file);

}  // namespace gradproof::notes
