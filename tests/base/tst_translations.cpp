// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"
#include "app/base/translations.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

/// What of a sentence has to be in its translation as well: %1, %2, %n.
QStringList placeholders(const QString& text)
{
    static const QRegularExpression placeholder(u"%(\\d|n)"_s);
    QStringList found;
    for (const auto& match : placeholder.globalMatch(text))
        found.append(match.captured());
    found.sort();
    found.removeDuplicates();
    return found;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void languagesAreWhole_data();
    void languagesAreWhole();
    void unknownLanguagesAreEnglish();
    void germanIsSpoken();

private:
    static QString notAPicture() { return messageFor({ErrorKind::NotAnImage, {}, {}}); }
};

void TestTranslations::languagesAreWhole_data()
{
    QTest::addColumn<QString>("path");
    const QDir directory(QStringLiteral(VITRINE_SOURCE_DIR "/translations"));
    const QStringList names = directory.entryList({u"*.ts"_s}, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << directory.filePath(name);
}

void TestTranslations::languagesAreWhole()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int sentences = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "source"_L1) {
            source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            QVERIFY2(!xml.attributes().hasAttribute("type"_L1), qPrintable(source));
            const QString all = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            QVERIFY2(!all.isEmpty(), qPrintable(source));
            QVERIFY2(placeholders(all) == placeholders(source), qPrintable(source));
            ++sentences;
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(sentences > 100);
}

void TestTranslations::unknownLanguagesAreEnglish()
{
    installTranslations(*QCoreApplication::instance(), QLocale(QLocale::Zulu));
    QCOMPARE(notAPicture(), u"This is not a picture. Vitrine shares pictures only."_s);
}

void TestTranslations::germanIsSpoken()
{
    installTranslations(*QCoreApplication::instance(),
                        QLocale(QLocale::German, QLocale::Switzerland));
    QCOMPARE(notAPicture(), u"Das ist kein Bild. Vitrine teilt nur Bilder."_s);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
