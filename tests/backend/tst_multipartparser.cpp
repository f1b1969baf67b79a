// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/filename.h"
#include "app/backend/http/multipartparser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace vitrine::backend;
using http::MultipartParser;

namespace {

/// Writes down what it is told.
class Recorder final : public http::PartSink
{
public:
    struct Part {
        http::PartHead head;
        QByteArray data;
        bool isEnded = false;
    };

    Result<void> beginPart(const http::PartHead& head) override
    {
        parts.append({head, {}, false});
        return {};
    }
    Result<void> partData(QByteArrayView data) override
    {
        parts.last().data.append(data);
        all.append(data);
        return {};
    }
    Result<void> endPart() override
    {
        parts.last().isEnded = true;
        return {};
    }
    void frame(QByteArrayView bytes) override { all.append(bytes); }

    QList<Part> parts;
    QByteArray all; ///< in the order in which it was told
};

QByteArray part(const QByteArray& disposition, const QByteArray& data)
{
    return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + data + "\r\n";
}

Result<void> feedInPieces(MultipartParser& parser, const QByteArray& text, qsizetype size)
{
    for (qsizetype at = 0; at < text.size(); at += size) {
        if (auto fed = parser.feed(text.mid(at, size)); !fed)
            return fed;
    }
    return {};
}

} // namespace

class tst_MultipartParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arrivesInPiecesOfAnySize_data();
    void arrivesInPiecesOfAnySize();
    void partsWithoutABody();
    void limitsHoldInPiecesOfAnySize_data();
    void limitsHoldInPiecesOfAnySize();
    void hostileForms_data();
    void hostileForms();
    void memoryStaysBounded();
    void boundaries_data();
    void boundaries();
    void fileNames_data();
    void fileNames();
    void longNamesKeepTheirSuffix();
};

void tst_MultipartParser::arrivesInPiecesOfAnySize_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 2, 3, 5, 7, 64, 100'000})
        QTest::addRow("%d bytes", size) << size;
}

void tst_MultipartParser::arrivesInPiecesOfAnySize()
{
    QFETCH(int, size);
    // Data that looks like a boundary almost, at every place where it could mislead.
    const QByteArray tricky = "\r\n--\r\n--x\r\n-\r\n\r\n--c\r\r\n--";
    const QByteArray text = "preamble\r\n" +
                            part("form-data; name=\"file\"; filename=\"a.jpg\"", tricky) +
                            part("form-data; name=alt", "") + "--b--\r\nepilogue --b";
    Recorder recorder;
    MultipartParser parser("b", recorder);
    QVERIFY(feedInPieces(parser, text, size));
    QVERIFY(parser.isComplete());
    QCOMPARE(recorder.parts.size(), 2);
    QCOMPARE(recorder.parts[0].head.name, "file");
    QCOMPARE(recorder.parts[0].head.fileName, "a.jpg");
    QCOMPARE(recorder.parts[0].data, tricky);
    QCOMPARE(recorder.parts[1].head.name, "alt");
    QVERIFY(recorder.parts[1].head.fileName.isNull());
    QCOMPARE(recorder.parts[1].data, "");
    QVERIFY(recorder.parts[1].isEnded);
    QCOMPARE(recorder.all, text); // nothing was left out, nothing told twice
}

// RFC 2046, 5.1.1: the boundary may follow the heading at once, and is none the less one.
void tst_MultipartParser::partsWithoutABody()
{
    const QByteArray empty = "--b\r\nContent-Disposition: form-data; name=alt\r\n\r\n";
    for (const qsizetype size : {1, 2, 3, 5, 100'000}) {
        Recorder recorder;
        MultipartParser parser("b", recorder);
        QVERIFY(feedInPieces(parser, empty + part("form-data; name=file", "--x") + "--b--", size));
        QVERIFY(parser.isComplete());
        QCOMPARE(recorder.parts.size(), 2);
        QCOMPARE(recorder.parts[0].data, "");
        QVERIFY(recorder.parts[0].isEnded);
        QCOMPARE(recorder.parts[1].data, "--x");
        QCOMPARE(recorder.all, empty + part("form-data; name=file", "--x") + "--b--");
    }
}

void tst_MultipartParser::limitsHoldInPiecesOfAnySize_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isRefused");
    const auto padded = [](qsizetype bytes) {
        return "--b" + QByteArray(bytes, ' ') +
               "\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--";
    };
    QTest::newRow("as much padding as may be") << padded(64) << false;
    QTest::newRow("more padding") << padded(65) << true;
    const auto headed = [](qsizetype bytes) {
        const QByteArray heading = "\r\nContent-Disposition: form-data; name=a\r\nX: ";
        return "--b" + heading + QByteArray(bytes - heading.size(), 'x') + "\r\n\r\nx\r\n--b--";
    };
    QTest::newRow("as large a heading as may be") << headed(8 * 1024) << false;
    QTest::newRow("a larger heading") << headed(8 * 1024 + 1) << true;
}

// Where the pieces end is chance, or an attacker's choice: it decides nothing.
void tst_MultipartParser::limitsHoldInPiecesOfAnySize()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isRefused);
    for (const qsizetype size : {1, 2, 3, 7, 100'000}) {
        Recorder recorder;
        MultipartParser parser("b", recorder);
        QCOMPARE(!feedInPieces(parser, text, size).has_value(), isRefused);
        QCOMPARE(parser.isComplete(), !isRefused);
    }
}

