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

/// What arrived must be what was sent, where the server tells.
Result<protocol::Image> verified(const Result<protocol::Image>& item, const QByteArray& sha256)
{
    if (item && !item->sha256.isEmpty() && item->sha256 != sha256)
        return failure(ErrorKind::BadAnswer, QStringLiteral("the server has other bytes"));
    return item;
}

auto sentAs(const Transfer& transfer)
{
    return [sha256 = transfer.sha256](const Result<protocol::Image>& item) {
        return sent(verified(item, sha256));
    };
}

Sent onlyId(const QString& id, bool isDuplicate)
{
    Sent sent;
    sent.image.id = id;
    sent.isDuplicate = isDuplicate;
    return sent;
}

} // namespace

Sender::Sender(api::ApiClient& client, DuplicateLookup lookup, SentLookup sentLookup,
               QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_keyless(client)
    , m_lookup(std::move(lookup))
    , m_sentLookup(std::move(sentLookup))
{}

QFuture<Outcome> Sender::send(const Transfer& transfer, api::Progress progress)
{
    switch (transfer.kind) {
    case Kind::Upload:
        if (transfer.mayHaveArrived) // it would find itself among what was shared before
            return uploadUnlessThere(transfer, progress);
        return transfer.again ? upload(transfer, progress) : uploadUnlessKnown(transfer, progress);
    case Kind::Edit:
        return edit(transfer);
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
    const api::UploadRequest request{.file = transfer.spool,
                                     .name = transfer.name,
                                     .type = transfer.type,
                                     .alt = transfer.alt,
                                     .isPrivate = transfer.isPrivate,
                                     .idempotencyKey = transfer.key,
                                     .sha256 = transfer.sha256};
    const auto outcome = sentAs(transfer);
    if (m_client.keepsKeys())
        return m_client.upload(request, progress).then(outcome);
    const auto since = transfer.mayHaveArrived ? std::optional(transfer.created) : std::nullopt;
    return m_keyless.upload(request, since, progress).then(sent);
}

QFuture<Outcome> Sender::uploadUnlessThere(const Transfer& transfer, const api::Progress& progress)
{
    if (!m_client.keepsKeys())
        return upload(transfer, progress);
    const auto asked = m_client.uploadOutcome(transfer.key);
    const auto goOn = [this, transfer, progress](const Result<protocol::Image>& known) {
        const bool unknown = !known && known.error().kind == ErrorKind::NotFound;
        if (!unknown)
            return readyFuture(sentAs(transfer)(known));
        return transfer.again ? upload(transfer, progress) : uploadUnlessKnown(transfer, progress);
    };
    return whenDone(this, asked, goOn);
}

QFuture<Outcome> Sender::uploadUnlessKnown(const Transfer& transfer, const api::Progress& progress)
{
    const auto goOn = [this, transfer, progress](const Result<QString>& twin) {
        const bool isKnown = twin && !twin->isEmpty();
        return isKnown ? readyFuture(Outcome(onlyId(*twin, true)))
                       : uploadUnlessSent(transfer, progress);
    };
    return whenDone(this, m_lookup(transfer.sha256), goOn);
}

// Another process may have shared the same bytes a moment ago. Whether they are still there the
// server knows.
QFuture<Outcome> Sender::uploadUnlessSent(const Transfer& transfer, const api::Progress& progress)
{
    using protocol::Image;
    const auto answered = [this, transfer, progress](const Result<Image>& twin) {
        if (twin)
            return readyFuture(Outcome(onlyId(twin->id, true)));
        return twin.error().kind == ErrorKind::NotFound
                   ? upload(transfer, progress)
                   : readyFuture(Outcome(failure(twin.error())));
    };
    return whenDone(this, m_sentLookup(transfer.sha256), [=, this](const Result<QString>& key) {
        const bool canAsk = key && !key->isEmpty() && m_client.keepsKeys();
        return canAsk ? whenDone(this, m_client.uploadOutcome(*key), answered)
                      : upload(transfer, progress);
    });
}

// What only hides goes through whatever the image is by now. With the revision first all the same:
// where it has gone through already (below us a request may be sent twice), the image is as wanted,
// and nobody's edit behind it becomes a conflict.
QFuture<Outcome> Sender::edit(const Transfer& transfer)
{
    const auto patched = [this, transfer](qint64 revision) {
        return m_client.patch(transfer.imageId, revision, transfer.patch).then(sent);
    };
    if (!onlyHides(transfer))
        return patched(transfer.revision);
    return whenDone(this, patched(transfer.revision), [patched](const Outcome& outcome) {
        const bool isConflict = !outcome && outcome.error().kind == ErrorKind::Conflict;
        return isConflict ? patched(0) : readyFuture(outcome);
    });
}

QFuture<Outcome> Sender::remove(const Transfer& transfer)
{
    return m_client.remove(transfer.imageId)
        .then([id = transfer.imageId](const Result<void>& removed) -> Outcome {
            return removed.map([&id] { return onlyId(id, false); });
        });
}

} // namespace vitrine::transfer
