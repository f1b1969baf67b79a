// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/watcher.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/transfer/outbox.h"

#include <QDir>
#include <QtConcurrentRun>

#include <utility>

namespace vitrine::watching {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = WatchLedger::State;

constexpr auto kBatchTime = 300ms; // many files come at once
constexpr auto kLookAgain = Settling::kQuietTime + 100ms;
constexpr auto kPollHere = 60s;    // in case that the kernel did not tell of something
constexpr auto kPollNetwork = 10s; // where it never does, or something went wrong
constexpr qsizetype kAtOnce = 200; // rows of the outbox in one transaction

/// Of files that have settled: those that still are as they were, with what their bytes are.
QList<NewFile> hashed(const QList<FileStamp>& stamps, const QList<WatchedFolder>& folders)
{
    QList<NewFile> files;
    for (const FileStamp& stamp : stamps) {
        const auto hash = hashOf(stamp);
        const auto folder =
            std::find_if(folders.begin(), folders.end(), [&](const WatchedFolder& each) {
                return stamp.path.startsWith(each.path + u'/');
            });
        if (hash && folder != folders.end()) // else it is looked at again
            files += {stamp, *hash, folder->path};
    }
    return files;
}

QStringList pathsOf(const QList<NewFile>& files)
{
    QStringList paths;
    for (const NewFile& file : files)
        paths += file.stamp.path;
    return paths;
}

} // namespace

/// What the folders hold at one moment.
struct Watcher::Look {
    QList<WatchedFolder> folders;
    QList<FileStamp> pictures;
    QStringList directories;
    QHash<QString, Error> troubles; ///< by the folder's path
    bool isOnNetwork = false;

    static Look at(const QList<WatchedFolder>& folders)
    {
        Look look{folders, {}, {}, {}, false};
        for (const WatchedFolder& folder : folders) {
            const auto scan = scanFolder(folder.path);
            if (!scan) {
                look.troubles.insert(folder.path, scan.error());
                look.isOnNetwork = true; // it may come back: a mount that vanished
                continue;
            }
            look.pictures += scan->pictures;
            look.directories += scan->directories;
            look.isOnNetwork |= scan->isOnNetwork;
        }
        return look;
    }
};

Watcher::Watcher(const QString& directory, transfer::Outbox& outbox, const Clock& clock,
                 QObject* parent)
    : QObject(parent)
    , m_lockFile(directory + u"/watching.lock"_s)
    , m_outbox(outbox)
    , m_clock(clock)
    , m_ledger(directory + u"/watched.db"_s)
{
    m_disk.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_poll.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &Watcher::look);
    connect(&m_poll, &QTimer::timeout, this, &Watcher::look);
    connect(&m_notices, &DirectoryNotices::closed, this,
            [this](const QString& path) { m_settling.noteClosed(path); });
    connect(&m_notices, &DirectoryNotices::changed, this, &Watcher::lookSoon);
}

Watcher::~Watcher()
{
    m_disk.waitForDone();
}

void Watcher::start()
{
    if (isWatching())
        return;
    whenDone(this, m_ledger.pending(), [this](const Result<QList<WatchLedger::Pending>>& pending) {
        auto lock =
            pending ? FileLock::tryLock(m_lockFile) : Result<FileLock>(failure(pending.error()));
        if (!lock) // another process watches, and may end
            return QTimer::singleShot(kPollHere, this, &Watcher::start);
        m_lock.emplace(*std::move(lock));
        takeUp(*pending);
        look();
    });
}

// What the outbox has, be it only as one that was shared before, is nobody's business any more.
void Watcher::takeUp(const QList<WatchLedger::Pending>& pending)
{
    QSet<QString> sources;
    for (const transfer::Transfer& transfer : m_outbox.transfers())
        sources.insert(transfer.source);
    QList<NewFile> claimed;
    QStringList proposed, settled;
    for (const auto& [file, state] : pending) {
        if (state == State::Proposed)
            proposed += file.stamp.path;
        else if (sources.contains(file.stamp.path))
            settled += file.stamp.path;
        else
            claimed += file;
    }
    m_ledger.settle(settled);
    propose(proposed);
    whenDone(this, m_ledger.folders(), [this, claimed](const Result<QList<WatchedFolder>>& known) {
        m_folders = known.value_or(QList<WatchedFolder>());
        share(claimed);
    });
}

QFuture<Result<void>> Watcher::put(const WatchedFolder& folder)
{
    WatchedFolder clean = folder;
    clean.path = QDir::cleanPath(QDir(folder.path).absolutePath());
    const auto scanned = QtConcurrent::run(&m_disk, scanFolder, clean.path);
    return whenDone(this, scanned, [this, clean](const Result<FolderScan>& scan) {
        if (!scan)
            return readyFuture(Result<void>(failure(scan.error())));
        const auto known = m_ledger.folders();
        const auto kept =
            whenDone(this, known, [this, clean, scan](const Result<QList<WatchedFolder>>& folders) {
                const auto all = folders.value_or(QList<WatchedFolder>());
                const bool isNew =
                    std::none_of(all.begin(), all.end(), [&](const WatchedFolder& each) {
                        return each.path == clean.path;
                    });
                return m_ledger.put(clean, isNew ? scan->pictures : QList<FileStamp>());
            });
        return whenDone(this, kept, [this, scan](const Result<void>& outcome) {
            if (outcome && isWatching())
                m_notices.add(scan->directories); // what comes from now on is told of
            lookSoon();
            return outcome;
        });
    });
}

