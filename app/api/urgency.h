// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::api {

/// How soon somebody needs a request's answer; the most urgent first.
enum class Urgency {
    Awaited,   ///< a person waits for it
    Act,       ///< short, and of the outbox: an edit, a delete, what became of an upload
    Visible,   ///< a preview of what is on the screen
    Upload,    ///< goes on for as long as it takes
    Download,  ///< the same, of bytes that are saved
    Background ///< nobody would notice if it came later
};

inline constexpr int kUrgencies = 6;

/// Whose connections to a host a request takes: none of one line ever waits for one of the other.
enum class Line {
    Answers,  ///< for what is over soon
    Transfers ///< for what takes as long as it takes
};

constexpr Line lineOf(Urgency urgency)
{
    const bool isLong = urgency == Urgency::Upload || urgency == Urgency::Download;
    return isLong ? Line::Transfers : Line::Answers;
}

} // namespace vitrine::api
