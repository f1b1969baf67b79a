// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <functional>

namespace vitrine::api {

/// Shows a person the page at an address; false where that cannot be.
using Browser = std::function<bool(const QUrl& page)>;

} // namespace vitrine::api
