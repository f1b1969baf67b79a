// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/descriptor.h"

#include <QHash>
#include <QObject>
#include <QSocketNotifier>
#include <QStringList>

#include <memory>

namespace vitrine::watching {

/// What the kernel tells of directories (inotify): that something in them changed, and which files
/// were closed by whoever wrote them. Best effort: there is none of it for what happens on another
/// machine, and the number of directories is limited. GUI thread.
class DirectoryNotices final : public QObject
{
    Q_OBJECT

public:
    explicit DirectoryNotices(QObject* parent = nullptr);

    /// Watches these, too.
    void add(const QStringList& directories);
    /// Watches these, and none else, from now on. Says changed() where one is new: whoever looked
    /// at it before may have missed what came between.
    void setDirectories(const QStringList& directories);

Q_SIGNALS:
    void changed();
    /// Sent before changed().
    void closed(const QString& path);

private:
    void read();

    Descriptor m_inotify;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QHash<int, QString> m_directories; // by the kernel's number of the watch
};

} // namespace vitrine::watching
