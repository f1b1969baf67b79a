// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/delivery.h"
#include "app/backend/http/message.h"

#include <QCache>

#include <mutex>

namespace vitrine::backend {

/// Small variants that are asked for again and again: their answers as they stand in memory, so
/// that giving one out touches neither rows nor files. Any thread; never blocks for long.
class VariantCache
{
public:
    static constexpr qint64 kDefaultBudget = 32 * 1024 * 1024; ///< bytes of all answers' bodies
    static constexpr qint64 kLargest = 64 * 1024;              ///< body that is worth its place

    explicit VariantCache(qint64 budget = kDefaultBudget);

    struct Entry {
        http::Response response;
        QByteArray epoch; ///< what its addresses are signed with
    };
    std::optional<Entry> find(const Delivery::Target& target);

    /// Counts what was forgotten. Ask before reading what is to be kept.
    quint64 generation();
    /// Does nothing if anything was forgotten since \a generation: it may have been this.
    void keep(quint64 generation, const Delivery::Target& target, Entry entry);
    /// The image has changed or is gone. Once this returns, nothing older of it is given out.
    void forget(const QString& id);

private:
    using Key = std::pair<QString, int>; // id and Form
    static Key key(const QString& id, Form form) { return {id, int(form)}; }

    std::mutex m_mutex;
    QCache<Key, Entry> m_entries; // under m_mutex
    quint64 m_generation = 0;     // under m_mutex
};

} // namespace vitrine::backend
