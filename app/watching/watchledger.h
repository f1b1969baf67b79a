// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/databasethread.h"
#include "app/watching/watchedfolder.h"

#include <QFile>
#include <QFuture>

namespace vitrine::watching {

/// Which folders of one account are watched, and which files in them were dealt with, in SQLite: a
/// file is known by device, inode, size and time, or by path, size and time where a mount numbers
/// anew, or else by its bytes. Any thread; futures finish on the database's.
class WatchLedger
{
public:
    /// How far a file has come.
    enum class State {
        Settled, ///< nothing more is to be done: it was there before, is the outbox's, or was seen
        Claimed, ///< on its way to the outbox, which may have it or not
        Proposed ///< waits for somebody to look at it
    };
    struct Pending {
        NewFile file;
        State state = State::Claimed;
    };

    /// \a path is the database file; it and its directory are made when first needed.
    explicit WatchLedger(const QString& path);

    /// A file beside it that is touched when the folders have changed, by whichever process; there
    /// after the first use.
    QString bell() const { return m_bell.fileName(); }

    QFuture<Result<QList<WatchedFolder>>> folders();
    /// Adds it, or changes how it is handled. What \a present tells of, and is not known yet, needs
    /// no dealing with.
    QFuture<Result<void>> put(const WatchedFolder& folder, const QList<FileStamp>& present);
    /// Changes how a folder is handled that is watched already; false where it is not.
    QFuture<Result<bool>> change(const WatchedFolder& folder);
    /// What waits in it is forgotten, too.
    QFuture<Result<void>> remove(const QString& path);

    /// Those of \a seen of which nothing is known. Of those that are known by their path the
    /// device and inode are noted anew.
    QFuture<Result<QList<FileStamp>>> unknown(const QList<FileStamp>& seen);
    /// Notes \a files that have settled, each for the state that it is to have; gives those whose
    /// bytes were never seen before. The others are known from now on. Of what was there before the
    /// folder was watched nobody has read the bytes: with another time it is taken to be the same,
    /// with another size it is Proposed, and so is what has its size and time under another path.
    QFuture<Result<QList<Pending>>> claim(const QList<Pending>& files);
    QFuture<Result<void>> settle(const QStringList& paths);
    /// Those of \a paths that are claimed wait for somebody instead.
    QFuture<Result<void>> propose(const QStringList& paths);
    /// Those of \a paths that wait, and are there no more: they would be new.
    QFuture<Result<void>> forget(const QStringList& paths);
    /// What an earlier run has not settled.
    QFuture<Result<QList<Pending>>> pending();

private:
    void hangBell();
    template <typename Work>
    auto changeFolders(Work work);
    QFuture<Result<void>> runForEach(const QStringList& paths, const char* sql);

    QFile m_bell; // opened on the database's thread; outlives what that has to do
    storage::DatabaseThread m_database;
};

} // namespace vitrine::watching
