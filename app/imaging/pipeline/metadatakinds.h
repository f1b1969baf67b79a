// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/metadata.h"

#include <optional>
#include <string>

namespace vitrine::imaging {

/// Which kind the value under an Exiv2 key is, "Exif.GPSInfo.GPSLatitude"; none for what only
/// describes the pixels.
std::optional<MetadataKind> kindOf(const std::string& key);

/// What cameras and phones write into the description on their own: no text of a person.
bool isBoilerplate(const QString& description);

} // namespace vitrine::imaging
