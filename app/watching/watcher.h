// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/filelock.h"
#include "app/watching/directorynotices.h"
#include "app/watching/folderscan.h"
#include "app/watching/newfiles.h"
#include "app/watching/settling.h"
#include "app/watching/watchledger.h"

#include <QFileSystemWatcher>
#include <QFuture>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace vitrine::transfer {
class Outbox;
struct UploadOrder;
} // namespace vitrine::transfer

namespace vitrine::watching {

struct FolderLook;

/// Watches the folders of one account. New pictures go to the outbox or are proposed, once each,
/// when nobody writes them any more; also those that came while nobody watched. Of several
/// processes one does it. Where the kernel does not tell of changes, it looks from time to time.
/// GUI thread.
class Watcher final : public QObject
{
    Q_OBJECT

public:
    /// \a directory is the account's. \a outbox and \a clock must outlive it.
    Watcher(const QString& directory, transfer::Outbox& outbox, const Clock& clock,
            QObject* parent = nullptr);
    ~Watcher() override;

    /// Begins, once; when another process watches, as soon as that has ended.
    void start();
    /// This process is the one that watches.
    bool isWatching() const { return m_lock != nullptr; }

    QFuture<Result<QList<WatchedFolder>>> folders() { return m_ledger.folders(); }
    /// Adds a folder, or changes how it is handled. The pictures that are in a new one stay where
    /// they are: only what comes later is new. Of folders in each other the innermost tells what
    /// happens to a picture. A new one is not taken unless all of it can be looked at: what was not
    /// seen now would be new later. Errors: NoSuchFolder, PermissionDenied, Storage.
    QFuture<Result<void>> put(const WatchedFolder& folder);
    QFuture<Result<void>> remove(const QString& path);

    /// How long what is shared for everybody to see waits in the outbox, so that it can be taken
    /// back; asked each time. Not at all until this is called.
    using UndoTime = std::function<std::chrono::milliseconds()>;
    void setUndoTime(UndoTime time) { m_undoTime = std::move(time); }

    /// Files that wait for somebody to look at them.
    QStringList proposals() const { return m_proposals; }
    /// Somebody looks at them now: gives them, and proposes them no more in this run.
    QStringList takeProposals();
    /// These were shared, or dismissed: no run proposes them any more.
    void settleProposals(const QStringList& files) { m_ledger.settle(files); }

Q_SIGNALS:
    void proposalsChanged();
    /// The outbox has these now.
    void shared(const QStringList& files);
    /// Of these, what can be taken back for a while, by the outbox's keys.
    void held(const QStringList& keys, std::chrono::milliseconds time);
    /// A folder, or something in one, cannot be looked at, or a new file cannot be read; told once
    /// until it can be again.
    void failed(const QString& path, const vitrine::Error& error);

private:
    struct Left;

    void startLater();
    void readLeft(const std::shared_ptr<FileLock>& lock);
    void begin(const std::shared_ptr<FileLock>& lock, const Left& left);
    void takeUp(const Left& left);
    QFuture<Result<void>> add(const WatchedFolder& folder);
    void listen();
    void lookSoon();
    void look();
    void takeLook(const FolderLook& look);
    void tellTroubles(const QHash<QString, Error>& troubles);
    void lookLater(const Error& error);
    QList<FileStamp> ready(QList<FileStamp> unknown);
    void take(const QList<FileStamp>& settled);
    void tellUnread(const QList<HashedFiles::Unread>& files);
    void dealWith(const QList<WatchLedger::Pending>& files);
    void dealLater(const QList<WatchLedger::Pending>& files);
    void setFolders(const QList<WatchedFolder>& folders);
    void share(const QList<WatchLedger::Pending>& files);
    void tellHeld(const QList<transfer::UploadOrder>& orders, const QStringList& keys);
    void propose(const QStringList& files);
    void finishLook();

    const QString m_lockFile;
    transfer::Outbox& m_outbox;
    const Clock& m_clock;
    WatchLedger m_ledger;
    std::shared_ptr<FileLock> m_lock; // while this process watches
    QList<WatchedFolder> m_folders;   // as the ledger had them last
    QStringList m_proposals;
    QSet<QString> m_troubled;           // folders, and what is in them, whose trouble was told
    QHash<QString, FileStamp> m_unread; // by path: could not be read as they are, which was told
    Settling m_settling;
    DirectoryNotices m_notices;
    QFileSystemWatcher m_bell; // of the ledger
    UndoTime m_undoTime;
    QTimer m_soon; // something happened, or is waited for
    QTimer m_poll;
    bool m_isLooking = false;
    bool m_isLookDue = false;
    std::stop_source m_end; // of what is under way on the disk
    QThreadPool m_disk;     // one thread
};

} // namespace vitrine::watching
