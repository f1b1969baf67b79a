// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/capabilities.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace vitrine;
using namespace vitrine::protocol;
using namespace Qt::StringLiterals;
using Feature = Capabilities::Feature;

namespace {

QJsonObject parsed(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.isEmpty())
        qFatal("a test's JSON is broken");
    return object;
}

} // namespace

class CapabilitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void wireNamesAreFixed();
    void newerServerIsUnderstood();
    void unusableIsRefused_data();
    void unusableIsRefused();
};

void CapabilitiesTest::comesBackAsItWas_data()
{
    QTest::addColumn<Capabilities>("capabilities");
    QTest::newRow("all") << Capabilities{{Feature::Privacy, Feature::Alt, Feature::Delete,
                                          Feature::Idempotency, Feature::Original,
                                          Feature::Conditional},
                                         50'000'000,
                                         200'000'000,
                                         30'000,
                                         {u"image/png"_s, u"image/heic"_s},
                                         50'000'000};
    QTest::newRow("defaults") << Capabilities::defaults();
    QTest::newRow("large") << Capabilities{
        {}, 5'000'000'000, 9'000'000'000, 2'000'000'000, {u"image/png"_s}};
}

void CapabilitiesTest::comesBackAsItWas()
{
    QFETCH(Capabilities, capabilities);
    const auto read = capabilitiesFromJson(toJson(capabilities));
    QVERIFY(read);
    QCOMPARE(read->features, capabilities.features);
    QCOMPARE(read->maxBytes, capabilities.maxBytes);
    QCOMPARE(read->maxPixels, capabilities.maxPixels);
    QCOMPARE(read->maxSide, capabilities.maxSide);
    QCOMPARE(read->types, capabilities.types);
    QCOMPARE(read->maxAnimationPixels, capabilities.maxAnimationPixels);
}

void CapabilitiesTest::wireNamesAreFixed()
{
    const Capabilities some{{Feature::Idempotency}, 1, 2, 3, {u"image/png"_s}};
    QCOMPARE(toJson(some), parsed(R"({"api":"vitrine/1","features":["idempotency"],
                        "types":["image/png"],
                        "limits":{"bytes":1,"pixels":2,"side":3}})"));
    const Capabilities animated{{}, 1, 2, 3, {}, 4};
    QCOMPARE(toJson(animated)["limits"_L1]["animationPixels"_L1].toInt(), 4);
}

void CapabilitiesTest::newerServerIsUnderstood()
{
    const auto read = capabilitiesFromJson(
        parsed(R"({"api":"vitrine/1","features":["alt","albums",7,null],"more":{},
                   "limits":{"bytes":1,"pixels":2,"side":99999999999,"frames":4}})"));
    QVERIFY(read);
    QCOMPARE(read->features, QSet{Feature::Alt});
    QCOMPARE(read->maxSide, std::numeric_limits<int>::max());
    QCOMPARE(read->types, Capabilities::defaults().types); // it tells none
}

void CapabilitiesTest::unusableIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("another API") << QByteArray(
        R"({"api":"vitrine/2","limits":{"bytes":1,"pixels":2,"side":3}})");
    QTest::newRow("no API") << QByteArray(R"({"limits":{"bytes":1,"pixels":2,"side":3}})");
    QTest::newRow("no limits") << QByteArray(R"({"api":"vitrine/1","features":[]})");
    QTest::newRow("a limit missing")
        << QByteArray(R"({"api":"vitrine/1","limits":{"bytes":1,"pixels":2}})");
    QTest::newRow("a negative limit")
        << QByteArray(R"({"api":"vitrine/1","limits":{"bytes":-1,"pixels":2,"side":3}})");
    QTest::newRow("a limit in words")
        << QByteArray(R"({"api":"vitrine/1","limits":{"bytes":"1","pixels":2,"side":3}})");
}

void CapabilitiesTest::unusableIsRefused()
{
    QFETCH(QByteArray, json);
    const auto read = capabilitiesFromJson(parsed(json));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::BadAnswer);
}

QTEST_GUILESS_MAIN(CapabilitiesTest)
#include "tst_capabilities.moc"
