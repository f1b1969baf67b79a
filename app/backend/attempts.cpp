// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/attempts.h"

#include <QHostAddress>

#include <algorithm>

namespace vitrine::backend {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstWait = 250ms; // too little for a person to notice
constexpr int kMostDoublings = 3;  // 2 s
constexpr auto kMemory = 60s;      // after that long without a refusal all is forgiven
constexpr qsizetype kMostRecords = 4096;

/// What one party has to itself: an IPv4 address, or the first half of one of IPv6.
QByteArray networkOf(const QByteArray& peer)
{
    const QHostAddress address(QString::fromLatin1(peer));
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return peer;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return {reinterpret_cast<const char*>(bytes.c), 8};
}

} // namespace

std::chrono::milliseconds Attempts::refused(const QByteArray& peer)
{
    const auto now = m_clock.elapsed();
    const std::scoped_lock lock(m_mutex);
    forget(now);
    Record& record = m_records[networkOf(peer)];
    const int doublings = std::min(record.refusals, kMostDoublings);
    record = {doublings + 1, now};
    return kFirstWait * (1 << doublings);
}

// Whoever has so many addresses that the table overflows is not held up by it either.
void Attempts::forget(std::chrono::milliseconds now)
{
    m_records.removeIf([now](auto record) { return now - record->last > kMemory; });
    if (m_records.size() >= kMostRecords)
        m_records.clear();
}

} // namespace vitrine::backend
