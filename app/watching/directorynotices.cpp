// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/directorynotices.h"

#include <QFile>

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace vitrine::watching {
namespace {

constexpr qsizetype kMostDirectories = 2'000; // of the 8,192 that a person often has for everything
constexpr quint32 kWhole = IN_CLOSE_WRITE | IN_MOVED_TO;
constexpr quint32 kEvents =
    kWhole | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;

} // namespace

DirectoryNotices::DirectoryNotices(QObject* parent)
    : QObject(parent), m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{
    if (!m_inotify.isOpen())
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_inotify.number(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &DirectoryNotices::read);
}

void DirectoryNotices::add(const QStringList& directories)
{
    for (const QString& directory : directories) {
        if (m_directories.size() >= kMostDirectories)
            return;
        // The same directory has the same number again.
        const int number = ::inotify_add_watch(m_inotify.number(),
                                               QFile::encodeName(directory).constData(), kEvents);
        if (number >= 0)
            m_directories.insert(number, directory);
    }
}

void DirectoryNotices::setDirectories(const QStringList& directories)
{
    const QHash<int, QString> before = std::exchange(m_directories, {});
    add(directories);
    for (auto old = before.keyBegin(); old != before.keyEnd(); ++old) {
        if (!m_directories.contains(*old))
            ::inotify_rm_watch(m_inotify.number(), *old);
    }
    const bool hasNew = std::any_of(m_directories.keyBegin(), m_directories.keyEnd(),
                                    [&](int number) { return !before.contains(number); });
    if (hasNew)
        Q_EMIT changed();
}

void DirectoryNotices::read()
{
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    ssize_t length = 0;
    bool isNews = false;
    while ((length = ::read(m_inotify.number(), buffer.data(), buffer.size())) > 0) {
        for (ssize_t at = 0; at < length;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            at += ssize_t(sizeof(inotify_event) + event->len);
            isNews |= (event->mask & IN_IGNORED) == 0;
            if (event->len > 0 && (event->mask & kWhole) != 0)
                Q_EMIT closed(m_directories.value(event->wd) + u'/' +
                              QFile::decodeName(QByteArray(event->name)));
        }
    }
    if (isNews)
        Q_EMIT changed();
}

} // namespace vitrine::watching
