// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/base/clock.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/outboxstore.h"
#include "app/transfer/transfer.h"
#include "app/transfer/transferqueue.h"

#include <QFuture>
#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <optional>

namespace vitrine::transfer {

struct Prepared;

/// What a person asks to share.
struct UploadOrder {
    QString source; ///< path
    QString name;   ///< what the server is told; the source's file name if empty
    QString alt;
    bool isPrivate = false;
    bool keepMetadata = false;
    bool again = false;
    std::chrono::milliseconds undoTime{0}; ///< how long it waits, so that it can be taken back
};

/// The durable outbox: every act is a row before anything else happens, goes out in order for one
/// image and in parallel for different ones, and ends as Done, Duplicate, Failed or Cancelled.
/// Lives on the GUI thread (or the CLI's main thread); disk and pixels are touched elsewhere.
class Outbox final : public QObject
{
    Q_OBJECT

public:
    /// Which image of this account has these bytes already; an empty id if none.
    using DuplicateLookup = std::function<QFuture<Result<QString>>(const QByteArray& sha256)>;

    /// \a directory holds the rows and the spooled bytes of one account. \a client, \a pictures
    /// and \a clock must outlive it.
    Outbox(const QString& directory, api::ApiClient& client, const imaging::PictureReader& pictures,
           const Clock& clock, DuplicateLookup lookup, QObject* parent = nullptr);
    ~Outbox() override;

    /// Reads what an earlier run left. Nothing is sent before setRunning(true).
    QFuture<Result<void>> load();
    /// Sending needs a server to talk to; the session says when there is one.
    void setRunning(bool running);
    bool isRunning() const { return m_running; }
    /// What the server takes; files beyond it fail before a byte moves.
    void setLimits(const imaging::Limits& limits) { m_limits = limits; }

    /// Rows are durable when the future finishes; the keys are in the order of the orders.
    QFuture<Result<QStringList>> share(const QList<UploadOrder>& orders);
    QFuture<Result<QString>> edit(const protocol::Image& image, const protocol::ImagePatch& patch);
    QFuture<Result<QString>> remove(const protocol::Image& image,
                                    std::chrono::milliseconds undoTime);

    /// Takes back what has not been sent.
    void cancel(const QString& key);
    /// Tries a failed one again, from the start.
    void retry(const QString& key);
    /// Forgets those that are finished.
    void clearFinished();

    const QList<Transfer>& transfers() const { return m_queue.transfers(); }
    /// nullptr if there is none; valid until the list changes.
    const Transfer* find(const QString& key) const { return m_queue.find(key); }

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
    using Delay = std::chrono::milliseconds;
    QFuture<Result<QStringList>> enqueue(QList<Transfer> transfers, const QList<Delay>& delays);
    void append(const Transfer& transfer);
    void advance();

    void startPreparing(Transfer& transfer);
    void finishPreparing(const QString& key, const Result<Prepared>& prepared);
    void startSending(Transfer& transfer);
    void sendUnlessDuplicate(const QString& key, const Result<QString>& duplicate);
    void sendNow(const QString& key);
    void showProgress(const QString& key, qint64 moved, qint64 total);
    void finishSending(const QString& key, const Result<protocol::Image>& outcome);

    void complete(Transfer& transfer, const protocol::Image& image);
    void fail(Transfer& transfer, const Error& error);
    void postpone(Transfer& transfer, const Error& error);
    void refuse(Transfer& transfer, const Error& error);
    void settle(Transfer& transfer, State state, std::optional<Error> error = {});
    void carryRevision(const protocol::Image& edited, qint64 before);
    void discardFiles(const Transfer& transfer);
    QFuture<Result<void>> save(const Transfer& transfer);

    const QString m_directory;
    api::ApiClient& m_client;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
    const DuplicateLookup m_lookup;
    OutboxStore m_store;
    TransferQueue m_queue;
    imaging::Limits m_limits;
    bool m_running = false;
    QTimer m_wake;
    QThreadPool m_pool;
};

} // namespace vitrine::transfer
