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

Sent undone(const protocol::Image& image)
{
    return {.image = image, .isUndone = true};
}

} // namespace

Sender::Sender(api::ApiClient& client, Surroundings surroundings, QObject* parent)
    : QObject(parent), m_client(client), m_keyless(client), m_surroundings(std::move(surroundings))
{}

QFuture<Outcome> Sender::send(const Transfer& transfer, const Watch& watch)
{
    if (transfer.isTakenBack)
        return takeBack(transfer);
    switch (transfer.kind) {
    case Kind::Upload:
        if (transfer.mayHaveArrived) // it would find itself among what was shared before
            return uploadUnlessThere(transfer, watch);
        return transfer.again ? upload(transfer, watch) : uploadUnlessKnown(transfer, watch);
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

QFuture<Outcome> Sender::takeBack(const Transfer& transfer)
{
    if (transfer.kind == Kind::Upload)
        return takeBackUpload(transfer);
    if (transfer.kind == Kind::Delete)
        return takeBackDelete(transfer.imageId);
    // Whether it arrived or not: others do not see it any more.
    protocol::ImagePatch hide;
    hide.isPrivate = true;
    return m_client.patch(transfer.imageId, 0, hide).then([](const Result<protocol::Image>& item) {
        return item.map(undone);
    });
}

QFuture<Outcome> Sender::takeBackUpload(const Transfer& upload)
{
    if (m_client.keepsKeys()) {
        const auto asked = m_client.uploadOutcome(upload.key);
        return whenDone(this, asked, [](const Result<protocol::Image>& known) -> Outcome {
            const bool unknown = !known && known.error().kind == ErrorKind::NotFound;
            return unknown ? Outcome(undone({})) : sent(known);
        });
    }
    using Alike = KeylessUploads::Alike;
    return whenDone(this, m_keyless.find(soughtOf(upload)), [](const Result<Alike>& alike) {
        return alike.map([](const Alike& found) {
            return found.newest ? Sent{.image = *found.newest} : undone({});
        });
    });
}

QFuture<Outcome> Sender::takeBackDelete(const QString& id)
{
    return whenDone(this, isThere(id), [id](const Result<bool>& isThere) {
        return isThere.map([&](bool there) { return there ? undone({}) : onlyId(id, false); });
    });
}

QFuture<Outcome> Sender::upload(const Transfer& transfer, const Watch& watch)
{
    return m_client.keepsKeys() ? leave(transfer, watch, {}) : uploadKeyless(transfer, watch);
}

QFuture<Outcome> Sender::leave(const Transfer& transfer, const Watch& watch,
                               const QStringList& listedBefore)
{
    const api::UploadRequest request{.file = transfer.spool,
                                     .name = transfer.name,
                                     .type = transfer.type,
                                     .alt = transfer.alt,
                                     .isPrivate = transfer.isPrivate,
                                     .idempotencyKey = transfer.key,
                                     .sha256 = transfer.sha256};
    const auto outcome = sentAs(transfer);
    const auto goOn = [=, this, progress = watch.progress](const Result<void>& mayLeave) {
        return mayLeave ? m_client.upload(request, progress).then(outcome)
                        : readyFuture(Outcome(failure(mayLeave.error())));
    };
    return whenDone(this, watch.leave(listedBefore), goOn);
}

// Such a server does not tell what it stored: before and after each upload the listing is looked
// at, so that what arrived without an answer is found and not sent twice.
QFuture<Outcome> Sender::uploadKeyless(const Transfer& transfer, const Watch& watch)
{
    using Alike = KeylessUploads::Alike;
    const auto looked = m_keyless.find(soughtOf(transfer));
    return whenDone(this, looked, [=, this](const Result<Alike>& alike) {
        if (!alike)
            return readyFuture(Outcome(failure(alike.error())));
        if (transfer.mayHaveArrived && alike->newest)
            return readyFuture(Outcome(Sent{.image = *alike->newest}));
        const auto left = leave(transfer, watch, alike->ids);
        return whenDone(this, left, [=, this, before = alike->ids](const Outcome& outcome) {
            return outcome ? named(transfer, outcome->image, before).then(sent)
                           : readyFuture(outcome);
        });
    });
}

QFuture<Result<protocol::Image>> Sender::named(const Transfer& transfer,
                                               const protocol::Image& image,
                                               const QStringList& listedBefore)
{
    using Alike = KeylessUploads::Alike;
    if (!image.id.isEmpty())
        return readyFuture(Result<protocol::Image>(image));
    auto sought = soughtOf(transfer);
    sought.words = {wordsOf(transfer)};
    sought.others.unite(QSet<QString>(listedBefore.begin(), listedBefore.end()));
    return whenDone(this, m_keyless.find(sought),
                    [image](const Result<Alike>& alike) -> Result<protocol::Image> {
                        // It was taken, whatever the listing says.
                        return alike && alike->newest ? *alike->newest : image;
                    });
}

KeylessUploads::Sought Sender::soughtOf(const Transfer& upload) const
{
    KeylessUploads::Sought sought{.name = upload.name,
                                  .words = upload.sentAs,
                                  .others = m_surroundings.imagesOfOthers(upload.key)};
    if (!sought.words.contains(wordsOf(upload)))
        sought.words.append(wordsOf(upload));
    sought.others.unite(QSet<QString>(upload.listedBefore.begin(), upload.listedBefore.end()));
    if (upload.mayHaveArrived && upload.sentAs.isEmpty())
        sought.since = upload.created;
    return sought;
}

QFuture<Outcome> Sender::uploadUnlessThere(const Transfer& transfer, const Watch& watch)
{
    if (!m_client.keepsKeys())
        return uploadKeyless(transfer, watch);
    const auto asked = m_client.uploadOutcome(transfer.key);
    const auto goOn = [this, transfer, watch](const Result<protocol::Image>& known) {
        const bool unknown = !known && known.error().kind == ErrorKind::NotFound;
        if (!unknown)
            return readyFuture(sentAs(transfer)(known));
        return transfer.again ? upload(transfer, watch) : uploadUnlessKnown(transfer, watch);
    };
    return whenDone(this, asked, goOn);
}

// A listing may be old: whether the twin is there, and stays, is asked.
QFuture<Outcome> Sender::uploadUnlessKnown(const Transfer& transfer, const Watch& watch)
{
    const auto believed = [=, this](const Result<QString>& twin) {
        if (!twin || twin->isEmpty())
            return uploadUnlessSent(transfer, watch);
        return whenDone(this, isThere(*twin), [=, this, id = *twin](const Result<bool>& isThere) {
            if (!isThere)
                return readyFuture(Outcome(failure(isThere.error())));
            return *isThere && !m_surroundings.isDoomed(id) ? readyFuture(Outcome(onlyId(id, true)))
                                                            : uploadUnlessSent(transfer, watch);
        });
    };
    return whenDone(this, m_surroundings.shared(transfer.sha256), believed);
}

// Another process may have shared the same bytes a moment ago. Whether they are still there the
// server knows.
QFuture<Outcome> Sender::uploadUnlessSent(const Transfer& transfer, const Watch& watch)
{
    using protocol::Image;
    const auto answered = [this, transfer, watch](const Result<Image>& twin) {
        if (twin && !m_surroundings.isDoomed(twin->id))
            return readyFuture(Outcome(onlyId(twin->id, true)));
        return twin || twin.error().kind == ErrorKind::NotFound
                   ? upload(transfer, watch)
                   : readyFuture(Outcome(failure(twin.error())));
    };
    const auto key = m_surroundings.sent(transfer.sha256);
    return whenDone(this, key, [=, this](const Result<QString>& sentWith) {
        const bool canAsk = sentWith && !sentWith->isEmpty() && m_client.keepsKeys();
        return canAsk ? whenDone(this, m_client.uploadOutcome(*sentWith), answered)
                      : upload(transfer, watch);
    });
}

QFuture<Result<bool>> Sender::isThere(const QString& id)
{
    if (!m_client.renewsUncounted()) // where asking for it would count
        return m_keyless.isListed(id);
    const auto asked = m_client.renewedDownloadUrl(id);
    return whenDone(this, asked, [](const Result<QUrl>& address) -> Result<bool> {
        if (!address && address.error().kind != ErrorKind::NotFound)
            return failure(address.error());
        return address.has_value();
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
