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
using protocol::Image;

constexpr qint64 kClocksDiffer = 120; // s, at most, between this machine and the server

bool isCalledLike(const Image& image, const KeylessUploads::Sought& sought)
{
    const bool hasName =
        image.name == sought.name || image.name.toUtf8() == api::safeFileName(sought.name);
    return hasName && sought.words.contains(Words{image.alt, image.isPrivate});
}

KeylessUploads::Alike alikeFrom(const QList<Image>& images, const KeylessUploads::Sought& sought)
{
    KeylessUploads::Alike alike;
    for (const Image& image : images) {
        alike.ids.append(image.id);
        const bool mayBeIt =
            !sought.others.contains(image.id) &&
            (!sought.since || image.uploaded >= sought.since->addSecs(-kClocksDiffer));
        if (mayBeIt && (!alike.newest || alike.newest->uploaded < image.uploaded))
            alike.newest = image;
    }
    return alike;
}

} // namespace

KeylessUploads::KeylessUploads(api::ApiClient& client, QObject* parent)
    : QObject(parent), m_client(client)
{}

QFuture<Result<KeylessUploads::Alike>> KeylessUploads::find(const Sought& sought)
{
    const auto isWanted = [sought](const Image& image) { return isCalledLike(image, sought); };
    return whenDone(this, read({.isWanted = isWanted}), [sought](const Result<Images>& images) {
        return images.map([&](const Images& found) { return alikeFrom(found, sought); });
    });
}

QFuture<Result<bool>> KeylessUploads::isListed(const QString& id)
{
    const auto isIt = [id](const Image& image) { return image.id == id; };
    return whenDone(this, read({.isWanted = isIt}), [](const Result<Images>& images) {
        return images.map([](const Images& found) { return !found.isEmpty(); });
    });
}

QFuture<Result<KeylessUploads::Images>> KeylessUploads::read(const Search& search)
{
    using protocol::Page;
    const auto page = m_client.images(api::View::Owner, search.next, protocol::kMaxPageSize,
                                      api::Urgency::Upload);
    return whenDone(this, page, [this, search](const Result<Page>& answer) {
        if (!answer)
            return readyFuture(Result<Images>(failure(answer.error())));
        Search more = search;
        std::copy_if(answer->images.begin(), answer->images.end(), std::back_inserter(more.found),
                     search.isWanted);
        more.next = answer->cursor;
        if (more.next.isEmpty())
            return readyFuture(Result<Images>(more.found));
        if (more.cursors.contains(more.next))
            return readyFuture(
                Result<Images>(failure(ErrorKind::BadAnswer, u"the listing never ends"_s)));
        more.cursors.insert(more.next);
        return read(more);
    });
}

} // namespace vitrine::transfer
