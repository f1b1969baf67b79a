// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Watcher that keeps which folders are watched, and by which rules.
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/watching/watcher.h"

#include <QDir>
#include <QFile>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace vitrine::watching {

QFuture<Result<void>> Watcher::put(const WatchedFolder& folder)
{
    WatchedFolder clean = folder;
    clean.path = QDir::cleanPath(QDir(folder.path).absolutePath());
    // What is only changed waits for nobody who reads: it holds for what is being read, too.
    return whenDone(this, m_ledger.change(clean), [this, clean](const Result<bool>& isKnown) {
        if (!isKnown)
            return readyFuture(Result<void>(failure(isKnown.error())));
        if (!*isKnown)
            return add(clean);
        lookSoon();
        return readyFuture(Result<void>());
    });
}

QFuture<Result<void>> Watcher::add(const WatchedFolder& folder)
{
    const auto scanned = QtConcurrent::run(&m_disk, scanFolder, folder.path, m_end.get_token());
    return whenDone(this, scanned, [this, folder](const Result<FolderScan>& scan) {
        if (!scan)
            return readyFuture(Result<void>(failure(scan.error())));
        if (!scan->troubles.isEmpty())
            return readyFuture(Result<void>(failure(scan->troubles.first())));
        using Folders = Result<QList<WatchedFolder>>;
        const auto kept =
            whenDone(this, m_ledger.folders(), [this, folder, scan](const Folders& folders) {
                if (!folders)
                    return readyFuture(Result<void>(failure(folders.error())));
                return m_ledger.put(folder, presentIn(folder, *folders, scan->pictures));
            });
        return whenDone(this, kept, [this, scan](const Result<void>& outcome) {
            if (outcome && isWatching() && !scan->isOnNetwork)
                m_notices.add(scan->directories); // what comes from now on is told of
            lookSoon();
            return outcome;
        });
    });
}

QFuture<Result<void>> Watcher::remove(const QString& path)
{
    return whenDone(this, m_ledger.remove(path), [this, path](const Result<void>& outcome) {
        if (!outcome)
            return outcome;
        QList<WatchedFolder> others = m_folders;
        others.removeIf([&](const WatchedFolder& folder) { return folder.path == path; });
        setFolders(others);
        lookSoon();
        return outcome;
    });
}

/// What was proposed of a folder that is watched no more, be it by another process, is so no more.
void Watcher::setFolders(const QList<WatchedFolder>& folders)
{
    const QList<WatchedFolder> before = std::exchange(m_folders, folders);
    const qsizetype count = m_proposals.size();
    m_proposals.removeIf([&](const QString& file) {
        const WatchedFolder* folder = folderFor(file, before);
        return folder && std::none_of(folders.begin(), folders.end(),
                                      [&](const auto& each) { return each.path == folder->path; });
    });
    if (m_proposals.size() != count)
        Q_EMIT proposalsChanged();
}

/// To what other processes do to the folders; again where there was no bell yet, or somebody
/// removed it.
void Watcher::listen()
{
    if (m_bell.files().isEmpty() && QFile::exists(m_ledger.bell()))
        m_bell.addPath(m_ledger.bell());
}

} // namespace vitrine::watching
