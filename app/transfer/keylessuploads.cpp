// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/keylessuploads.h"

#include "app/api/multipartbody.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/protocol/endpoints.h"

#include <algorithm>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;
using api::UploadRequest;
using protocol::Image;

constexpr qint64 kClocksDiffer = 120; // s, at most, between this machine and the server

bool isCalledLike(const Image& image, const UploadRequest& request)
{
    const bool hasName =
        image.name == request.name || image.name.toUtf8() == api::safeFileName(request.name);
    return hasName && image.alt == request.alt && image.isPrivate == request.isPrivate;
}

/// It may be on the server although there was no answer that said so.
bool mayHaveArrived(const Error& error)
{
    return isRetryable(error.kind) && error.kind != ErrorKind::RateLimited;
}

} // namespace

KeylessUploads::KeylessUploads(api::ApiClient& client, QObject* parent)
    : QObject(parent), m_client(client)
{}

QFuture<Result<Image>> KeylessUploads::upload(const UploadRequest& request,
                                              const std::optional<QDateTime>& since,
                                              const api::Progress& progress)
{
    const auto looked = alike({.wanted = request});
    return whenDone(this, looked, [=, this](const Result<Images>& images) {
        if (!images)
            return readyFuture(Result<Image>(failure(images.error())));
        if (const auto image = arrived(request, *images, since)) {
            m_before.remove(request.idempotencyKey);
            return readyFuture(Result<Image>(*image));
        }
        QSet<QString>& before = m_before[request.idempotencyKey];
        for (const Image& image : *images)
            before.insert(image.id);
        return send(request, progress);
    });
}

QFuture<Result<KeylessUploads::Images>> KeylessUploads::alike(const Search& search)
{
    using protocol::Page;
    const auto read = m_client.images(api::View::Owner, search.next, protocol::kMaxPageSize,
                                      api::Urgency::Upload);
    return whenDone(this, read, [this, search](const Result<Page>& page) {
        if (!page)
            return readyFuture(Result<Images>(failure(page.error())));
        Search more = search;
        std::copy_if(page->images.begin(), page->images.end(), std::back_inserter(more.found),
                     [&](const Image& image) { return isCalledLike(image, search.wanted); });
        more.next = page->cursor;
        if (more.next.isEmpty())
            return readyFuture(Result<Images>(more.found));
        if (more.cursors.contains(more.next))
            return readyFuture(
                Result<Images>(failure(ErrorKind::BadAnswer, u"the listing never ends"_s)));
        more.cursors.insert(more.next);
        return alike(more);
    });
}

// The newest one that was not there before the first try. Without a first try in this run: the
// newest one since then.
std::optional<Image> KeylessUploads::arrived(const UploadRequest& request, const Images& images,
                                             const std::optional<QDateTime>& since) const
{
    const auto before = m_before.constFind(request.idempotencyKey);
    const bool isKnown = before != m_before.constEnd();
    std::optional<Image> newest;
    for (const Image& image : images) {
        const bool isNew = isKnown ? !before->contains(image.id)
                                   : since && image.uploaded >= since->addSecs(-kClocksDiffer);
        if (isNew && (!newest || newest->uploaded < image.uploaded))
            newest = image;
    }
    return newest;
}

QFuture<Result<Image>> KeylessUploads::send(const UploadRequest& request,
                                            const api::Progress& progress)
{
    const auto sent = m_client.upload(request, progress);
    return whenDone(this, sent, [this, request](const Result<Image>& image) {
        if (image)
            return named(request, *image);
        if (!mayHaveArrived(image.error()))
            m_before.remove(request.idempotencyKey);
        return readyFuture(image);
    });
}

QFuture<Result<Image>> KeylessUploads::named(const UploadRequest& request, const Image& image)
{
    if (!image.id.isEmpty())
        return readyFuture(Result<Image>(image));
    const auto looked = alike({.wanted = request});
    return whenDone(this, looked, [=, this](const Result<Images>& images) -> Result<Image> {
        const auto listed = images ? arrived(request, *images, {}) : std::nullopt;
        m_before.remove(request.idempotencyKey);
        return listed.value_or(image); // it was taken, whatever the listing says
    });
}

} // namespace vitrine::transfer
