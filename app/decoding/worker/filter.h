// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::decoding {

/// From now on the kernel answers this process, and every thread of it, only what decoding needs.
/// False if the machine does not allow that.
bool loadSystemCallFilter();

} // namespace vitrine::decoding
