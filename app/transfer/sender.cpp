// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/sender.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"

namespace vitrine::transfer {
namespace {

using Outcome = Result<Sent>;

Outcome sent(const Result<protocol::Image>& item)
{
    return item.map([](const protocol::Image& image) { return Sent{image}; });
}

Sent onlyId(const QString& id, bool isDuplicate)
{
    Sent sent;
    sent.image.id = id;
    sent.isDuplicate = isDuplicate;
    return sent;
}

} // namespace

Sender::Sender(api::ApiClient& client, DuplicateLookup lookup, QObject* parent)
    : QObject(parent), m_client(client), m_lookup(std::move(lookup))
{}

QFuture<Outcome> Sender::send(const Transfer& transfer, bool mayHaveArrived, api::Progress progress)
{
    switch (transfer.kind) {
    case Kind::Upload:
        if (mayHaveArrived) // it would find itself among what was shared before
            return uploadUnlessThere(transfer, progress);
        return transfer.again ? upload(transfer, progress) : uploadUnlessKnown(transfer, progress);
    case Kind::Edit:
        return m_client.patch(transfer.imageId, transfer.revision, transfer.patch).then(sent);
    case Kind::Delete:
        return remove(transfer);
    case Kind::Download:
        break;
    }
    return readyFuture(
        Outcome(failure(ErrorKind::Internal, QStringLiteral("a download is not sent"))));
}

QFuture<Outcome> Sender::upload(const Transfer& transfer, const api::Progress& progress)
{
    return m_client
        .upload({.file = transfer.spool,
                 .name = transfer.name,
                 .type = transfer.type,
                 .alt = transfer.alt,
                 .isPrivate = transfer.isPrivate,
                 .idempotencyKey = transfer.key,
                 .sha256 = transfer.sha256},
                progress)
        .then(sent);
}

QFuture<Outcome> Sender::uploadUnlessThere(const Transfer& transfer, const api::Progress& progress)
{
    const auto asked = m_client.uploadOutcome(transfer.key);
    const auto goOn = [this, transfer, progress](const Result<protocol::Image>& known) {
        const bool unknown = !known && known.error().kind == ErrorKind::NotFound;
        return unknown ? upload(transfer, progress) : readyFuture(sent(known));
    };
    return whenDone(this, asked, goOn);
}

QFuture<Outcome> Sender::uploadUnlessKnown(const Transfer& transfer, const api::Progress& progress)
{
    const auto goOn = [this, transfer, progress](const Result<QString>& twin) {
        const bool isKnown = twin && !twin->isEmpty();
        return isKnown ? readyFuture(Outcome(onlyId(*twin, true))) : upload(transfer, progress);
    };
    return whenDone(this, m_lookup(transfer.sha256), goOn);
}

QFuture<Outcome> Sender::remove(const Transfer& transfer)
{
    return m_client.remove(transfer.imageId)
        .then([id = transfer.imageId](const Result<void>& removed) -> Outcome {
            return removed.map([&id] { return onlyId(id, false); });
        });
}

} // namespace vitrine::transfer
