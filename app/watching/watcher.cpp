// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watching/watcher.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/transfer/outbox.h"
#include "app/watching/folderlook.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <iterator>
#include <utility>

namespace vitrine::watching {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = WatchLedger::State;

constexpr auto kBatchTime = 300ms; // many files come at once
constexpr auto kLookAgain = Settling::kQuietTime + 100ms;
constexpr auto kPollHere = 60s;     // in case that the kernel did not tell of something
constexpr auto kPollNetwork = 10s;  // where it never does, or something went wrong
constexpr qsizetype kAtOnce = 200;  // rows of the outbox in one transaction
constexpr qsizetype kPortion = 100; // files that are read before others may use the disk's thread

Result<std::shared_ptr<FileLock>> lockAt(const QString& path)
{
    return FileLock::tryLock(path).map(
        [](FileLock&& lock) { return std::make_shared<FileLock>(std::move(lock)); });
}

QStringList missingOf(const QStringList& files)
{
    QStringList missing;
    for (const QString& file : files) {
        if (const auto stamp = stampOf(file); !stamp && stamp.error().kind == ErrorKind::NotFound)
            missing += file;
    }
    return missing;
}

QStringList pathsOf(const QList<WatchLedger::Pending>& files)
{
    QStringList paths;
    for (const WatchLedger::Pending& each : files)
        paths += each.file.stamp.path;
    return paths;
}

} // namespace

/// What an earlier run, or another process, has left.
struct Watcher::Left {
    QList<WatchedFolder> folders;
    QList<WatchLedger::Pending> pending;
    QStringList missing; ///< of what was proposed
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
    connect(&m_bell, &QFileSystemWatcher::fileChanged, this, &Watcher::lookSoon);
}

Watcher::~Watcher()
{
    m_end.request_stop();
    m_disk.waitForDone(); // at most for the file that is being read
}

void Watcher::start()
{
    if (isWatching())
        return;
    using Lock = Result<std::shared_ptr<FileLock>>;
    whenDone(this, QtConcurrent::run(&m_disk, lockAt, m_lockFile), [this](const Lock& lock) {
        if (lock)
            readLeft(*lock);
        else // another process watches, and may end
            startLater();
    });
}

void Watcher::startLater()
{
    QTimer::singleShot(kPollHere, this, &Watcher::start);
}

// Under the lock: whoever had it before may still have been at it.
void Watcher::readLeft(const std::shared_ptr<FileLock>& lock)
{
    using Folders = Result<QList<WatchedFolder>>;
    using Pendings = Result<QList<WatchLedger::Pending>>;
    whenDone(this, m_ledger.folders(), [this, lock](const Folders& folders) {
        if (!folders)
            return startLater();
        const Left left{*folders, {}, {}};
        whenDone(this, m_ledger.pending(), [this, lock, left](const Pendings& pending) {
            if (pending)
                begin(lock, {left.folders, *pending, {}});
            else
                startLater();
        });
    });
}

void Watcher::begin(const std::shared_ptr<FileLock>& lock, const Left& left)
{
    QStringList proposed;
    for (const auto& [file, state] : left.pending) {
        if (state == State::Proposed)
            proposed += file.stamp.path;
    }
    const auto missing = QtConcurrent::run(&m_disk, missingOf, proposed);
    whenDone(this, missing, [this, lock, left](const QStringList& files) {
        m_lock = lock;
        listen();
        takeUp({left.folders, left.pending, files});
        look();
    });
}

// What the outbox has, be it only as one that was shared before, is nobody's business any more.
void Watcher::takeUp(const Left& left)
{
    m_folders = left.folders;
    QSet<QString> sources;
    for (const transfer::Transfer& transfer : m_outbox.transfers())
        sources.insert(transfer.source);
    QList<WatchLedger::Pending> waiting;
    QStringList settled;
    for (const WatchLedger::Pending& each : left.pending) {
        const QString& path = each.file.stamp.path;
        const bool isProposed = each.state == State::Proposed;
        if (!isProposed && sources.contains(path))
            settled += path;
        else if (!isProposed || !left.missing.contains(path))
            waiting += each;
    }
    m_ledger.forget(left.missing);
    m_ledger.settle(settled);
    dealWith(waiting);
}

QStringList Watcher::takeProposals()
{
    const QStringList files = std::exchange(m_proposals, {});
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
        if (!folders)
            return lookLater(folders.error());
        const auto looked =
            QtConcurrent::run(&m_disk, &FolderLook::at, *folders, m_end.get_token());
        whenDone(this, looked, [this](const FolderLook& look) { takeLook(look); });
    });
}

// That they cannot be told does not mean that there are none.
void Watcher::lookLater(const Error& error)
{
    QHash<QString, Error> troubles;
    for (const WatchedFolder& folder : std::as_const(m_folders))
        troubles.insert(folder.path, error);
    tellTroubles(troubles);
    m_poll.start(kPollNetwork);
    finishLook();
}

void Watcher::takeLook(const FolderLook& look)
{
    setFolders(look.folders);
    if (m_isLookDue || m_soon.isActive()) // this look may be older than what put() added
        m_notices.add(look.directories);
    else
        m_notices.setDirectories(look.directories);
    tellTroubles(look.troubles);
    listen();
    m_poll.start(look.isOnNetwork ? kPollNetwork : kPollHere);
    using Stamps = Result<QList<FileStamp>>;
    whenDone(this, m_ledger.unknown(look.pictures), [this](const Stamps& unknown) {
        if (unknown)
            take(ready(*unknown));
        else
            finishLook();
    });
}

