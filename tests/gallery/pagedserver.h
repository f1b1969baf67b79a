// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/replayserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace vitrine::test {

using namespace Qt::StringLiterals;

/// Lists its images in pages of two, newest or oldest first, and stops answering when it is told.
class PagedServer final : public ReplayServer
{
public:
    static constexpr int kPage = 2;

    QStringList ids{u"9"_s, u"8"_s, u"7"_s, u"6"_s, u"5"_s, u"4"_s}; ///< in its order
    QByteArray etag;
    int dead = -1;          ///< it knows nothing of cursors from this place on
    int broken = -1;        ///< pages from this place on are a 503
    bool hasFeature = true; ///< tells that it knows of conditions
    bool isEndless = false;
    QHash<QString, QJsonObject> odd; ///< members that an image has in place of the right ones

    int pagesAsked() const
    {
        const auto& all = requests();
        return int(std::count_if(all.begin(), all.end(), [](const Request& request) {
            return request.target().startsWith("/api/admin/images");
        }));
    }
    QByteArray lastCursor() const { return requests().last().target().split('=').last(); }

private:
    Canned answerTo(const Request& request) override
    {
        const QUrl url(QString::fromLatin1(request.target()));
        if (url.path() == "/api/capabilities"_L1)
            return canned(200, "application/json", capabilities());
        const int start = QUrlQuery(url).queryItemValue(u"cursor"_s).toInt();
        if (dead >= 0 && start >= dead)
            return canned(400, "application/json", R"({"error":"no such cursor"})");
        if (broken >= 0 && start >= broken)
            return canned(503, "text/plain", "later");
        if (!etag.isEmpty() && request.header("If-None-Match") == etag)
            return {"HTTP/1.1 304 Not Modified\r\nETag: " + etag + "\r\nConnection: close\r\n\r\n"};
        return canned(200, "application/json", page(start),
                      etag.isEmpty() ? QByteArray() : "ETag: " + etag + "\r\n");
    }

    QByteArray capabilities() const
    {
        const QByteArray feature = hasFeature ? R"("conditional")" : "";
        return R"({"api":"vitrine/1","features":[)" + feature +
               R"(],"limits":{"bytes":1000,"pixels":1000,"side":1000}})";
    }

    QByteArray page(int start) const
    {
        QJsonArray images;
        for (const QString& id : ids.mid(start, kPage)) {
            QJsonObject image{{u"id"_s, id},
                              {u"uploaded"_s, u"2026-05-03T09:4%1:00.000Z"_s.arg(id)},
                              {u"isPrivate"_s, false},
                              {u"previewURL"_s, url(u"/d/%1/preview"_s.arg(id)).toString()}};
            const QJsonObject changes = odd.value(id);
            for (auto it = changes.begin(); it != changes.end(); ++it)
                image.insert(it.key(), it.value());
            images.append(image);
        }
        QJsonObject page{{u"images"_s, images}};
        if (isEndless || start + kPage < ids.size())
            page.insert(u"cursor"_s, QString::number(start + kPage));
        return QJsonDocument(page).toJson();
    }
};

} // namespace vitrine::test
