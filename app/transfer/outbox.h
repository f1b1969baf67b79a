// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/filecheck.h"
#include "app/transfer/newtransfer.h"
#include "app/transfer/outboxstore.h"
#include "app/transfer/sender.h"
#include "app/transfer/transfer.h"
#include "app/transfer/transferqueue.h"

#include <QFuture>
#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <optional>

namespace vitrine::transfer {

struct Prepared;

/// The durable outbox: every act is a row before anything else happens, goes out in order for one
/// image and in parallel for different ones, and ends as Done, Duplicate, Failed or Cancelled.
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
    /// What the server takes; files beyond it fail before a byte moves.
    void setRules(const ServerRules& rules) { m_rules = rules; }

    /// Rows are durable when the future finishes; the keys are in the order of the orders.
    QFuture<Result<QStringList>> share(const QList<UploadOrder>& orders);
    /// An act with an undo time leaves when that has passed, and so do later ones on its image.
    QFuture<Result<QString>> edit(const protocol::Image& image, const protocol::ImagePatch& patch,
                                  std::chrono::milliseconds undoTime = {});
    QFuture<Result<QString>> remove(const protocol::Image& image,
                                    std::chrono::milliseconds undoTime);

    /// Takes back what has not been sent.
    void cancel(const QString& key);
    /// Changes what an upload says of its picture while that can still be done: false once it is on
    /// its way.
    bool amend(const QString& key, const protocol::ImagePatch& patch);
    /// Tries a failed one again, from the start.
    void retry(const QString& key);
    /// Forgets those that are finished.
    void clearFinished();
    /// Forgets these of them, whose end somebody was told of.
    void forget(const QStringList& keys);

    const QList<Transfer>& transfers() const { return m_queue.transfers(); }
    /// nullptr if there is none; valid until the list changes.
    const Transfer* find(const QString& key) const { return m_queue.find(key); }
    /// Whether it waits for a time (to be undone until then, to be tried again), not for its turn.
    bool isHeld(const QString& key) const;
    /// What an upload that is not through looks like; null while that is not known.
    QImage preview(const QString& key) const { return m_queue.preview(key); }

Q_SIGNALS:
    void added(const QString& key);
    void changed(const QString& key);
    void removed(const QString& key);
    /// The server has it. \a preview is ours, so that nothing need be fetched.
    void shared(const vitrine::protocol::Image& image, const QImage& preview);
    void edited(const vitrine::protocol::Image& image);
    void deleted(const QString& imageId);
    /// A delete was taken back, or the server refused it.
    void deleteUndone(const QString& imageId);
    /// The server's image is another one than the person saw when editing.
    void conflicted();
    /// The queue has stopped itself until somebody signs in and calls setRunning(true).
    void signInNeeded();

private:
    /// \a runs: one a transfer, its due time counted from now.
    QFuture<Result<QStringList>> enqueue(const QList<Transfer>& transfers,
                                         const QList<TransferQueue::Run>& runs);
    void append(const Transfer& transfer);
    void advance();

    void startPreparing(Transfer& transfer);
    void finishPreparing(const QString& key, const Result<Prepared>& prepared);
    void startSending(Transfer& transfer);
    void sendNow(const Transfer& transfer);
    void showProgress(const QString& key, qint64 moved, qint64 total);
    void finishSending(const QString& key, const Result<Sent>& outcome);

    void complete(Transfer& transfer, const protocol::Image& image);
    void fail(Transfer& transfer, const Error& error);
    void postpone(Transfer& transfer, const Error& error);
    void refuse(Transfer& transfer, const Error& error);
    void settle(Transfer& transfer, State state, std::optional<Error> error = {});
    void carryRevision(const protocol::Image& edited, qint64 before);
    void discardFiles(const Transfer& transfer);
    void discardSource(const Transfer& transfer);
    QFuture<Result<void>> save(const Transfer& transfer);

    const QString m_directory;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
    Sender m_sender;
    OutboxStore m_store;
    TransferQueue m_queue;
    ServerRules m_rules;
    bool m_running = false;
    bool m_isOnlooker = false;
    QTimer m_wake;
    QThreadPool m_pool;
};

} // namespace vitrine::transfer
