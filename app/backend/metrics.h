// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/application.h"

#include <array>
#include <map>
#include <mutex>
#include <tuple>

namespace vitrine::backend {

/// What the server did since it started, as Prometheus reads it. Tells no address, name or text of
/// anybody. Any thread.
class Metrics
{
public:
    /// \a route and \a method from short, closed lists: each pair becomes a time series.
    void count(const QByteArray& route, const QByteArray& method, const http::Served& served);
    void countRefusal();
    void countConnections(int change);

    /// What is there now, read at the moment of asking.
    struct Levels {
        qint64 images = 0;
        qint64 files = 0;   ///< originals; fewer than images where bytes are the same
        qint64 bytes = 0;   ///< of the originals
        qint64 waiting = 0; ///< files without variants yet
        qint64 pixels = 0;  ///< set aside for pictures being decoded
    };
    /// The text format of Prometheus, version 0.0.4
    /// (https://prometheus.io/docs/instrumenting/exposition_formats/).
    QByteArray text(const Levels& levels) const;

private:
    static constexpr std::array kBucketSeconds{0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0};

    struct Durations {
        std::array<quint64, kBucketSeconds.size()> buckets{}; ///< each with those before it
        quint64 count = 0;
        double seconds = 0;
    };
    using Series = std::tuple<QByteArray, QByteArray, int>; ///< route, method, status

    QByteArray requestsText() const;
    QByteArray durationsText() const;

    mutable std::mutex m_mutex;
    std::map<Series, quint64> m_requests;        // all under m_mutex
    std::map<QByteArray, Durations> m_durations; ///< by route
    quint64 m_sentBytes = 0;
    quint64 m_abandoned = 0;
    quint64 m_refusals = 0;
    qsizetype m_connections = 0;
};

} // namespace vitrine::backend
