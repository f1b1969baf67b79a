// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/quarantine.h"

#include <QTemporaryFile>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using decoding::Quarantine;
using imaging::OpenFile;

class TestQuarantine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTwoChances();
    void othersAreFree();
    void filesAndBytesAreTheSame();
    void forgetsTheOldest();

private:
    const Error m_crashed{ErrorKind::DecoderCrashed, u"it died"_s, {}};
    const QByteArray m_killer = "some bytes that kill";
};

void TestQuarantine::hasTwoChances()
{
    Quarantine quarantine;
    const QByteArrayView killer(m_killer);
    QVERIFY(!quarantine.verdictOn(killer));
    quarantine.accuse(killer, m_crashed);
    QVERIFY(!quarantine.verdictOn(killer));
    quarantine.accuse(killer, m_crashed);
    QCOMPARE(quarantine.verdictOn(killer), m_crashed);
}

void TestQuarantine::othersAreFree()
{
    Quarantine quarantine;
    quarantine.accuse(QByteArrayView(m_killer), m_crashed);
    quarantine.accuse(QByteArrayView(m_killer), m_crashed);
    QByteArray other = m_killer;
    other[3] = '!';
    QVERIFY(!quarantine.verdictOn(QByteArrayView(other)));
    QVERIFY(!quarantine.verdictOn(QByteArrayView(m_killer).chopped(1)));
}

void TestQuarantine::filesAndBytesAreTheSame()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QCOMPARE(file.write(m_killer), m_killer.size());
    QVERIFY(file.flush());
    Quarantine quarantine;
    quarantine.accuse(QByteArrayView(m_killer), m_crashed);
    quarantine.accuse(OpenFile{file.handle(), file.size()}, m_crashed);
    QVERIFY(quarantine.verdictOn(OpenFile{file.handle(), file.size()}));
    QVERIFY(quarantine.verdictOn(QByteArrayView(m_killer)));
}

void TestQuarantine::forgetsTheOldest()
{
    Quarantine quarantine;
    const auto accuseTwice = [&](const QByteArray& bytes) {
        quarantine.accuse(QByteArrayView(bytes), m_crashed);
        quarantine.accuse(QByteArrayView(bytes), m_crashed);
    };
    accuseTwice(m_killer);
    for (int i = 0; i < 100; ++i)
        accuseTwice(QByteArray::number(i));
    QVERIFY(!quarantine.verdictOn(QByteArrayView(m_killer)));
    QVERIFY(quarantine.verdictOn(QByteArrayView("99")));
}

QTEST_GUILESS_MAIN(TestQuarantine)
#include "tst_quarantine.moc"
