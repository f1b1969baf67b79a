// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/image.h"

#include "app/protocol/imagefields.h"

#include <QJsonArray>

#include <algorithm>

namespace vitrine::protocol {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxIdLength = 200;
constexpr int kMostLeftOut = 20; // of a page; who sends more of them sends no listing

// Ids become parts of URLs and file names: nothing that could leave its place in either.
bool isUsableId(const QString& id)
{
    if (id.isEmpty() || id.size() > kMaxIdLength)
        return false;
    return std::all_of(id.cbegin(), id.cend(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'-' || c == u'_';
    });
}

qint64 countFrom(const QJsonValue& value)
{
    return qMax<qint64>(0, value.toInteger(0));
}

QSize sizeFrom(const QJsonObject& object)
{
    const qint64 width = object["width"_L1].toInteger();
    const qint64 height = object["height"_L1].toInteger();
    constexpr qint64 limit = 1'000'000;
    if (width <= 0 || height <= 0 || width > limit || height > limit)
        return {};
    return {int(width), int(height)};
}

// A text, or none.
bool isCursor(const QJsonValue& value)
{
    return value.isString() || value.isNull() || value.isUndefined();
}

QUrl httpUrlFrom(const QJsonValue& value)
{
    const QUrl url(value.toString(), QUrl::StrictMode);
    const bool isHttp = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    // what follows a # goes to no server
    return url.isValid() && isHttp && !url.host().isEmpty() ? url.adjusted(QUrl::RemoveFragment)
                                                            : QUrl();
}

} // namespace

QJsonObject toJson(const Image& image)
{
    QJsonObject object;
    forEachField(image, [&](QLatin1StringView name, const auto& value) {
        object.insert(name, QJsonValue(value));
    });
    return object;
}

QJsonObject toJson(const Page& page)
{
    QJsonArray images;
    for (const Image& image : page.images)
        images.append(toJson(image));
    QJsonObject object{{u"images"_s, images}};
    if (!page.cursor.isEmpty())
        object.insert(u"cursor"_s, page.cursor);
    return object;
}

QJsonObject toJson(const ImagePatch& patch)
{
    QJsonObject object;
    if (patch.alt)
        object.insert(u"alt"_s, *patch.alt);
    if (patch.isPrivate)
        object.insert(u"isPrivate"_s, *patch.isPrivate);
    return object;
}

Result<Image> imageFromJson(const QJsonObject& object)
{
    Image image;
    image.id = object["id"_L1].toString();
    image.uploaded = QDateTime::fromString(object["uploaded"_L1].toString(), Qt::ISODateWithMs);
    if (!isUsableId(image.id))
        return failure(ErrorKind::BadAnswer, u"image without a usable id"_s);
    if (!image.uploaded.isValid() || !object["isPrivate"_L1].isBool())
        return failure(ErrorKind::BadAnswer, u"image without uploaded or isPrivate"_s);
    image.uploaded = image.uploaded.toUTC();
    image.isPrivate = object["isPrivate"_L1].toBool();
    image.previewUrl = httpUrlFrom(object["previewURL"_L1]);
    image.name = object["name"_L1].toString();
    image.alt = object["alt"_L1].toString();
    image.downloadCount = countFrom(object["downloadCount"_L1]);
    image.size = sizeFrom(object);
    image.bytes = countFrom(object["bytes"_L1]);
    image.type = object["type"_L1].toString();
    image.revision = countFrom(object["revision"_L1]);
    image.placeholder = QByteArray::fromBase64(object["placeholder"_L1].toString().toLatin1());
    image.sha256 = QByteArray::fromHex(object["sha256"_L1].toString().toLatin1());
    return image;
}

Result<Page> pageFromJson(const QJsonObject& object)
{
    if (!object["images"_L1].isArray() || !isCursor(object["cursor"_L1]))
        return failure(ErrorKind::BadAnswer, u"listing without images"_s);
    Page page;
    page.cursor = object["cursor"_L1].toString();
    const QJsonArray images = object["images"_L1].toArray();
    page.images.reserve(images.size());
    for (const QJsonValue& value : images) {
        if (!value.isObject())
            return failure(ErrorKind::BadAnswer, u"listing of something else than images"_s);
        if (auto image = imageFromJson(value.toObject()))
            page.images.append(*std::move(image));
        else
            ++page.leftOut;
        if (page.leftOut > kMostLeftOut)
            return failure(ErrorKind::BadAnswer, u"listing full of what is no image"_s);
    }
    return page;
}

Result<ImagePatch> patchFromJson(const QJsonObject& object)
{
    ImagePatch patch;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == "alt"_L1 && it->isString())
            patch.alt = it->toString();
        else if (it.key() == "isPrivate"_L1 && it->isBool())
            patch.isPrivate = it->toBool();
        else
            return failure(ErrorKind::InvalidInput,
                           u"only a text \"alt\" and a yes-or-no \"isPrivate\" can be changed"_s);
    }
    if (patch == ImagePatch{})
        return failure(ErrorKind::InvalidInput, u"there is nothing to change"_s);
    return patch;
}

} // namespace vitrine::protocol
