// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/image.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace vitrine;
using namespace vitrine::protocol;
using namespace Qt::StringLiterals;

namespace {

Image boat()
{
    Image image;
    image.id = u"b970bfed-03ac-4f41"_s;
    image.previewUrl = QUrl(u"https://pictures.example/a/b/preview?exp=1&sig=2"_s);
    image.name = u"Böötchen ⛵.jpg"_s;
    image.alt = u"Two boats\n\"at sea\""_s;
    image.uploaded = QDateTime({2026, 5, 3}, {9, 41, 0, 123}, QTimeZone::utc());
    image.isPrivate = true;
    image.downloadCount = 7;
    image.size = {6000, 4000};
    image.bytes = 5'000'000'000;
    image.type = u"image/jpeg"_s;
    image.revision = 3;
    image.placeholder = QByteArray("\x01\x02\xff\x00", 4);
    image.sha256 = QByteArray(32, '\xab');
    return image;
}

QJsonObject minimal()
{
    return {
        {u"id"_s, u"a"_s}, {u"uploaded"_s, u"2026-05-03T09:41:00.000Z"_s}, {u"isPrivate"_s, false}};
}

QJsonObject with(const QString& key, const QJsonValue& value)
{
    QJsonObject object = minimal();
    object.insert(key, value);
    return object;
}

} // namespace

class ImageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas();
    void wireNamesAreFixed();
    void digestIsNotToldWhereItIsNotKnown();
    void leastIsEnough();
    void timeIsReadAsUtc_data();
    void timeIsReadAsUtc();
    void unusableIsRefused_data();
    void unusableIsRefused();
    void oddFieldIsLeftOut_data();
    void oddFieldIsLeftOut();
    void pageComesBackAsItWas();
    void aBadItemIsLeftOut_data();
    void aBadItemIsLeftOut();
    void aPageOfBadItemsIsNone();
    void brokenPageIsRefused_data();
    void brokenPageIsRefused();
    void patchComesBackAsItWas_data();
    void patchComesBackAsItWas();
    void oddPatchIsRefused_data();
    void oddPatchIsRefused();
};

void ImageTest::comesBackAsItWas()
{
    const auto read = imageFromJson(toJson(boat()));
    QVERIFY(read);
    QCOMPARE(*read, boat());
}

void ImageTest::wireNamesAreFixed()
{
    const QJsonObject object = toJson(boat());
    QCOMPARE(object[u"previewURL"_s].toString(),
             u"https://pictures.example/a/b/preview?exp=1&sig=2"_s);
    QCOMPARE(object[u"uploaded"_s].toString(), u"2026-05-03T09:41:00.123Z"_s);
    QCOMPARE(object[u"placeholder"_s].toString(), u"AQL/AA=="_s);
    for (const QString& name : {u"id"_s, u"name"_s, u"alt"_s, u"isPrivate"_s, u"downloadCount"_s,
                                u"width"_s, u"height"_s, u"bytes"_s, u"type"_s, u"revision"_s})
        QVERIFY2(object.contains(name), qPrintable(name));
}

void ImageTest::digestIsNotToldWhereItIsNotKnown()
{
    Image image = boat();
    image.sha256.clear();
    QVERIFY(!toJson(image).contains(u"sha256"_s));
}

void ImageTest::leastIsEnough()
{
    const auto read = imageFromJson(minimal());
    QVERIFY(read);
    QCOMPARE(read->id, u"a"_s);
    QCOMPARE(read->downloadCount, 0);
    QVERIFY(read->previewUrl.isEmpty() && read->size.isEmpty() && read->placeholder.isEmpty());
}

void ImageTest::timeIsReadAsUtc_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("milliseconds") << u"2026-05-03T09:41:00.000Z"_s;
    QTest::newRow("seconds") << u"2026-05-03T09:41:00Z"_s;
    QTest::newRow("another zone") << u"2026-05-03T11:41:00+02:00"_s;
}

