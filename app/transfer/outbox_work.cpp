// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Outbox that works: prepares and sends.
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"
#include "app/transfer/outbox.h"
#include "app/transfer/preparer.h"

#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QtConcurrentRun>

#include <utility>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr auto kProgressInterval = 100ms;
// So many more than the line takes are looked up and written down, so that the next is ready to
// leave when one is through. Where that takes longer than this, they would only be in the way of
// whoever changes their mind.
constexpr int kSettingOut = 2;
constexpr auto kQuick = 250ms;
constexpr auto kUntilTheDiskIsBetter = 5s;

/// A copy is a JPEG, whatever the file was.
QString nameOfCopy(const QString& name)
{
    const QFileInfo file(name);
    const QString suffix = file.suffix();
    const bool isJpeg = suffix.compare("jpg"_L1, Qt::CaseInsensitive) == 0 ||
                        suffix.compare("jpeg"_L1, Qt::CaseInsensitive) == 0;
    return isJpeg ? name : file.completeBaseName() + u".jpg"_s;
}

} // namespace

/// One try to send something.
struct Outbox::Attempt {
    Transfer before;              ///< as it was then
    std::optional<Error> unsaved; ///< why it did not leave: the disk did not take that it does
    bool isOnLine = false;        ///< it has a place there, to be given back
    bool isTurnedBack = false;    ///< it did not leave, for something else is wanted by now
    TransferQueue::Moment left{};
};

void Outbox::advance()
{
    if (m_isOnlooker)
        return;
    if (!m_isWorker) {
        if (wantsToWork() && m_looks == 0 && !m_follow.isActive())
            catchUp();
        return;
    }
    const auto now = m_clock.elapsed();
    start(m_queue.startable(now, m_running));
    if (const auto next = m_queue.nextDue(now))
        m_wake.start(*next - now);
    if (mayLetGo())
        letGo();
}

void Outbox::start(const TransferQueue::Startable& startable)
{
    for (const QString& key : startable.toPrepare) {
        if (Transfer* transfer = m_queue.find(key))
            startPreparing(*transfer);
    }
    for (const QString& key : startable.toSend) {
        if (Transfer* transfer = m_queue.find(key))
            startSending(*transfer);
    }
}

void Outbox::startPreparing(Transfer& transfer)
{
    transfer.state = State::Preparing;
    transfer.error.reset();
    transfer.spool = m_store.spool() + u'/' + transfer.key;
    Q_EMIT changed(transfer.key);
    const PrepareOrder order{transfer.source,
                             transfer.spool,
                             {.keepMetadata = transfer.keepMetadata, .fit = transfer.fit},
                             m_rules};
    const auto made = QtConcurrent::run(
        &m_pool, [order, pictures = &m_pictures] { return prepare(order, *pictures); });
    whenDone(this, made, [this, key = transfer.key](const Result<Prepared>& prepared) {
        finishPreparing(key, prepared);
    });
}

void Outbox::finishPreparing(const QString& key, const Result<Prepared>& prepared)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer)
        return;
    if (transfer->state != State::Preparing) { // cancelled meanwhile
        m_pool.start([file = transfer->spool] { QFile::remove(file); });
        return;
    }
    if (!prepared) {
        fail(*transfer, prepared.error());
        advance();
        return;
    }
    if (std::exchange(transfer->takesAlt, false))
        transfer->alt = prepared->altText;
    transfer->bytes = prepared->bytes;
    transfer->sha256 = prepared->sha256;
    transfer->type = prepared->type;
    transfer->removed = prepared->removed;
    transfer->isCopy = prepared->isCopy;
    if (prepared->isCopy)
        transfer->name = nameOfCopy(transfer->name);
    transfer->state = State::Ready;
    m_queue.run(key).preview = prepared->preview;
    m_queue.run(key).placeholder = prepared->placeholder;
    save(*transfer);
    Q_EMIT changed(key);
    advance();
}

void Outbox::startSending(Transfer& transfer)
{
    transfer.state = State::Sending;
    transfer.error.reset();
    transfer.moved = 0;
    Q_EMIT changed(transfer.key);
    if (transfer.kind == Kind::Upload || transfer.isTakenBack)
        return sendNow(
            transfer); // what is only asked changes nothing; an upload is saved as it leaves
    // The row says "sending" before a byte leaves: after a crash it may have arrived.
    whenDone(this, save(transfer), [this, key = transfer.key](const Result<void>& saved) {
        Transfer* current = m_queue.find(key);
        if (!current)
            return;
        if (saved)
            sendNow(*current);
        else
            postpone(*current, saved.error(), kUntilTheDiskIsBetter);
    });
}

void Outbox::sendNow(const Transfer& transfer)
{
    const QString key = transfer.key;
    m_queue.run(key).stretch = m_stretch;
    const auto attempt = std::make_shared<Attempt>(Attempt{transfer, {}});
    const Sender::Watch watch{
        // The request may outlive this outbox, and tell of its progress.
        [outbox = QPointer(this), key](qint64 moved, qint64 total) {
            if (outbox)
                outbox->showProgress(key, moved, total);
        },
        [this, attempt](const QStringList& listedBefore) { return leave(attempt, listedBefore); }};
    whenDone(this, m_sender.send(transfer, watch),
             [this, attempt](const Result<Sent>& outcome) { finishSending(*attempt, outcome); });
}

