// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/gallerymodel.h"

#include <QMetaType>

namespace vitrine::ui {

/// What the server does not know yet of an image that the gallery shows.
enum class Unsent {
    Nothing,
    WaitingUpload, ///< the image itself: for its turn, its undo time or the connection
    SendingUpload, ///< the image itself, on its way
    Edit           ///< a change of its words or its privacy
};

/// What models of this folder tell besides gallery::GalleryModel's roles.
enum ShownRole {
    UnsentRole = gallery::GalleryModel::PlaceholderRole + 1, ///< Unsent
    ProgressRole ///< double 0…1, of a SendingUpload; -1 while unknown
};

inline bool isPendingUpload(Unsent unsent)
{
    return unsent == Unsent::WaitingUpload || unsent == Unsent::SendingUpload;
}

} // namespace vitrine::ui

Q_DECLARE_METATYPE(vitrine::ui::Unsent)
