// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// What a request may bring besides a picture.
namespace vitrine::backend {

inline constexpr qint64 kMaxJsonBytes = 64 * 1024;
inline constexpr qint64 kMaxAltBytes = 16 * 1024;     ///< UTF-8
inline constexpr qint64 kMaxFieldBytes = 64;          ///< of a form's other fields
inline constexpr qint64 kMaxFormOverhead = 64 * 1024; ///< boundaries, headings, fields
inline constexpr int kMaxNameBytes = 255;             ///< UTF-8, as on most file systems
inline constexpr int kMaxKeyLength = 200;

} // namespace vitrine::backend
