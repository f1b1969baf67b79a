// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::api {

/// How soon somebody needs a request's answer; the most urgent first.
enum class Urgency {
    Awaited,   ///< a person waits for it
    Visible,   ///< a preview of what is on the screen
    Upload,    ///< goes on for as long as it takes
    Download,  ///< the same, of bytes that are saved
    Background ///< nobody would notice if it came later
};

inline constexpr int kUrgencies = 5;

} // namespace vitrine::api