void ImageTest::timeIsReadAsUtc()
{
    QFETCH(QString, text);
    const auto read = imageFromJson(with(u"uploaded"_s, text));
    QVERIFY(read);
    QCOMPARE(read->uploaded, QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc()));
    QCOMPARE(read->uploaded.timeSpec(), Qt::UTC);
}

void ImageTest::unusableIsRefused_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("no id") << with(u"id"_s, QJsonValue::Undefined);
    QTest::newRow("empty id") << with(u"id"_s, QString());
    QTest::newRow("a number as id") << with(u"id"_s, 7);
    QTest::newRow("an id with slashes") << with(u"id"_s, u"../../etc/passwd"_s);
    QTest::newRow("an id that goes up") << with(u"id"_s, u".."_s);
    QTest::newRow("an id with a query") << with(u"id"_s, u"a?b=c"_s);
    QTest::newRow("an id with percent") << with(u"id"_s, u"a%2fb"_s);
    QTest::newRow("an id with NUL") << with(u"id"_s, QString(QChar(0)));
    QTest::newRow("an id in another script") << with(u"id"_s, u"ａ"_s);
    QTest::newRow("an endless id") << with(u"id"_s, QString(201, u'a'));
    QTest::newRow("no time") << with(u"uploaded"_s, QJsonValue::Undefined);
    QTest::newRow("nonsense as time") << with(u"uploaded"_s, u"yesterday"_s);
    QTest::newRow("no privacy") << with(u"isPrivate"_s, QJsonValue::Undefined);
    QTest::newRow("privacy in words") << with(u"isPrivate"_s, u"false"_s);
    QTest::newRow("privacy in numbers") << with(u"isPrivate"_s, 0);
}

void ImageTest::unusableIsRefused()
{
    QFETCH(QJsonObject, object);
    const auto read = imageFromJson(object);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::BadAnswer);
}

void ImageTest::oddFieldIsLeftOut_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::newRow("preview is an object") << with(u"previewURL"_s, QJsonObject());
    QTest::newRow("preview is a file") << with(u"previewURL"_s, u"file:///etc/passwd"_s);
    QTest::newRow("preview is data") << with(u"previewURL"_s, u"data:image/png;base64,AA"_s);
    QTest::newRow("preview is a script") << with(u"previewURL"_s, u"javascript:alert(1)"_s);
    QTest::newRow("preview is relative") << with(u"previewURL"_s, u"/a/b"_s);
    QTest::newRow("preview has no host") << with(u"previewURL"_s, u"http:///a"_s);
    QTest::newRow("preview is broken") << with(u"previewURL"_s, u"http://a b/"_s);
    QTest::newRow("negative counter") << with(u"downloadCount"_s, -5);
    QTest::newRow("counter in words") << with(u"downloadCount"_s, u"5"_s);
    QTest::newRow("half a download") << with(u"downloadCount"_s, 0.5);
    QTest::newRow("counter beyond all numbers") << with(u"downloadCount"_s, 1e300);
    QTest::newRow("negative bytes") << with(u"bytes"_s, -1);
    QTest::newRow("negative revision") << with(u"revision"_s, -1);
    QTest::newRow("width alone") << with(u"width"_s, 100);
    QTest::newRow("name is a list") << with(u"name"_s, QJsonArray());
    QTest::newRow("alt is null") << with(u"alt"_s, QJsonValue::Null);
    QTest::newRow("placeholder is a number") << with(u"placeholder"_s, 1);
    QTest::newRow("something unknown") << with(u"albums"_s, QJsonArray{1, 2});
}

void ImageTest::oddFieldIsLeftOut()
{
    QFETCH(QJsonObject, object);
    const auto read = imageFromJson(object);
    QVERIFY(read);
    QCOMPARE(*read, *imageFromJson(minimal()));
}

void ImageTest::pageComesBackAsItWas()
{
    const auto read = pageFromJson(toJson(Page{{boat(), boat()}, u"next"_s}));
    QVERIFY(read);
    QCOMPARE(read->images, (QList{boat(), boat()}));
    QCOMPARE(read->cursor, u"next"_s);
    QVERIFY(!toJson(Page{{boat()}, {}}).contains(u"cursor"_s));
}

