// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/contentfiles.h"
#include "app/backend/http/message.h"

#include <QCache>

#include <mutex>

namespace vitrine::backend {

/// Variants that are asked for again and again: their answers with the files open, so that giving
/// one out touches neither rows nor directories. Any thread; never blocks for long.
class VariantCache
{
public:
    /// Some pages of a listing, and a quarter of the descriptors that a process usually has.
    static constexpr int kMostOpen = 256;

    struct Entry {
        http::Response response;
        QByteArray epoch; ///< what its addresses are signed with
        Form form = Form::Preview;
    };
    /// \a path as in http::RequestHead.
    std::optional<Entry> find(const QByteArray& path);

    /// Counts what was forgotten. Ask before reading what is to be kept.
    quint64 generation();
    /// Does nothing if anything was forgotten since \a generation: it may have been this.
    void keep(quint64 generation, const QByteArray& path, Entry entry);
    /// An image has changed or is gone that lies at \a paths. Once this returns, nothing older of
    /// it is given out.
    void forget(const QList<QByteArray>& paths);

private:
    std::mutex m_mutex;
    QCache<QByteArray, Entry> m_entries{kMostOpen}; // by path; under m_mutex
    quint64 m_generation = 0;                       // under m_mutex
};

} // namespace vitrine::backend
