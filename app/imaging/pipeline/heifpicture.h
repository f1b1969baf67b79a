// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/pipeline/heifitems.h"

#include <QSet>

namespace vitrine::imaging {

/// The picture to show, its parts and its alpha channel, by id: nothing that describes it, no
/// thumbnail, no depth map, no second picture.
QSet<quint32> itemsOfPicture(const HeifFile& file);

/// Whether there are pictures besides, other than thumbnails.
bool hidesPictures(const HeifFile& file);

} // namespace vitrine::imaging
