// SPDX-License-Identifier: MIT
#include "diagnosis/npz/other_formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "diagnosis/npz/array.hpp"

namespace gradproof::npz {
namespace {

struct Format {
    std::string_view extension;
    std::string_view imports;
    std::string_view arrays;  ///< a dict of all arrays in the file {}
};

constexpr std::string_view of_torch = "{{k: v.detach().numpy() for k, v in torch.load(\"{}\").items()}}";
constexpr std::string_view of_pickle = "pickle.load(open(\"{}\", \"rb\"))";
constexpr std::string_view of_hdf5 = "{{k: v[()] for k, v in h5py.File(\"{}\").items()}}";

constexpr Format formats[] = {
    {".mat", "from scipy.io import loadmat",
     "{{k: v for k, v in loadmat(\"{}\").items() if not k.startswith(\"__\")}}"},
    {".pt", "import torch", of_torch},
    {".pth", "import torch", of_torch},
    {".safetensors", "from safetensors.numpy import load_file", "load_file(\"{}\")"},
    {".h5", "import h5py", of_hdf5},
    {".hdf5", "import h5py", of_hdf5},
    {".pkl", "import pickle", of_pickle},
    {".pickle", "import pickle", of_pickle},
};

}  // namespace

std::string how_to_convert(const std::filesystem::path& file) {
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto format = std::ranges::find(formats, extension, &Format::extension);
    if (format == std::end(formats)) return "";
    const std::string name = printable(file.filename().string());
    return fmt::format("{}; import numpy as np; np.savez(\"{}.npz\", **{})", format->imports,
                       printable(file.stem().string()), fmt::format(fmt::runtime(format->arrays), name));
}

}  // namespace gradproof::npz
