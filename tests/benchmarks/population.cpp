// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/population.h"

#include "app/backend/cursor.h"
#include "app/backend/schema.h"
#include "tests/backend/fixture.h"
#include "tests/benchmarks/photos.h"
#include "tests/support/httpclient.h"
#include "tests/support/pictures.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

// Digests at random, as digests are; names, words and placeholders of the usual length.
constexpr char kGrow[] = R"(
PRAGMA foreign_keys = OFF;
BEGIN;
WITH RECURSIVE n(i) AS
    (SELECT count(*) + 1 FROM images UNION ALL SELECT i + 1 FROM n WHERE i < %1)
INSERT INTO images (id, sha256, name, alt, uploaded, is_private, epoch, bytes, type, width, height,
                    placeholder)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' ||
             hex(randomblob(2)) || '-' || hex(randomblob(6))),
       randomblob(32), 'IMG_' || i || '.jpg', 'A boat on the lake, number ' || i,
       1700000000000 + i * 1000, i % 10 = 0, randomblob(16), 5000000, 'image/jpeg', 4000,
       3000, randomblob(25) FROM n;
INSERT INTO files (sha256, bytes) SELECT sha256, bytes FROM images
WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = images.sha256) ORDER BY sha256;
COMMIT;
)";

QByteArray crop(const QImage& photo, int number)
{
    const QSize size(1200, 900);
    const int column = number % 10;
    const int row = number / 10 % 10;
    return test::jpeg(photo.copy(column * (photo.width() - size.width()) / 10,
                                 row * (photo.height() - size.height()) / 10, size.width(),
                                 size.height()));
}

} // namespace

QImage originalPhoto()
{
    const QImage photo = installedPhoto(u"backgrounds/mate/abstract/Elephants_5640x3172.jpg"_s);
    return photo.isNull() ? test::picture({5640, 3172}) : photo;
}

void sharePhotos(const test::ServerProcess& server, int count)
{
    const QImage photo = originalPhoto();
    test::HttpClient client(server.port(), server.credentials());
    const QByteArray type = "Content-Type: " + test::formType() + "\r\n";
    for (int i = 0; i < count; ++i) {
        const QByteArray body = test::form(crop(photo, i));
        if (client.ask("POST", "/api/admin/upload", type, body).status != 200)
            qFatal("a picture could not be shared");
    }
}

void growTo(const QString& dataDirectory, int rows)
{
    auto database =
        storage::Database::open(backend::databasePath(dataDirectory), backend::migrations());
    if (!database)
        qFatal("the rows cannot be opened: %s", qPrintable(database.error().detail));
    database->connection().exec(QString::fromLatin1(kGrow).arg(rows).toStdString());
}

QList<QByteArray> previewsOf(const test::ServerProcess& server, int count)
{
    test::HttpClient client(server.port(), server.credentials());
    const auto page = client.ask("GET", "/api/admin/images?limit=" + QByteArray::number(count) +
                                            "&cursor=" + lastPageCursor(count));
    QList<QByteArray> targets;
    for (const auto& image : QJsonDocument::fromJson(page.body)["images"_L1].toArray())
        targets.append(test::targetOf(image.toObject()["previewURL"_L1].toString()));
    return targets;
}

QByteArray lastPageCursor(int count)
{
    return backend::cursorFromSequence(count + 1).toLatin1();
}

} // namespace vitrine::bench
