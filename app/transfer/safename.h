// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vitrine::transfer {

/// \a name as it may stand in a directory and on a screen: no path, no control or text-direction
/// characters, no leading dot, not longer than 180 bytes in UTF-8 with its suffix kept. "image" if
/// nothing is left. Names come from files and servers alike, and neither is trusted.
QString safeName(const QString& name);

/// \a safeName as Windows, and its file systems, can have it, too.
QString portableName(const QString& safeName);

/// "name.jpg", then "name (2).jpg", "name (3).jpg"…: what is tried where a name is taken.
QString numberedName(const QString& name, int number);

} // namespace vitrine::transfer
