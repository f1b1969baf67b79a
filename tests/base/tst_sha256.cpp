// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/sha256.h"

#include <QBuffer>
#include <QTest>

using namespace vitrine;

namespace {

/// Gives so many bytes, and then no more, though it says that there are.
class Broken final : public QIODevice
{
public:
    explicit Broken(qint64 bytes) : m_left(bytes) { open(QIODevice::ReadOnly); }
    bool atEnd() const override { return false; }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        const qint64 length = qMin(m_left, maxSize);
        std::fill_n(data, length, 'x');
        m_left -= length;
        return length > 0 ? length : -1;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    qint64 m_left;
};

} // namespace

class TestSha256 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheStandards_data();
    void isTheStandards();
    void comesInPieces();
    void isOfTheRestOfADevice();
    void isNoneOfADeviceThatBreaksOff();
};

// FIPS 180-2, appendix B, and the empty message.
void TestSha256::isTheStandards_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing")
        << QByteArray()
        << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("one block")
        << QByteArray("abc")
        << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("a million letters")
        << QByteArray(1'000'000, 'a')
        << QByteArray("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void TestSha256::isTheStandards()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, hex);
    QCOMPARE(sha256(bytes).toHex(), hex);
    QBuffer device(&bytes);
    QVERIFY(device.open(QIODevice::ReadOnly));
    const auto read = sha256OfRest(device);
    QVERIFY(read);
    QCOMPARE(read->toHex(), hex);
}

void TestSha256::comesInPieces()
{
    Sha256 hash;
    hash.add("a");
    hash.add("");
    hash.add("bc");
    QCOMPARE(hash.result(), sha256("abc"));
}

void TestSha256::isOfTheRestOfADevice()
{
    QByteArray bytes("xabc");
    QBuffer device(&bytes);
    QVERIFY(device.open(QIODevice::ReadOnly));
    device.skip(1);
    const auto read = sha256OfRest(device);
    QVERIFY(read);
    QCOMPARE(*read, sha256("abc"));
}

void TestSha256::isNoneOfADeviceThatBreaksOff()
{
    Broken device(1000);
    QVERIFY(!sha256OfRest(device));
}

QTEST_GUILESS_MAIN(TestSha256)
#include "tst_sha256.moc"
