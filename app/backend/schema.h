// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/database.h"

#include <span>

namespace vitrine::backend {

/// The tables of a data directory.
std::span<const storage::Migration> migrations();

/// Where they are kept.
QString databasePath(const QString& dataDirectory);

} // namespace vitrine::backend
