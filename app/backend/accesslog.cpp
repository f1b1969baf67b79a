// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/accesslog.h"

#include "app/base/file.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kMostWaiting = 10'000;
constexpr qsizetype kMaxValueBytes = 100; // an address, a method or a route has less

QByteArray line(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Whatever it is: nothing that moves a cursor, and no room for a story.
QString word(const QByteArray& value)
{
    QString text = QString::fromLatin1(value.left(kMaxValueBytes));
    text.removeIf([](QChar c) { return !c.isPrint(); });
    return text;
}

QByteArray line(const AccessLog::Entry& entry)
{
    const double milliseconds =
        std::chrono::duration<double, std::milli>(entry.served.duration).count();
    return line({{u"time"_s, entry.time.toString(Qt::ISODateWithMs)},
                 {u"peer"_s, word(entry.peer)},
                 {u"method"_s, word(entry.method)},
                 {u"route"_s, word(entry.route)},
                 {u"status"_s, entry.served.status},
                 {u"bytes"_s, entry.served.bytes},
                 {u"ms"_s, milliseconds},
                 {u"complete"_s, entry.served.isComplete}});
}

// A log that cannot be written must not stop the server.
void writeAll(int descriptor, const QByteArray& bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t count =
            ::write(descriptor, bytes.constData() + at, size_t(bytes.size() - at));
        if (count < 0 && errno != EINTR)
            return;
        at += std::max<ssize_t>(0, count);
    }
}

} // namespace

Result<std::unique_ptr<AccessLog>> AccessLog::open(const QString& path)
{
    if (path == "-"_L1)
        return std::unique_ptr<AccessLog>(new AccessLog(STDERR_FILENO, false));
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failure(fileError(errno, path));
    return std::unique_ptr<AccessLog>(new AccessLog(descriptor, true));
}

AccessLog::AccessLog(int descriptor, bool isOwned)
    : m_descriptor(descriptor), m_isOwned(isOwned), m_writer([this] { writeLoop(); })
{}

AccessLog::~AccessLog()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_one();
    m_writer.join();
    if (m_isOwned)
        ::close(m_descriptor);
}

void AccessLog::add(Entry entry)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_waiting.size() >= kMostWaiting) {
            ++m_dropped;
            return;
        }
        m_waiting.push_back(std::move(entry));
    }
    m_changed.notify_one();
}

void AccessLog::writeLoop()
{
    std::unique_lock lock(m_mutex);
    while (!m_isEnding || !m_waiting.empty()) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
        const auto entries = std::exchange(m_waiting, {});
        const quint64 dropped = std::exchange(m_dropped, 0);
        lock.unlock();
        QByteArray text;
        for (const Entry& entry : entries)
            text += line(entry);
        if (dropped > 0)
            text += line({{u"dropped"_s, qint64(dropped)}});
        writeAll(m_descriptor, text);
        lock.lock();
    }
}

} // namespace vitrine::backend
