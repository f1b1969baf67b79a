// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/newtransfer.h"

#include "app/transfer/safename.h"

#include <QFileInfo>
#include <QUuid>

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

} // namespace

Transfer newUpload(const UploadOrder& order, const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Upload, clock);
    transfer.source = QFileInfo(order.source).absoluteFilePath(); // for a later run elsewhere
    transfer.name =
        safeName(order.name.isEmpty() ? QFileInfo(order.source).fileName() : order.name);
    transfer.alt = order.alt;
    transfer.isPrivate = order.isPrivate;
    transfer.keepMetadata = order.keepMetadata;
    transfer.again = order.again;
    transfer.fit = order.fit;
    return transfer;
}

Transfer newEdit(const protocol::Image& image, const protocol::ImagePatch& patch,
                 const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Edit, clock);
    transfer.imageId = image.id;
    transfer.name = image.name;
    transfer.revision = image.revision;
    transfer.patch = patch;
    return transfer;
}

Transfer newDelete(const protocol::Image& image, const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Delete, clock);
    transfer.imageId = image.id;
    transfer.name = image.name;
    return transfer;
}

State resumed(const Transfer& transfer)
{
    if (transfer.state == State::Preparing)
        return State::Waiting;
    if (transfer.state == State::Sending)
        return transfer.kind == Kind::Upload ? State::Ready : State::Waiting;
    return transfer.state;
}

} // namespace vitrine::transfer
