// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/newtransfer.h"

#include "app/transfer/safename.h"

#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace vitrine::transfer {
namespace {

Transfer newTransfer(Kind kind, const Clock& clock)
{
    Transfer transfer;
    transfer.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    transfer.kind = kind;
    transfer.created = clock.now();
    return transfer;
}

void hold(Transfer& transfer, std::chrono::milliseconds undoTime)
{
    if (undoTime.count() > 0)
        transfer.heldUntil = transfer.created.addMSecs(undoTime.count());
}

} // namespace

Transfer newUpload(const UploadOrder& order, const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Upload, clock);
    transfer.source = QFileInfo(order.source).absoluteFilePath(); // for a later run elsewhere
    transfer.name =
        safeName(order.name.isEmpty() ? QFileInfo(order.source).fileName() : order.name);
    transfer.alt = order.alt;
    transfer.takesAlt = order.takesAlt;
    transfer.isPrivate = order.isPrivate;
    transfer.keepMetadata = order.keepMetadata;
    transfer.again = order.again;
    transfer.fit = order.fit;
    hold(transfer, order.undoTime);
    return transfer;
}

UploadOrder orderOf(const Transfer& upload)
{
    return {.source = upload.source,
            .name = upload.isCopy ? QFileInfo(upload.source).fileName() : upload.name,
            .alt = upload.alt,
            .takesAlt = upload.takesAlt,
            .isPrivate = upload.isPrivate,
            .keepMetadata = upload.keepMetadata,
            .again = upload.again,
            .fit = upload.fit};
}

Transfer newEdit(const protocol::Image& image, const protocol::ImagePatch& patch,
                 std::chrono::milliseconds undoTime, const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Edit, clock);
    hold(transfer, undoTime);
    transfer.imageId = image.id;
    transfer.name = image.name;
    transfer.revision = image.revision;
    transfer.patch = patch;
    return transfer;
}

Transfer newDelete(const protocol::Image& image, std::chrono::milliseconds undoTime,
                   const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Delete, clock);
    hold(transfer, undoTime);
    transfer.imageId = image.id;
    transfer.name = image.name;
    return transfer;
}

std::optional<Transfer> newUndoOf(const Transfer& done, const Clock& clock)
{
    constexpr std::chrono::milliseconds atOnce{0};
    if (!done.item || done.item->id.isEmpty())
        return {};
    if (done.kind == Kind::Upload)
        return newDelete(*done.item, atOnce, clock);
    protocol::ImagePatch hide;
    hide.isPrivate = true;
    return onlyShows(done) ? std::optional(newEdit(*done.item, hide, atOnce, clock)) : std::nullopt;
}

void resume(Transfer& transfer)
{
    // Of an upload that is noted when it leaves.
    transfer.mayHaveArrived |= transfer.state == State::Sending && transfer.kind != Kind::Upload;
    if (transfer.state == State::Sending && transfer.kind == Kind::Upload)
        transfer.state = State::Ready;
    else if (transfer.state == State::Preparing || transfer.state == State::Sending)
        transfer.state = State::Waiting;
}

std::chrono::milliseconds undoTimeLeft(const Transfer& transfer, const QDateTime& now)
{
    if (!transfer.heldUntil.isValid())
        return {};
    // By two clocks that may have been set in between: no longer than it was to be in all.
    const auto left =
        std::min(now.msecsTo(transfer.heldUntil), transfer.created.msecsTo(transfer.heldUntil));
    return std::chrono::milliseconds(std::max(left, qint64(0)));
}

} // namespace vitrine::transfer