void tst_MultipartParser::hostileForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isRefused"); // else it is just never complete
    const QByteArray good = part("form-data; name=\"a\"", "x");
    QTest::newRow("no final boundary") << good << false;
    QTest::newRow("final boundary cut") << QByteArray(good + "--b-") << false;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("no boundary at all") << QByteArray(10'000, 'x') << false;
    QTest::newRow("huge heading") << QByteArray("--b\r\nX: " + QByteArray(10'000, 'x')) << true;
    QTest::newRow("part without a name") << part("form-data", "x") << true;
    QTest::newRow("part without a heading") << QByteArray("--b\r\n\r\nx\r\n--b--\r\n") << true;
    QTest::newRow("no form data") << part("attachment; name=\"a\"", "x") << true;
    QTest::newRow("two names") << part("form-data; name=\"a\"; name=\"b\"", "x") << true;
    QTest::newRow("two headings")
        << part("form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "x") << true;
    QTest::newRow("open quote") << part("form-data; name=\"a", "x") << true;
    QTest::newRow("line break in a name") << part("form-data; name=\"a\r\nX: y\"", "x") << true;
    QTest::newRow("boundary within a heading")
        << QByteArray("--b\r\nContent-Disposition: form-data; name=a\r\n--b--\r\n\r\nx\r\n--b--")
        << true;
    QTest::newRow("no line break after the boundary") << QByteArray("--b\r\r\n\r\n") << true;
    QTest::newRow("words after the boundary") << QByteArray("--bogus\r\n\r\n") << true;
}

void tst_MultipartParser::hostileForms()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isRefused);
    for (const qsizetype size : {1, 13, 100'000}) {
        Recorder recorder;
        MultipartParser parser("b", recorder);
        const auto fed = feedInPieces(parser, text, size);
        QCOMPARE(!fed.has_value(), isRefused);
        QVERIFY(!parser.isComplete());
    }
}

void tst_MultipartParser::memoryStaysBounded()
{
    /// Takes everything and keeps nothing.
    class Counter final : public http::PartSink
    {
    public:
        Result<void> beginPart(const http::PartHead&) override { return {}; }
        Result<void> partData(QByteArrayView data) override
        {
            count += data.size();
            largest = qMax(largest, data.size());
            return {};
        }
        Result<void> endPart() override { return {}; }
        qsizetype count = 0;
        qsizetype largest = 0;
    } counter;
    MultipartParser parser("b", counter);
    QVERIFY(parser.feed("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"));
    const QByteArray piece(10'000, '\r');
    for (int i = 0; i < 1000; ++i)
        QVERIFY(parser.feed(piece));
    QVERIFY(counter.count > 9'990'000);
    QVERIFY(counter.largest < 20'000); // handed on as it comes, not gathered
}

void tst_MultipartParser::boundaries_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("boundary");
    const auto row = [](const char* type, const char* boundary) {
        QTest::newRow(type) << QByteArray(type) << QByteArray(boundary);
    };
    row("multipart/form-data; boundary=abc", "abc");
    row("Multipart/Form-Data; Boundary=\"a b\"", "a b");
    row("multipart/form-data; charset=utf-8; boundary=abc", "abc");
    row("multipart/form-data", "");
    row("multipart/form-data; boundary=", "");
    row("multipart/form-data; boundary=a; boundary=b", "");
    row("multipart/form-data; boundary=\"a \"", "");
    row("multipart/form-data; boundary=\"a\x01\"", "");
    row("multipart/form-data; boundary=\"a<b\"", "");
    row("multipart/mixed; boundary=abc", "");
    row("application/json", "");
    row("", "");
}

void tst_MultipartParser::boundaries()
{
    QFETCH(QByteArray, type);
    QTEST(MultipartParser::boundaryOf(type), "boundary");
}

void tst_MultipartParser::fileNames_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QString>("safe");
    QTest::newRow("plain") << QByteArray("boat.jpg") << u"boat.jpg"_s;
    QTest::newRow("emoji") << QByteArray("⛵.jpg") << u"⛵.jpg"_s;
    QTest::newRow("quote as browsers write it") << QByteArray("a%22b.jpg") << u"a\"b.jpg"_s;
    QTest::newRow("line break") << QByteArray("a%0D%0Ab.jpg") << u"ab.jpg"_s;
    QTest::newRow("directories") << QByteArray("../../etc/passwd") << u"passwd"_s;
    QTest::newRow("other directories") << QByteArray("C:\\pictures\\a.jpg") << u"a.jpg"_s;
    QTest::newRow("turned around") << QByteArray("a\u202egpj.exe") << u"agpj.exe"_s;
    QTest::newRow("invalid UTF-8") << QByteArray("a\xff.jpg") << u"a\ufffd.jpg"_s;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << u"ab"_s;
    QTest::newRow("dots") << QByteArray("..") << u"image"_s;
    QTest::newRow("nothing") << QByteArray() << u"image"_s;
}

void tst_MultipartParser::fileNames()
{
    QFETCH(QByteArray, given);
    QTEST(safeFileName(given), "safe");
}

void tst_MultipartParser::longNamesKeepTheirSuffix()
{
    const QString name = safeFileName(QByteArray("⛵").repeated(200) + ".jpeg");
    QVERIFY(name.endsWith(u".jpeg"_s));
    QVERIFY(name.toUtf8().size() <= 255);
    QCOMPARE(name.count(u'⛵'), 83);
}

QTEST_APPLESS_MAIN(tst_MultipartParser)
#include "tst_multipartparser.moc"
