// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Outbox that changes its mind: takes back, and says something else, whatever has
// become of the act meanwhile.
#include "app/transfer/outbox.h"

#include <algorithm>

namespace vitrine::transfer {

using namespace std::chrono_literals;

void Outbox::cancel(const QString& key)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || !isRevocable(*transfer))
        return;
    if (!m_isWorker)
        return ask({.key = key, .act = Request::Act::Cancel});
    if (transfer->state == State::Sending || transfer->mayHaveArrived)
        askFirst(*transfer);
    else
        settle(*transfer, State::Cancelled);
    advance();
}

/// Whether there is anything to undo the server knows.
void Outbox::askFirst(Transfer& transfer)
{
    transfer.isTakenBack = true;
    if (transfer.state == State::Sending) { // when that is through, unless it has not left yet
        m_line.turnAway();
    } else {
        // Whatever is being prepared is not needed any more.
        transfer.state = transfer.kind == Kind::Upload ? State::Ready : State::Waiting;
        m_queue.setDue(transfer.key, {});
    }
    save(transfer);
    Q_EMIT changed(transfer.key);
}

bool Outbox::amend(const QString& key, const protocol::ImagePatch& patch,
                   std::chrono::milliseconds undoTime)
{
    Transfer* transfer = m_queue.find(key);
    const bool isOpen =
        transfer && (!isFinished(transfer->state) || transfer->state == State::Failed);
    if (!isOpen || transfer->kind != Kind::Upload || transfer->isTakenBack)
        return false;
    if (!m_isWorker) {
        ask({.key = key, .act = Request::Act::Amend, .patch = patch, .undoTime = undoTime});
        return true;
    }
    const bool isShown = transfer->isPrivate && patch.isPrivate == false;
    if (isShown && undoTime.count() > 0) {
        transfer->heldUntil = m_clock.now().addMSecs(undoTime.count());
        holdIfAsked(*transfer);
    }
    transfer->alt = patch.alt.value_or(transfer->alt);
    transfer->takesAlt = transfer->takesAlt && !patch.alt;
    transfer->isPrivate = patch.isPrivate.value_or(transfer->isPrivate);
    save(*transfer);
    Q_EMIT changed(key);
    return true;
}

/// It was through when another process's request came: the image is edited.
void Outbox::amendWhatEnded(const Transfer& ended, const Request& request)
{
    protocol::Image image = ended.item.value_or(protocol::Image());
    image.id = ended.imageId; // of a duplicate no more is known, so whatever the image is by now
    image.name = ended.name;
    const bool hasImage = ended.state == State::Done || ended.state == State::Duplicate;
    if (ended.kind == Kind::Upload && hasImage && !image.id.isEmpty())
        add(newEdit(image, request.patch, request.undoTime, m_clock));
}

/// The same, of what was taken back too late.
void Outbox::takeBackWhatEnded(const Transfer& ended)
{
    if (ended.state != State::Done)
        return;
    if (const auto undo = newUndoOf(ended, m_clock))
        add(*undo);
}

void Outbox::add(const Transfer& act)
{
    save(act);
    append(act);
    advance();
}

Surroundings Outbox::surroundings(DuplicateLookup lookup)
{
    const auto isDoomed = [this](const QString& id) {
        const auto& all = transfers();
        return std::any_of(all.begin(), all.end(), [&](const Transfer& other) {
            return other.kind == Kind::Delete && other.imageId == id && !isFinished(other.state);
        });
    };
    const auto imagesOfOthers = [this](const QString& key) {
        QSet<QString> images;
        for (const Transfer& other : transfers()) {
            if (other.kind == Kind::Upload && other.key != key && !other.imageId.isEmpty())
                images.insert(other.imageId);
        }
        return images;
    };
    return {std::move(lookup),
            [this](const QByteArray& sha256) { return m_store.sharedAs(sha256); }, isDoomed,
            imagesOfOthers};
}

} // namespace vitrine::transfer