void Watcher::tellTroubles(const QHash<QString, Error>& troubles)
{
    QSet<QString> troubled;
    for (auto trouble = troubles.begin(); trouble != troubles.end(); ++trouble) {
        troubled.insert(trouble.key());
        if (!m_troubled.contains(trouble.key()))
            Q_EMIT failed(trouble.key(), trouble.value());
    }
    m_troubled = troubled;
}

/// Those that have settled. What could not be read before is tried again, but nobody looks again
/// for its sake.
QList<FileStamp> Watcher::ready(QList<FileStamp> unknown)
{
    QHash<QString, FileStamp> unread;
    unknown.removeIf([&](const FileStamp& stamp) {
        const bool isAsBefore = m_unread.value(stamp.path) == stamp;
        if (isAsBefore)
            unread.insert(stamp.path, stamp);
        return isAsBefore;
    });
    m_unread = unread;
    return m_settling.settled(unknown, m_clock.elapsed()) + unread.values();
}

// In portions, between which others have their turn on the disk.
void Watcher::take(const QList<FileStamp>& settled)
{
    if (settled.isEmpty())
        return finishLook();
    const QList<FileStamp> portion = settled.first(qMin(kPortion, settled.size()));
    const QList<FileStamp> rest = settled.sliced(portion.size());
    const auto read = QtConcurrent::run(&m_disk, hashed, portion, m_folders, m_end.get_token());
    using Files = QList<WatchLedger::Pending>;
    whenDone(this, read, [this, rest](const HashedFiles& hashed) {
        tellUnread(hashed.unread);
        whenDone(this, m_ledger.claim(hashed.files), [this, rest](const Result<Files>& fresh) {
            dealWith(fresh.value_or(Files())); // others are looked at again
            take(rest);
        });
    });
}

void Watcher::tellUnread(const QList<HashedFiles::Unread>& files)
{
    for (const auto& [stamp, error] : files) {
        const bool wasTold = m_unread.contains(stamp.path);
        m_unread.insert(stamp.path, stamp);
        if (!wasTold && error.kind != ErrorKind::NotFound) // gone, or its drive is
            Q_EMIT failed(stamp.path, error);
    }
}

// By the rules as they are now: while the files were read, or waited for room on the disk, somebody
// may have made them stricter. What was put into the ledger before is seen: it keeps the order.
void Watcher::dealWith(const QList<WatchLedger::Pending>& files)
{
    if (files.isEmpty())
        return;
    using Folders = Result<QList<WatchedFolder>>;
    whenDone(this, m_ledger.folders(), [this, files](const Folders& folders) {
        if (!folders)
            return dealLater(files);
        setFolders(*folders);
        const Verdict verdict = verdictOn(files, *folders);
        m_ledger.settle(verdict.left);
        m_ledger.propose(verdict.newlyProposed);
        propose(verdict.proposed);
        share(verdict.shared);
    });
}

// They stay claimed, or proposed, meanwhile.
void Watcher::dealLater(const QList<WatchLedger::Pending>& files)
{
    QTimer::singleShot(kPollNetwork, this, [this, files] { dealWith(files); });
}

// The outbox's rows are durable before the ledger says so: what a crash leaves between them is
// handed over again, and the outbox knows its bytes.
void Watcher::share(const QList<WatchLedger::Pending>& files)
{
    const auto undoTime = m_undoTime ? m_undoTime() : 0ms;
    for (qsizetype start = 0; start < files.size(); start += kAtOnce) {
        const QList<WatchLedger::Pending> batch = files.mid(start, kAtOnce);
        QList<transfer::UploadOrder> orders;
        for (const QString& path : pathsOf(batch)) {
            const WatchedFolder* folder = folderFor(path, m_folders);
            const bool isPrivate = !folder || folder->isPrivate;
            orders.append(
                {.source = path, .isPrivate = isPrivate, .undoTime = isPrivate ? 0ms : undoTime});
        }
        const auto taken = m_outbox.share(orders);
        whenDone(this, taken, [this, batch, orders](const Result<QStringList>& keys) {
            if (!keys) // a full disk
                return dealLater(batch);
            const QStringList paths = pathsOf(batch);
            m_ledger.settle(paths);
            Q_EMIT shared(paths);
            tellHeld(orders, *keys);
        });
    }
}

void Watcher::tellHeld(const QList<transfer::UploadOrder>& orders, const QStringList& keys)
{
    QStringList heldKeys;
    std::chrono::milliseconds time{0};
    for (qsizetype i = 0; i < keys.size(); ++i) {
        if (orders[i].undoTime.count() <= 0)
            continue;
        heldKeys += keys[i];
        time = orders[i].undoTime;
    }
    if (!heldKeys.isEmpty())
        Q_EMIT held(heldKeys, time);
}

void Watcher::propose(const QStringList& files)
{
    const QSet<QString> known(m_proposals.begin(), m_proposals.end());
    const qsizetype before = m_proposals.size();
    std::copy_if(files.begin(), files.end(), std::back_inserter(m_proposals),
                 [&](const QString& file) { return !known.contains(file); });
    if (m_proposals.size() == before)
        return;
    Q_EMIT proposalsChanged();
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
