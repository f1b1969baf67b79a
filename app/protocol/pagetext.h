// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

namespace vitrine::protocol {

/// The JSON text of toJson(\a page), without the tree of values in between, which takes several
/// times as long. Halves of surrogate pairs, which no text of UTF-8 has, become question marks.
QByteArray jsonText(const Page& page);

} // namespace vitrine::protocol
