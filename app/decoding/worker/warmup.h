// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::decoding {

/// Reads a tiny picture of each format, so that plugins, tables and character sets are loaded:
/// afterwards no file can be opened.
void warmUp();

} // namespace vitrine::decoding