QFuture<Result<void>> Watcher::remove(const QString& path)
{
    return whenDone(this, m_ledger.remove(path), [this, path](const Result<void>& outcome) {
        const qsizetype before = m_proposals.size();
        m_proposals.removeIf([&](const QString& file) { return file.startsWith(path + u'/'); });
        if (m_proposals.size() != before)
            Q_EMIT proposalsChanged();
        lookSoon();
        return outcome;
    });
}

QStringList Watcher::takeProposals()
{
    const QStringList files = std::exchange(m_proposals, {});
    m_ledger.settle(files);
    Q_EMIT proposalsChanged();
    return files;
}

void Watcher::lookSoon()
{
    const bool isSoonEnough = m_soon.isActive() && m_soon.remainingTimeAsDuration() <= kBatchTime;
    if (isWatching() && !isSoonEnough)
        m_soon.start(kBatchTime);
}

void Watcher::look()
{
    if (!isWatching())
        return;
    m_isLookDue = m_isLooking;
    if (std::exchange(m_isLooking, true))
        return;
    whenDone(this, m_ledger.folders(), [this](const Result<QList<WatchedFolder>>& folders) {
        const auto looked =
            QtConcurrent::run(&m_disk, &Look::at, folders.value_or(QList<WatchedFolder>()));
        whenDone(this, looked, [this](const Look& look) { takeLook(look); });
    });
}

void Watcher::takeLook(const Look& look)
{
    m_folders = look.folders;
    m_notices.setDirectories(look.directories);
    tellTroubles(look);
    if (!m_folders.isEmpty())
        m_poll.start(look.isOnNetwork ? kPollNetwork : kPollHere);
    using Stamps = Result<QList<FileStamp>>;
    whenDone(this, m_ledger.unknown(look.pictures), [this](const Stamps& unknown) {
        if (unknown)
            take(m_settling.settled(*unknown, m_clock.elapsed()));
        else
            finishLook();
    });
}

void Watcher::tellTroubles(const Look& look)
{
    QSet<QString> troubled;
    for (auto trouble = look.troubles.begin(); trouble != look.troubles.end(); ++trouble) {
        troubled.insert(trouble.key());
        if (!m_troubled.contains(trouble.key()))
            Q_EMIT failed(trouble.key(), trouble.value());
    }
    m_troubled = troubled;
}

void Watcher::take(const QList<FileStamp>& settled)
{
    if (settled.isEmpty())
        return finishLook();
    const auto read = QtConcurrent::run(&m_disk, hashed, settled, m_folders);
    whenDone(this, read, [this](const QList<NewFile>& files) { claim(files); });
}

void Watcher::claim(const QList<NewFile>& files)
{
    QList<NewFile> toShare, toPropose;
    for (const NewFile& file : files) {
        const WatchedFolder* folder = folderOf(file.folder);
        const bool isShared = folder && folder->handling == WatchedFolder::Handling::Shared;
        (isShared ? toShare : toPropose) += file;
    }
    using Files = Result<QList<NewFile>>;
    whenDone(this, m_ledger.claim(toPropose, State::Proposed),
             [this](const Files& fresh) { propose(pathsOf(fresh.value_or(QList<NewFile>()))); });
    whenDone(this, m_ledger.claim(toShare, State::Claimed), [this](const Files& fresh) {
        share(fresh.value_or(QList<NewFile>()));
        finishLook();
    });
}

// The outbox's rows are durable before the ledger says so: what a crash leaves between them is
// handed over again, and the outbox knows its bytes.
void Watcher::share(const QList<NewFile>& files)
{
    for (qsizetype start = 0; start < files.size(); start += kAtOnce) {
        const QList<NewFile> batch = files.mid(start, kAtOnce);
        QList<transfer::UploadOrder> orders;
        for (const NewFile& file : batch) {
            const WatchedFolder* folder = folderOf(file.folder);
            orders.append({.source = file.stamp.path, .isPrivate = !folder || folder->isPrivate});
        }
        whenDone(this, m_outbox.share(orders), [this, batch](const Result<QStringList>& keys) {
            if (keys)
                settle(batch);
            else // a full disk: they stay claimed meanwhile
                QTimer::singleShot(kPollNetwork, this, [this, batch] { share(batch); });
        });
    }
}

void Watcher::settle(const QList<NewFile>& files)
{
    const QStringList paths = pathsOf(files);
    m_ledger.settle(paths);
    Q_EMIT shared(paths);
}

void Watcher::propose(const QStringList& files)
{
    if (files.isEmpty())
        return;
    m_proposals += files;
    Q_EMIT proposalsChanged();
}

const WatchedFolder* Watcher::folderOf(const QString& path) const
{
    const auto found =
        std::find_if(m_folders.begin(), m_folders.end(),
                     [&](const WatchedFolder& folder) { return folder.path == path; });
    return found == m_folders.end() ? nullptr : &*found;
}

void Watcher::finishLook()
{
    m_isLooking = false;
    if (std::exchange(m_isLookDue, false))
        lookSoon();
    else if (m_settling.isWaiting())
        m_soon.start(kLookAgain);
}

} // namespace vitrine::watching
