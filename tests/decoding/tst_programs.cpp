// SPDX-License-Identifier: GPL-3.0-or-later
// Decoders are the worker's affair: no other program loads them, or it would start twice as slowly
// and have their code about.
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// The libraries of \a program that only decoding needs; what is loaded with a program stands in
/// it by name.
QList<QByteArray> decodersIn(const QString& program)
{
    QFile file(QStringLiteral(VITRINE_BIN_DIR "/") + program);
    const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    QList<QByteArray> found;
    for (const char* name : {"libheif.so", "libexiv2.so", "libopencv_core.so", "liblcms2.so"}) {
        if (bytes.contains(name))
            found.append(name);
    }
    return found;
}

} // namespace

class TestPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workerHasTheDecoders() { QCOMPARE(decodersIn(u"vitrine-decode"_s).size(), 4); }
    void othersHaveNone_data()
    {
        QTest::addColumn<QString>("program");
        for (const char* program : {VITRINE_PROGRAMS})
            QTest::newRow(program) << QString::fromLatin1(program);
    }
    void othersHaveNone()
    {
        QFETCH(QString, program);
        QVERIFY(QFile::exists(QStringLiteral(VITRINE_BIN_DIR "/") + program));
        QCOMPARE(decodersIn(program), QList<QByteArray>());
    }
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
