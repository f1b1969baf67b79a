// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/referenceserver.h"

#include "tests/support/pictures.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kPage[] = "<!doctype html><html lang=\"en\"></html>";
constexpr char kJson[] = "application/json";
constexpr qsizetype kPageSize = 15; // as it was recorded
constexpr qsizetype kMaxMetadata = 1024;
constexpr qsizetype kMaxBytes = 10'000'000; // "less than 10 MB", it says
constexpr auto kDelivery = "/cheeW4oKsx5ljh8e8BoL2A/"_L1;

QByteArray recorded(const QString& name)
{
    QFile file(u"" VITRINE_SOURCE_DIR "/tests/fixtures/reference-api/"_s + name + u".http"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("a recorded answer is missing");
    return file.readAll();
}

/// The parts of a form, each with its head.
QList<QByteArray> partsOf(const ReplayServer::Request& request)
{
    const QByteArray type = request.header("Content-Type");
    const QByteArray boundary = "--" + type.mid(type.indexOf("boundary=") + 9);
    QList<QByteArray> parts;
    qsizetype from = request.body.indexOf(boundary) + boundary.size();
    for (qsizetype to; (to = request.body.indexOf(boundary, from)) > 0; from = to + boundary.size())
        parts.append(request.body.mid(from + 2, to - from - 4));
    return parts;
}

QByteArray partNamed(const QList<QByteArray>& parts, const QByteArray& name)
{
    for (const QByteArray& part : parts) {
        if (part.left(part.indexOf("\r\n\r\n")).contains("; name=\"" + name + '"'))
            return part;
    }
    return {};
}

QString valueOf(const QByteArray& part)
{
    const auto at = part.indexOf("\r\n\r\n");
    return at < 0 ? QString() : QString::fromUtf8(part.mid(at + 4));
}

QString fileNameOf(const QByteArray& part)
{
    const auto at = part.indexOf("filename=\"") + 10;
    return at < 10 ? QString() : QString::fromUtf8(part.mid(at, part.indexOf('"', at) - at));
}

QByteArray bytesOf(const QByteArray& part)
{
    const auto at = part.indexOf("\r\n\r\n");
    return at < 0 ? QByteArray() : part.mid(at + 4);
}

// Whatever is wrong with a file, it is refused in the same words.
bool isWholeJpeg(const QByteArray& bytes)
{
    return bytes.startsWith("\xff\xd8") && bytes.endsWith("\xff\xd9") && bytes.size() <= kMaxBytes;
}

QByteArray blurred(const QByteArray& file)
{
    return jpeg(QImage::fromData(file).scaled(8, 8).scaled(80, 80, {}, Qt::SmoothTransformation));
}

} // namespace

ReferenceServer::ReferenceServer(QList<Item> items) : m_items(std::move(items))
{}

ReplayServer::Canned ReferenceServer::answerTo(const Request& request)
{
    const QByteArray path = request.target().split('?').first();
    const QUrl address = QUrl::fromEncoded(request.target());
    const QUrlQuery query(address);
    if (request.verb() == "POST" && m_hasHungUploads)
        return {{}, Then::StayOpen};
    if (request.verb() == "POST" && path == "/admin/api/upload")
        return upload(request);
    if (request.verb() == "HEAD")
        return canned(200, "text/html; charset=utf-8", {});
    if (request.verb() != "GET")
        return {recorded(u"wrong-method"_s)};
    if (path == "/api/setup")
        return canned(200, kJson, "true");
    if (path == "/api/images" && m_listings != Listings::Told)
        return {{}, m_listings == Listings::Lost ? Then::Close : Then::StayOpen};
    if (path == "/api/images")
        return listing(query.queryItemValue(u"cursor"_s).toUtf8());
    if (path == "/api/download")
        return download(query.queryItemValue(u"id"_s));
    if (address.path().startsWith(kDelivery))
        return deliver(address);
    return canned(200, "text/html; charset=utf-8", kPage);
}

