// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"

#include <deque>
#include <mutex>
#include <optional>

namespace vitrine::decoding {

/// Remembers which bytes brought workers down, so that they are not tried for ever: after the
/// second time they are refused unread. Forgets when the program ends. Any thread.
class Quarantine
{
public:
    /// What these bytes did when they were last tried, if they had their chances.
    std::optional<Error> verdictOn(const imaging::PictureSource& source) const;
    void accuse(const imaging::PictureSource& source, const Error& error);

private:
    struct Entry {
        qint64 size = 0; ///< looked at first: nothing is hashed for the size of no entry
        QByteArray sha256;
        int deaths = 0;
        Error error;
    };

    bool knowsSize(qint64 size) const;

    mutable std::mutex m_mutex;
    std::deque<Entry> m_entries; // oldest first, at most kMost
};

} // namespace vitrine::decoding
