// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/metadata.h"

#include <QJsonArray>

namespace vitrine::cli {

/// For scripts: "location", "serialNumber"…
QJsonArray metadataWords(const QList<imaging::MetadataKind>& kinds);
/// For people: "location, serial number".
QString metadataText(const QList<imaging::MetadataKind>& kinds);

} // namespace vitrine::cli
