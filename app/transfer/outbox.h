// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/filecheck.h"
#include "app/transfer/newtransfer.h"
#include "app/transfer/outboxstore.h"
#include "app/transfer/parallelism.h"
#include "app/transfer/readback.h"
#include "app/transfer/sender.h"
#include "app/transfer/transfer.h"
#include "app/transfer/transferqueue.h"
#include "app/transfer/turnstile.h"

#include <QFileSystemWatcher>
#include <QFuture>
#include <QImage>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>

namespace vitrine::transfer {

struct Prepared;

/// The durable outbox: every act is a row before anything else happens, goes out in order for one
/// image and in parallel for different ones, and ends as Done, Duplicate, Failed or Cancelled.
/// Several processes may have one of the same account. One of them at a time works on the queue;
/// the others hand in, follow what becomes of it, and take over when the worker has ended or can
/// send nothing. Asked of one that does not work, cancel(), amend(), retry() and sendFirst() happen
/// a moment later.
/// Lives on the GUI thread (or the CLI's main thread); disk and pixels are touched elsewhere.
class Outbox final : public QObject
{
    Q_OBJECT

public:
    /// \a directory holds the rows and the spooled bytes of one account. \a client, \a pictures
    /// and \a clock must outlive it.
    Outbox(const QString& directory, api::ApiClient& client, const imaging::PictureReader& pictures,
           const Clock& clock, DuplicateLookup lookup, QObject* parent = nullptr);
    ~Outbox() override;

    /// Reads what an earlier run left. Nothing is sent before setRunning(true).
    QFuture<Result<void>> load();
    /// In place of load(), for those who only show: reads what waits, whichever process works on
    /// it. This outbox touches and sends nothing from now on.
    QFuture<Result<void>> look();
    bool isOnlooker() const { return m_isOnlooker; }
    /// Sending needs a server to talk to; the session says when there is one.
    void setRunning(bool running);
    bool isRunning() const { return m_running; }
    /// What was handed in here waits, whichever process works. For this run only.
    void setPaused(bool paused);
    /// Whether this is the process that prepares and sends.
    bool isWorker() const { return m_isWorker; }
    /// What the server takes; files beyond it fail before a byte moves.
    void setRules(const ServerRules& rules);

    /// Rows are durable when the future finishes; the keys are in the order of the orders.
    QFuture<Result<QStringList>> share(const QList<UploadOrder>& orders);
    /// An act with an undo time leaves when that has passed, and so do later ones on its image.
    QFuture<Result<QString>> edit(const protocol::Image& image, const protocol::ImagePatch& patch,
                                  std::chrono::milliseconds undoTime = {});
    QFuture<Result<QString>> remove(const protocol::Image& image,
                                    std::chrono::milliseconds undoTime);

    /// Takes back what isRevocable(): at once what was not sent. Of what may have arrived the
    /// server is asked, and an upload that did is deleted; an act that cannot be undone any more is
    /// Done. The states tell.
    void cancel(const QString& key);
    /// Changes what an upload says of its picture: false once it is through. What is on its way is
    /// edited when it has arrived. What becomes public by that waits for \a undoTime, so that it
    /// can be amended once more.
    bool amend(const QString& key, const protocol::ImagePatch& patch,
               std::chrono::milliseconds undoTime = {});
    /// Tries a failed one again, from the start.
    void retry(const QString& key);
    /// Tries a failed edit again, against the image as the person has seen it since: of \a
    /// revision.
    void overrule(const QString& key, qint64 revision);
    /// It goes before all others; what was done earlier to its image goes with it, in its order.
    void sendFirst(const QString& key);
    /// Forgets those that are finished.
    void clearFinished();
    /// Forgets these of them, whose end somebody was told of.
    void forget(const QStringList& keys);

