// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/referenceserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>
#include <QUuid>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kPage[] = "<!doctype html><html lang=\"en\"></html>";
constexpr char kJson[] = "application/json";
constexpr qsizetype kPageSize = 15; // as it was recorded
constexpr qsizetype kMaxMetadata = 1024;

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

} // namespace

ReferenceServer::ReferenceServer() = default;

ReplayServer::Canned ReferenceServer::answerTo(const Request& request)
{
    const QByteArray path = request.target().split('?').first();
    const QUrlQuery query(QUrl::fromEncoded(request.target()));
    const QByteArray argument = query.queryItemValue(u"id"_s).toUtf8();
    if (request.verb() == "POST" && path == "/admin/api/upload")
        return upload(request);
    if (request.verb() != "GET")
        return {recorded(u"wrong-method"_s)};
    if (path == "/api/setup")
        return canned(200, kJson, "true");
    if (path == "/api/images")
        return listing(query.queryItemValue(u"cursor"_s).toUtf8());
    if (path == "/api/download")
        return download(argument);
    if (path.startsWith("/delivery/"))
        return canned(200, "image/jpeg", "pixels");
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
    const Item item{QUuid::createUuid().toString(QUuid::WithoutBraces), fileNameOf(file),
                    valueOf(partNamed(parts, "alt")),
                    valueOf(partNamed(parts, "isPrivate")) == "on"_L1,
                    QDateTime::currentDateTimeUtc()};
    if (item.name.isEmpty() || !file.contains("\r\n\r\n\xff\xd8") ||
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
        const QString preview = url(u"/delivery/%1/blurred"_s.arg(item.id)).toString();
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

ReplayServer::Canned ReferenceServer::download(const QByteArray& id)
{
    for (Item& item : m_items) {
        if (item.id.toUtf8() != id)
            continue;
        ++item.downloads;
        return {"HTTP/1.1 302 Found\r\nLocation: " +
                url(u"/delivery/%1/highres?exp=1&sig=2"_s.arg(item.id)).toEncoded() +
                "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
    }
    return {recorded(u"download-unknown"_s)};
}

} // namespace vitrine::test
