// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/metrics.h"

#include <QFile>

#include <unistd.h>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

QByteArray heading(const char* name, const char* type, const char* help)
{
    return QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

template <typename Number>
QByteArray single(const char* name, const char* type, const char* help, Number value)
{
    return heading(name, type, help) + name + ' ' + QByteArray::number(value) + '\n';
}

/// Resident memory of this process in bytes; 0 where the system does not tell.
qint64 residentBytes()
{
    QFile statm(u"/proc/self/statm"_s); // pages: size, resident, ...
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace

void Metrics::count(const QByteArray& route, const QByteArray& method, const http::Served& served)
{
    const double seconds = std::chrono::duration<double>(served.duration).count();
    const std::scoped_lock lock(m_mutex);
    ++m_requests[{route, method, served.status}];
    m_sentBytes += quint64(served.bytes);
    m_abandoned += served.isComplete ? 0 : 1;
    Durations& durations = m_durations[route];
    ++durations.count;
    durations.seconds += seconds;
    for (size_t i = 0; i < kBucketSeconds.size(); ++i)
        durations.buckets[i] += seconds <= kBucketSeconds[i] ? 1 : 0;
}

void Metrics::countRefusal()
{
    const std::scoped_lock lock(m_mutex);
    ++m_refusals;
}

void Metrics::countConnections(int change)
{
    const std::scoped_lock lock(m_mutex);
    m_connections += change;
}

QByteArray Metrics::text(const Levels& levels) const
{
    const std::scoped_lock lock(m_mutex);
    return requestsText() + durationsText() +
           single("vitrine_http_sent_bytes_total", "counter", "Bytes of answers' bodies.",
                  m_sentBytes) +
           single("vitrine_http_abandoned_total", "counter",
                  "Requests whose client left before the answer's end.", m_abandoned) +
           single("vitrine_http_connections", "gauge", "Clients that are connected.",
                  m_connections) +
           single("vitrine_access_refused_total", "counter", "Credentials that were no good.",
                  m_refusals) +
           single("vitrine_images", "gauge", "Images in the listing.", levels.images) +
           single("vitrine_original_files", "gauge", "Uploaded files that are kept.",
                  levels.files) +
           single("vitrine_original_bytes", "gauge", "Their size.", levels.bytes) +
           single("vitrine_waiting_files", "gauge", "Uploaded files without variants yet.",
                  levels.waiting) +
           single("vitrine_decoding_pixels", "gauge",
                  "Pixels set aside for pictures being decoded.", levels.pixels) +
           single("process_resident_memory_bytes", "gauge", "Memory in use.", residentBytes());
}

QByteArray Metrics::requestsText() const
{
    QByteArray text = heading("vitrine_http_requests_total", "counter", "Requests answered.");
    for (const auto& [series, count] : m_requests) {
        const auto& [route, method, status] = series;
        text += "vitrine_http_requests_total{route=\"" + route + "\",method=\"" + method +
                "\",status=\"" + QByteArray::number(status) + "\"} " + QByteArray::number(count) +
                '\n';
    }
    return text;
}

QByteArray Metrics::durationsText() const
{
    const QByteArray name = "vitrine_http_request_duration_seconds";
    QByteArray text =
        heading(name.constData(), "histogram", "From the request's head to the answer's end.");
    for (const auto& [route, durations] : m_durations) {
        const QByteArray label = "{route=\"" + route + '"';
        const QByteArray total = QByteArray::number(durations.count);
        for (size_t i = 0; i < kBucketSeconds.size(); ++i)
            text += name + "_bucket" + label + ",le=\"" + QByteArray::number(kBucketSeconds[i]) +
                    "\"} " + QByteArray::number(durations.buckets[i]) + '\n';
        text += name + "_bucket" + label + ",le=\"+Inf\"} " + total + '\n';
        text += name + "_sum" + label + "} " + QByteArray::number(durations.seconds) + '\n';
        text += name + "_count" + label + "} " + total + '\n';
    }
    return text;
}

} // namespace vitrine::backend