    const QList<Transfer>& transfers() const { return m_queue.transfers(); }
    /// nullptr if there is none; valid until the list changes.
    const Transfer* find(const QString& key) const { return m_queue.find(key); }
    /// Whether it waits for a time (to be undone until then, to be tried again), not for its turn.
    bool isHeld(const QString& key) const;
    /// Whether it waits because the process that handed it in is paused.
    bool isPaused(const QString& key) const { return m_queue.isPaused(key); }
    /// What an upload that is not through looks like; null while that is not known.
    QImage preview(const QString& key) const { return m_queue.preview(key); }

Q_SIGNALS:
    void added(const QString& key);
    void changed(const QString& key);
    void removed(const QStringList& keys);
    /// These go before all others from now on, in this order.
    void movedFirst(const QStringList& keys);
    /// The server has it. \a preview is ours, so that nothing need be fetched.
    void shared(const vitrine::protocol::Image& image, const QImage& preview);
    void edited(const vitrine::protocol::Image& image);
    void deleted(const QString& imageId);
    /// A delete was taken back, or the server refused it.
    void deleteUndone(const QString& imageId);
    /// The server's image is another one than the person saw when editing.
    void conflicted();
    /// What isPaused() says may be another now.
    void pausedOwnersChanged();
    /// The queue has stopped itself until somebody signs in and calls setRunning(true). \a refusal
    /// is what the server said to an act that was sent since the last such call.
    void signInNeeded(const vitrine::Error& refusal);

private:
    struct HandedIn;
    struct Attempt;
    static HandedIn handedIn(const QList<UploadOrder>& orders, const Clock& clock);
    QFuture<Result<QStringList>> enqueue(const HandedIn& all);
    void list(const HandedIn& all, qsizetype from,
              const std::shared_ptr<QPromise<Result<QStringList>>>& keys);
    void holdIfAsked(const Transfer& transfer);
    void append(const Transfer& transfer);
    void advance();
    void start(const TransferQueue::Startable& startable);
    bool wantsToWork() const;

    QFuture<Result<void>> catchUp();
    void takeOut(QStringList keys);
    void takeIn(const News& news);
    void takeIn(const Transfer& transfer);
    void takeOver();
    void letGo();
    void ask(const Request& request);
    void carryOut(const Request& request);
    void askFirst(Transfer& transfer);
    void amendWhatEnded(const Transfer& ended, const Request& request);
    void takeBackWhatEnded(const Transfer& ended);
    void add(const Transfer& act);
    Surroundings surroundings(DuplicateLookup lookup);
    void takePaused();
    void followBell();
    void listen();
    bool mayLetGo() const;
    void hearBell();

    void startPreparing(Transfer& transfer);
    void finishPreparing(const QString& key, const Result<Prepared>& prepared);
    void startSending(Transfer& transfer);
    void sendNow(const Transfer& transfer);
    void showProgress(const QString& key, qint64 moved, qint64 total);
    QFuture<Result<void>> leave(const std::shared_ptr<Attempt>& attempt,
                                const QStringList& listedBefore);
    QFuture<Result<void>> enterLine(const std::shared_ptr<Attempt>& attempt);
    void finishSending(const Attempt& attempt, const Result<Sent>& outcome);
    static void noteDoubt(Transfer& transfer, const Attempt& attempt, const Error& error);

    bool mayLeave(const Transfer& before) const;
    void turnBack(Transfer& transfer, const Transfer& before);
    void adapt(const Transfer& transfer, const Attempt& attempt, const Result<Sent>& outcome);
    void setPace();
    void complete(Transfer& transfer, const protocol::Image& image);
    void tell(const Transfer& ended, const QImage& preview);
    void noteReadBack(const QString& key);
    void fail(Transfer& transfer, const Error& error);
    void prepareAgain(Transfer& transfer);
    void postpone(Transfer& transfer, const Error& error, std::chrono::milliseconds wait);
    void refuse(Transfer& transfer, const Error& error);
    void settle(Transfer& transfer, State state, std::optional<Error> error = {});
    QList<Transfer> carryRevision(const Transfer& ended);
    void finish(const Transfer& ended);
    void discardSource(const Transfer& transfer);
    QFuture<Result<void>> save(const Transfer& transfer);
    QFuture<Result<void>> save(const QList<Transfer>& transfers, const QStringList& files);
    void saveAgain();

    const QString m_directory;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
    Sender m_sender;
    OutboxStore m_store;
    ReadBack m_readBack;
    TransferQueue m_queue;
    Parallelism m_parallelism;
    Turnstile m_line;       // uploads whose bytes are on their way
    bool m_isQuick = false; // the last one was there in no time
    ServerRules m_rules;
    bool m_running = false;
    int m_stretch = 0; // of running: another one each time that it begins
    bool m_isOnlooker = false;
    bool m_isWorker = false;
    bool m_isPaused = false;
    bool m_hasLoaded = false;
    bool m_hasAsked = false; // and nobody may be there to answer
    qint64 m_seen = 0;       // the latest change by others that was taken in
    int m_looks = 0;         // under way
    bool m_hasRung = false;  // meanwhile
    QSet<QString> m_pausedOwners;
    QSet<QString> m_unsaved; // keys of rows that the disk did not take
    int m_saves = 0;         // under way
    QFileSystemWatcher m_bell;
    QTimer m_wake;
    QTimer m_saveAgain;
    QTimer m_follow;      // to look again at what other processes do
    QThreadPool m_intake; // never behind what is slow to prepare
    QThreadPool m_pool;
};

} // namespace vitrine::transfer
