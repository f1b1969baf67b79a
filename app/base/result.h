// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"

#include <tl/expected.hpp>

namespace vitrine {

/// A value, or why there is none. Nothing here throws across a module's border.
template <typename T>
using Result = tl::expected<T, Error>;

/// The failing half of a Result: `return failure(ErrorKind::NotFound, path);`
inline tl::unexpected<Error> failure(ErrorKind kind, QString detail = {})
{
    return tl::make_unexpected(Error{kind, std::move(detail), std::nullopt});
}

inline tl::unexpected<Error> failure(Error error)
{
    return tl::make_unexpected(std::move(error));
}

} // namespace vitrine