bool ReferenceServer::isOwner(const Request& request) const
{
    return m_hasSessions && request.header("CF-Access-Client-Id") == kClientId &&
           request.header("CF-Access-Client-Secret") == kClientSecret;
}

ReplayServer::Canned ReferenceServer::upload(const Request& request)
{
    if (!isOwner(request))
        return {"HTTP/1.1 302 Found\r\nLocation: https://team.cloudflareaccess.com/cdn-cgi/access/"
                "login/x?kid=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
    const auto parts = partsOf(request);
    const QByteArray file = partNamed(parts, "file");
    const Item item{QUuid::createUuid().toString(QUuid::WithoutBraces),
                    fileNameOf(file),
                    valueOf(partNamed(parts, "alt")),
                    valueOf(partNamed(parts, "isPrivate")) == "on"_L1,
                    QDateTime::currentDateTimeUtc(),
                    bytesOf(file)};
    if (item.name.isEmpty() || !isWholeJpeg(item.file) ||
        item.name.toUtf8().size() + item.alt.toUtf8().size() > kMaxMetadata)
        return {recorded(u"upload-refused"_s)};
    m_items.append(item);
    if (m_lostAnswers > 0 && m_lostAnswers-- > 0)
        return {};
    return {recorded(u"upload"_s)};
}

ReplayServer::Canned ReferenceServer::listing(const QByteArray& cursor) const
{
    if (cursor.isEmpty() && !m_items.isEmpty()) // the first key that it finds is no image
        return canned(200, kJson, R"({"images":[],"cursor":"0"})");
    const qsizetype first = cursor.toLongLong();
    QJsonArray images;
    for (qsizetype i = first; i < std::min(first + kPageSize, m_items.size()); ++i) {
        const Item& item = m_items[i];
        const QString preview = url(kDelivery + item.id + u"/blurred"_s).toString();
        images.append(QJsonObject{
            {u"id"_s, item.id},
            {u"previewURL"_s, item.isPrivate ? QJsonValue(preview) : QJsonValue(QJsonObject())},
            {u"name"_s, item.name},
            {u"alt"_s, item.alt},
            {u"uploaded"_s, item.uploaded.toString(Qt::ISODateWithMs)},
            {u"isPrivate"_s, item.isPrivate},
            {u"downloadCount"_s, item.downloads}});
    }
    QJsonObject page{{u"images"_s, images}};
    if (first + kPageSize < m_items.size())
        page.insert(u"cursor"_s, QString::number(first + kPageSize));
    return canned(200, kJson, QJsonDocument(page).toJson(QJsonDocument::Compact));
}

ReferenceServer::Item* ReferenceServer::find(const QString& id)
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const Item& item) { return item.id == id; });
    return found == m_items.end() ? nullptr : &*found;
}

ReplayServer::Canned ReferenceServer::download(const QString& id)
{
    Item* item = find(id);
    if (!item)
        return {recorded(u"download-unknown"_s)};
    ++item->downloads;
    return {"HTTP/1.1 302 Found\r\nLocation: " +
            url(kDelivery + id + u"/highres?exp=1795422579&sig=1f2e8a21"_s).toEncoded() +
            "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
}

ReplayServer::Canned ReferenceServer::deliver(const QUrl& address)
{
    const QStringList words = address.path().split(u'/');
    const Item* item = find(words.value(2));
    const bool isBlurred = words.value(3) == "blurred"_L1;
    if (!item || (!isBlurred && !QUrlQuery(address).hasQueryItem(u"sig"_s)))
        return {recorded(u"highres-unsigned"_s)};
    return canned(
        200, "image/jpeg", isBlurred ? blurred(item->file) : item->file,
        "cache-control: public, max-age=14400\r\ncontent-disposition: inline; filename=\"" +
            item->name.toUtf8() + "\"\r\n");
}

} // namespace vitrine::test
