// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vitrine::ui {

/// What can be done with the images that a gallery shares. What cannot says why, in a sentence for
/// people; what waits to be sent can be changed and taken back all the same.
struct Abilities {
    QString noEdits;    ///< empty: alt text and privacy can be changed
    QString noDeleting; ///< empty: they can be deleted
    QString noOriginal; ///< empty: the files are there as they were shared
};

} // namespace vitrine::ui