/// The row says what goes out before a byte does: after a crash the server is asked for that first.
QFuture<Result<void>> Outbox::leave(const std::shared_ptr<Attempt>& attempt,
                                    const QStringList& listedBefore)
{
    Transfer* transfer = m_queue.find(attempt->before.key);
    attempt->isTurnedBack = !transfer || transfer->isTakenBack;
    if (attempt->isTurnedBack)
        return readyFuture(Result<void>(failure(ErrorKind::Cancelled)));
    const Words words = wordsOf(attempt->before); // it may have been amended since
    transfer->mayHaveArrived = true;
    if (!transfer->sentAs.contains(words))
        transfer->sentAs.append(words);
    transfer->listedBefore = listedBefore;
    return whenDone(this, save(*transfer), [this, attempt](const Result<void>& saved) {
        if (saved)
            return enterLine(attempt);
        attempt->unsaved = saved.error();
        return readyFuture(saved);
    });
}

QFuture<Result<void>> Outbox::enterLine(const std::shared_ptr<Attempt>& attempt)
{
    return whenDone(this, m_line.enter(), [this, attempt](const Result<void>& entered) {
        attempt->isOnLine = entered.has_value();
        attempt->isTurnedBack = !entered || !mayLeave(attempt->before);
        attempt->left = m_clock.elapsed();
        return attempt->isTurnedBack ? Result<void>(failure(ErrorKind::Cancelled)) : entered;
    });
}

/// Whether nobody thought better of it while it waited for its place.
bool Outbox::mayLeave(const Transfer& before) const
{
    const Transfer* now = m_queue.find(before.key);
    return m_running && now && !now->isTakenBack && !m_queue.isPaused(before.key) &&
           wordsOf(*now) == wordsOf(before);
}

void Outbox::showProgress(const QString& key, qint64 moved, qint64 total)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->state != State::Sending || total <= 0)
        return;
    transfer->moved = std::min(moved, transfer->bytes);
    TransferQueue::Run& run = m_queue.run(key);
    if (moved < total && m_clock.elapsed() - run.shown < kProgressInterval)
        return;
    run.shown = m_clock.elapsed();
    Q_EMIT changed(key);
}

void Outbox::finishSending(const Attempt& attempt, const Result<Sent>& outcome)
{
    Transfer* transfer = m_queue.find(attempt.before.key);
    if (transfer)
        adapt(*transfer, attempt, outcome);
    if (attempt.isOnLine)
        m_line.leave();
    if (!transfer)
        return;
    if (attempt.isTurnedBack) {
        turnBack(*transfer, attempt.before);
    } else if (!outcome) {
        noteDoubt(*transfer, attempt, outcome.error());
        if (attempt.unsaved && !transfer->isTakenBack)
            postpone(*transfer, *attempt.unsaved, kUntilTheDiskIsBetter);
        else
            fail(*transfer, outcome.error());
    } else if (outcome->isUndone) {
        if (!outcome->image.id.isEmpty())
            transfer->item = outcome->image;
        settle(*transfer, State::Cancelled);
    } else if (outcome->isDuplicate) {
        transfer->imageId = outcome->image.id;
        settle(*transfer, State::Duplicate);
    } else {
        complete(*transfer, outcome->image);
    }
    advance();
}

/// It is as if it had never set out.
void Outbox::turnBack(Transfer& transfer, const Transfer& before)
{
    transfer.mayHaveArrived = before.mayHaveArrived;
    transfer.sentAs = before.sentAs;
    if (transfer.isTakenBack && !transfer.mayHaveArrived)
        return settle(transfer, State::Cancelled);
    transfer.state = State::Ready;
    save(transfer);
    Q_EMIT changed(transfer.key);
}

/// What did not arrive is as if it had not been tried.
void Outbox::noteDoubt(Transfer& transfer, const Attempt& attempt, const Error& error)
{
    const bool isInDoubt = leavesInDoubt(error) && !attempt.unsaved;
    if (transfer.kind != Kind::Upload) {
        transfer.mayHaveArrived |= isInDoubt;
    } else if (!isInDoubt) {
        transfer.mayHaveArrived = attempt.before.mayHaveArrived;
        transfer.sentAs = attempt.before.sentAs;
    }
}

/// Sends more at once, or fewer, by what the line gives.
void Outbox::adapt(const Transfer& transfer, const Attempt& attempt, const Result<Sent>& outcome)
{
    const auto now = m_clock.elapsed();
    if (outcome && attempt.isOnLine) {
        m_parallelism.arrived(transfer.bytes, m_line.isFull(), now);
        m_isQuick = now - attempt.left < kQuick;
    } else if (!outcome && waitsForTheLine(outcome.error())) {
        m_parallelism.lost();
        m_isQuick = false;
    }
    setPace();
}

void Outbox::setPace()
{
    m_line.setWidth(m_parallelism.atOnce());
    m_queue.setSendingAtOnce(m_parallelism.atOnce() + (m_isQuick ? kSettingOut : 0));
}

} // namespace vitrine::transfer
