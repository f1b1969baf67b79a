// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::imaging {

/// Makes Exiv2 ready for several threads, and silent. Before every use of it; any thread.
void setUpExiv2();

} // namespace vitrine::imaging