void ImageTest::aBadItemIsLeftOut_data()
{
    QTest::addColumn<QJsonObject>("item");
    QTest::newRow("nothing in it") << QJsonObject();
    QTest::newRow("an id that leads away") << with(u"id"_s, u"a/b"_s);
    QTest::newRow("an empty id") << with(u"id"_s, u""_s);
    QTest::newRow("no time") << with(u"uploaded"_s, 7);
    QTest::newRow("no privacy") << with(u"isPrivate"_s, u"no"_s);
}

void ImageTest::aBadItemIsLeftOut()
{
    QFETCH(QJsonObject, item);
    QJsonObject page = toJson(Page{{boat()}, u"next"_s});
    QJsonArray images = page[u"images"_s].toArray();
    images.prepend(item);
    images.append(item);
    page[u"images"_s] = images;
    const auto read = pageFromJson(page);
    QVERIFY(read);
    QCOMPARE(read->images, QList{boat()});
    QCOMPARE(read->cursor, u"next"_s);
    QCOMPARE(read->leftOut, 2);
}

void ImageTest::aPageOfBadItemsIsNone()
{
    QJsonArray images;
    for (int i = 0; i < 1000; ++i)
        images.append(with(u"id"_s, u"a/b"_s));
    QCOMPARE(pageFromJson({{u"images"_s, images}}).error().kind, ErrorKind::BadAnswer);
}

void ImageTest::brokenPageIsRefused_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("images is an object") << QJsonObject{{u"images"_s, QJsonObject()}};
    QTest::newRow("images is null") << QJsonObject{{u"images"_s, QJsonValue::Null}};
    QTest::newRow("numbers") << QJsonObject{{u"images"_s, QJsonArray{1, 2}}};
    const QJsonArray none;
    QTest::newRow("a number as cursor") << QJsonObject{{u"images"_s, none}, {u"cursor"_s, 5}};
    QTest::newRow("an object as cursor")
        << QJsonObject{{u"images"_s, none}, {u"cursor"_s, QJsonObject()}};
    QTest::newRow("lists") << QJsonObject{{u"images"_s, QJsonArray{QJsonArray()}}};
}

void ImageTest::brokenPageIsRefused()
{
    QFETCH(QJsonObject, object);
    QCOMPARE(pageFromJson(object).error().kind, ErrorKind::BadAnswer);
}

void ImageTest::patchComesBackAsItWas_data()
{
    QTest::addColumn<ImagePatch>("patch");
    QTest::newRow("alt") << ImagePatch{u"A boat"_s, {}};
    QTest::newRow("alt taken away") << ImagePatch{QString(), {}};
    QTest::newRow("privacy") << ImagePatch{{}, false};
    QTest::newRow("both") << ImagePatch{u"A boat"_s, true};
}

void ImageTest::patchComesBackAsItWas()
{
    QFETCH(ImagePatch, patch);
    const auto read = patchFromJson(toJson(patch));
    QVERIFY(read);
    QVERIFY(*read == patch);
}

void ImageTest::oddPatchIsRefused_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("alt is a number") << QJsonObject{{u"alt"_s, 1}};
    QTest::newRow("alt is null") << QJsonObject{{u"alt"_s, QJsonValue::Null}};
    QTest::newRow("privacy in words") << QJsonObject{{u"isPrivate"_s, u"on"_s}};
    QTest::newRow("another member") << QJsonObject{{u"alt"_s, u"a"_s}, {u"downloadCount"_s, 0}};
}

void ImageTest::oddPatchIsRefused()
{
    QFETCH(QJsonObject, object);
    QCOMPARE(patchFromJson(object).error().kind, ErrorKind::InvalidInput);
}

QTEST_GUILESS_MAIN(ImageTest)
#include "tst_image.moc"
